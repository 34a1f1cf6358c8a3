-- Which maturity did one ecosystem carry after each state of the base that wrote it? The oldest
-- first; {first}, {last}: snapshot ids, both included; $id: the ecosystem.
SELECT snapshot_id, maturity, status
FROM lake.table_changes('ecosystems', {first}, {last})
WHERE change_type = 'insert' AND ecosystem_id = $id
ORDER BY snapshot_id
