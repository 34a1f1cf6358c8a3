-- Which columns does each table of the store have?
SELECT table_name, column_name
FROM duckdb_columns()
WHERE database_name = 'lake' AND schema_name = 'main'
