-- The ids of the records of one table that were put or dropped between two snapshots, both included.
-- {table}, {id}: a table of the store and its id; {first}, {last}: snapshot ids.
SELECT DISTINCT {id} AS record_id
FROM lake.table_changes('{table}', {first}, {last})
WHERE change_type IN ('insert', 'delete')
