-- How many of these catalysts stand in at least one territory of a kind?
-- Parameter: kind; table: kept (catalyst_id). Column: catalyst_count.
select count(distinct catalyst_id) as catalyst_count
from standing_in($kind)
where catalyst_id in (select catalyst_id from kept);
