-- Did a table ever hold a record with something sealed?
-- {table}: a table of the store.
-- $last: the latest snapshot.
SELECT 1 AS found
FROM lake.table_changes('{table}', 0, $last)
WHERE sealed <> ''
LIMIT 1
