-- Every file that some state of the base needs, or that waits to be deleted, as the catalogue says.
SELECT
    schema_path.path || tables.path || files.path AS path,
    tables.table_name,
    files.record_count,
    files.file_size_bytes
FROM (
    SELECT table_id, path, record_count, file_size_bytes
    FROM __ducklake_metadata_lake.ducklake_data_file
    UNION ALL
    SELECT table_id, path, delete_count, file_size_bytes
    FROM __ducklake_metadata_lake.ducklake_delete_file
) AS files
JOIN __ducklake_metadata_lake.ducklake_table AS tables USING (table_id)
JOIN __ducklake_metadata_lake.ducklake_schema AS schema_path USING (schema_id)
ORDER BY path
