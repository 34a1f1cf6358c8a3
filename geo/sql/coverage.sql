-- How many of these catalysts stand in each territory of a kind, and with which practices?
-- One stands where its commune does, or its département or région when the territory holds that
-- area whole.
-- Parameters: kind, every (all of them, whatever « kept » holds); table: kept (position).
-- Columns: territory_code, territory_name, population, commune_count, catalyst_count, practices
-- (sorted list of codes present), counted_count (of them all in any territory of the kind, once
-- each, the same on every row); by code.
-- Those known to one area, of the same practices, are counted before they are placed: areas are
-- thousands where catalysts are a million. Lists are put together as bits, one for each practice,
-- and written as lists at the end: few differ.
with codes as (
    select code, 1::hugeint << (row_number() over (order by code) - 1)::integer as bit
    from (select distinct unnest(practices) as code from practice_lists)
),

masks as (
    select l.practice_list, coalesce(bit_or(c.bit), 0) as mask
    from practice_lists as l
    left join codes as c on list_contains(l.practices, c.code)
    group by l.practice_list
),

alike as (
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
        bit_or(mask) as mask
    from alike
    inner join areas using (area)
    inner join masks using (practice_list)
    group by all
),

standing as materialized (
    from located inner join holding($kind) using (location_kind, location_code)
),

present as (
    select
        territory_code,
        sum(quantity)::bigint as catalyst_count,
        bit_or(mask) as mask
    from standing
    group by territory_code
),

alone as (
    select
        mask,
        list_sort((select list(code) from codes where mask & bit != 0)) as practices
    from (select distinct mask from present)
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
    coalesce(a.practices, []) as practices,
    coalesce((select sum(quantity) from once), 0)::bigint as counted_count
from territories as t
left join present as p on p.territory_code = t.territory_code
left join alone as a on a.mask = p.mask
where t.territory_kind = $kind
order by t.territory_code;
