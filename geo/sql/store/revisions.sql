-- Which revision do the records of « leaving » have now?
-- {table}, {id}: a table of the store and its id.
SELECT {id} AS record_id, revision FROM lake.{table} WHERE {id} IN (SELECT record_id FROM leaving)
