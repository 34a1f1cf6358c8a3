-- Which territories hold a point? The commune that holds it or has it on its border, the lowest
-- code of several, then every territory that commune belongs to.
-- Parameters: lon, lat (degrees, WGS 84), folder (of the Parquet files).
-- Columns: territory_kind, territory_code, by kind then code; nothing at sea and abroad.
-- The geometry is WGS 84; needs spatial with x as longitude.
with home as (
    select commune_code
    from read_parquet($folder || '/communes.parquet')
    where st_intersects(geometry, st_point($lon, $lat))
    order by commune_code
    limit 1
)

select 'commune' as territory_kind, commune_code as territory_code from home
union all
select m.territory_kind, m.territory_code
from read_parquet($folder || '/membership.parquet') as m
semi join home on home.commune_code = m.commune_code
order by territory_kind, territory_code;
