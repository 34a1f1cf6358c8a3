-- Every state that the records of one table ever had, the latest of each first.
-- {table}, {id}: a table of the store and its id.
-- $last: the latest snapshot.
SELECT * EXCLUDE (snapshot_id, change_type, rowid)
FROM lake.table_changes('{table}', 0, $last)
-- What was updated by hand is a state too.
WHERE change_type IN ('insert', 'update_postimage')
ORDER BY {id}, snapshot_id DESC
