-- Give one table a column that its records do not fill yet: read, it is empty.
-- {table}, {column}, {type}: a table of the store, a field that it lacks and its type.
ALTER TABLE lake.{table} ADD COLUMN "{column}" {type}
