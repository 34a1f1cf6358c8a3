-- The records of one table whose ids are listed, at one snapshot or now.
-- {table}, {id}: a table of the store and its id; {at}: « AT (VERSION => n) » or nothing; $ids.
SELECT * FROM lake.{table} {at} WHERE {id} IN (SELECT unnest($ids::VARCHAR[]))
