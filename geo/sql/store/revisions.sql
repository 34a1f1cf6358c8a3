-- Which revision do the records of « leaving » have now? Of rows with one id, the latest counts.
-- {table}, {id}: a table of the store and its id.
SELECT {id} AS record_id, coalesce(max(revision), 0) AS revision
FROM lake.{table} WHERE {id} IN (SELECT record_id FROM leaving)
GROUP BY ALL
