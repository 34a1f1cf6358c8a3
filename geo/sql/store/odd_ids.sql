-- How many rows of a table have no id, or one that another row has?
-- {table}, {id}: a table of the store and its id.
SELECT count(*) - count(DISTINCT nullif({id}, '')) AS odd FROM lake.{table}
