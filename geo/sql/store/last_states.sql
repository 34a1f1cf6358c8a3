-- What did records that are gone say when they left?
-- {table}, {id}: a table of the store and its id; {first}, {last}: snapshot ids, both included.
-- $ids: the ids of those records.
SELECT * EXCLUDE (snapshot_id, change_type, rowid)
FROM lake.table_changes('{table}', {first}, {last})
WHERE change_type = 'delete' AND {id} IN (SELECT UNNEST($ids))
QUALIFY row_number() OVER (PARTITION BY {id} ORDER BY snapshot_id DESC) = 1
