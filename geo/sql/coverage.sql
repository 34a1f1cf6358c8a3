-- How many of these catalysts stand in each territory of a kind, and with which practices?
-- One stands where its commune does, or its département or région when the territory holds that
-- area whole.
-- Parameter: kind; table: kept (catalyst_id).
-- Columns: territory_code, territory_name, population, commune_count, catalyst_count, practices
-- (sorted list of codes present), counted_count (of them all in any territory of the kind, once
-- each, the same on every row); by code.
with standing as materialized (
    from standing_in($kind) where catalyst_id in (select catalyst_id from kept)
),

present as (
    select
        territory_code,
        count(*) as catalyst_count,
        list_sort(list_distinct(flatten(list(practices)))) as practices
    from standing
    group by territory_code
)

select
    t.territory_code,
    t.territory_name,
    t.population,
    t.commune_count,
    coalesce(p.catalyst_count, 0) as catalyst_count,
    coalesce(p.practices, []) as practices,
    (select count(distinct position) from standing) as counted_count
from territories as t
left join present as p on p.territory_code = t.territory_code
where t.territory_kind = $kind
order by t.territory_code;
