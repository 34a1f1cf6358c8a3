-- Some columns of every record of one table, at one snapshot, in no order.
-- {table}: a table of the store; {columns}: its columns; {at}: « AT (VERSION => n) ».
SELECT {columns} FROM lake.{table} {at}
