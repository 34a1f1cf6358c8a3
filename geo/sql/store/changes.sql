-- What happened to the rows of one table between two snapshots, both included?
-- {table}: a table of the store; {first}, {last}: snapshot ids. The oldest first.
-- The app deletes and inserts; whoever writes by hand may update, which is both.
SELECT
    snapshot_id,
    CASE change_type
        WHEN 'update_preimage' THEN 'delete' WHEN 'update_postimage' THEN 'insert'
        ELSE change_type
    END AS change_type,
    * EXCLUDE (snapshot_id, change_type, rowid)
FROM lake.table_changes('{table}', {first}, {last})
-- In one snapshot a record leaves before it comes.
ORDER BY snapshot_id, change_type
