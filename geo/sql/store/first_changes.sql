-- Of each record that changed between two snapshots, both included: its first change.
-- {table}, {id}, {columns}: a table of the store, its id, columns of it; {first}, {last}: snapshot
-- ids. « delete »: the columns are what the record was before; « insert »: there was none.
SELECT {id} AS record_id, change_type, {columns}
FROM lake.table_changes('{table}', {first}, {last})
WHERE change_type IN ('insert', 'delete')
-- In one snapshot a record leaves before it comes.
QUALIFY row_number() OVER (PARTITION BY {id} ORDER BY snapshot_id, change_type) = 1
