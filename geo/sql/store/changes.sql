-- What happened to the rows of one table between two snapshots, both included?
-- {table}: a table of the store; {first}, {last}: snapshot ids. The oldest first.
SELECT snapshot_id, change_type, * EXCLUDE (snapshot_id, change_type, rowid)
FROM lake.table_changes('{table}', {first}, {last})
WHERE change_type IN ('insert', 'delete')
-- In one snapshot a record leaves before it comes.
ORDER BY snapshot_id, change_type
