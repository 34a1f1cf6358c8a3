-- Did the store ever hold a contact with something sealed?
-- $last: the latest snapshot.
SELECT 1 AS found
FROM lake.table_changes('contacts', 0, $last)
WHERE sealed <> ''
LIMIT 1
