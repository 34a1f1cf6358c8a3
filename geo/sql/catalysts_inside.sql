-- Which catalysts stand in a territory?
-- One known to its commune stands where the commune does; one known only to its département or
-- région stands in the territories that hold every commune of that area.
-- Parameters: kind, code. Columns: catalyst_id, position, in the order of the file.
with here as materialized (
    from holding($kind) where territory_code = $code
)

select catalyst_id, position
from catalysts
where area in (select area from areas inner join here using (location_kind, location_code))
order by position;
