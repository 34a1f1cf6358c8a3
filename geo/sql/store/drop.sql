-- Take out of one table the records whose ids are in « leaving ».
-- {table}, {id}: a table of the store and its id.
DELETE FROM lake.{table} WHERE {id} IN (SELECT record_id FROM leaving)
