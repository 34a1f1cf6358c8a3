-- One record, at one snapshot or now.
-- {table}, {id}: a table of the store and its id; {at}: « AT (VERSION => n) » or nothing; $id.
SELECT * FROM lake.{table} {at} WHERE {id} = $id
