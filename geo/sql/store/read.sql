-- Every record of one table, at one snapshot or now, by id.
-- {table}, {id}: a table of the store and its id; {at}: « AT (VERSION => n) » or nothing.
SELECT * FROM lake.{table} {at} ORDER BY {id}
