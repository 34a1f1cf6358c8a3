-- How many of these catalysts stand in each territory of a kind, and with which practices?
-- One stands where its commune does, or its département or région when the territory holds that
-- area whole.
-- Parameters: kind, every (all of them, whatever « kept » holds); table: kept (position).
-- Columns: territory_code, territory_name, population, commune_count, catalyst_count, practices
-- (sorted list of codes present), counted_count (of them all in any territory of the kind, once
-- each, the same on every row); by code.
-- Those known to one area, of the same practices, are counted before they are placed: areas are
-- thousands where catalysts are a million.
with alike as (
    select area, practice_list, count(*) as quantity
    from catalysts
    where $every or position in (select position from kept)
    group by all
),

located as (
    select
        location_kind,
        location_code,
        sum(quantity)::bigint as quantity,
        flatten(list(practices)) as practices
    from alike
    inner join areas using (area)
    inner join practice_lists using (practice_list)
    group by all
),

standing as materialized (
    from located inner join holding($kind) using (location_kind, location_code)
),

present as (
    select
        territory_code,
        sum(quantity)::bigint as catalyst_count,
        list_sort(list_distinct(flatten(list(practices)))) as practices
    from standing
    group by territory_code
),

once as (
    select distinct on (location_kind, location_code) quantity from standing
)

select
    t.territory_code,
    t.territory_name,
    t.population,
    t.commune_count,
    coalesce(p.catalyst_count, 0) as catalyst_count,
    coalesce(p.practices, []) as practices,
    coalesce((select sum(quantity) from once), 0)::bigint as counted_count
from territories as t
left join present as p on p.territory_code = t.territory_code
where t.territory_kind = $kind
order by t.territory_code;
