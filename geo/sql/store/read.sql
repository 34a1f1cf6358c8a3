-- Every record of one table, at one snapshot or now, in no order: ``rows.in_order`` sorts them.
-- {table}: a table of the store; {at}: « AT (VERSION => n) » or nothing.
SELECT * FROM lake.{table} {at}
