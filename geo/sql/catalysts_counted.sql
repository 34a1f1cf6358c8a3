-- Which of these catalysts stand in at least one territory of a kind?
-- Parameters: kind, ids. Columns: catalyst_id.
select distinct catalyst_id
from standing_in($kind)
where catalyst_id in (select unnest($ids::varchar[]));
