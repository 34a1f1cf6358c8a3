-- Which columns does each table of the store have, of which type?
SELECT table_name, column_name, data_type
FROM duckdb_columns()
WHERE database_name = 'lake' AND schema_name = 'main'
