-- How many records does each table of the store have, and in which columns may one say something?
-- Of texts the catalogue knows the largest that a column ever had: it plans by it, and never says
-- less than there is. Both are of the latest snapshot.
SELECT
    tables.table_name,
    any_value(counts.record_count) AS record_count,
    list(columns.column_name ORDER BY columns.column_order)
        FILTER (statistics.max_value IS DISTINCT FROM '') AS column_names
FROM __ducklake_metadata_lake.ducklake_table AS tables
JOIN __ducklake_metadata_lake.ducklake_table_stats AS counts USING (table_id)
JOIN __ducklake_metadata_lake.ducklake_column AS columns USING (table_id)
LEFT JOIN __ducklake_metadata_lake.ducklake_table_column_stats AS statistics
    USING (table_id, column_id)
WHERE
    columns.parent_column IS NULL
    AND columns.end_snapshot IS NULL
    AND tables.end_snapshot IS NULL
GROUP BY tables.table_name
