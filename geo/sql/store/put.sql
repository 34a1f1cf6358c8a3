-- Add to one table the whole records of « incoming ».
-- {table}: a table of the store.
INSERT INTO lake.{table} BY NAME SELECT * FROM incoming
