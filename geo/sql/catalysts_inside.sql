-- Which catalysts stand in a territory?
-- Parameters: kind, code. Columns: catalyst_id, in the order of the file.
select catalyst_id
from standing_in($kind)
where territory_code = $code
order by position;
