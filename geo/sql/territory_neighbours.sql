-- Which territories of the same kind share a border with this one?
-- Territories that overlap it (some CRTE do) are told by territory_related, not here.
-- Parameters: kind, code.
-- Columns: territory_code, territory_name, population, border_m (metres); longest border first.
with mine as (
    select commune_code from belongs where territory_kind = $kind and territory_code = $code
),

pairs as (
    select commune_code_a as here, commune_code_b as there, border_m from adjacency
    union all
    select commune_code_b, commune_code_a, border_m from adjacency
),

beyond as (
    select pairs.there, sum(pairs.border_m) as border_m
    from pairs
    semi join mine on mine.commune_code = pairs.here
    anti join mine as inside on inside.commune_code = pairs.there
    group by pairs.there
),

overlapping as (
    select distinct b.territory_code
    from belongs as b
    semi join mine on mine.commune_code = b.commune_code
    where b.territory_kind = $kind
)

select t.territory_code, t.territory_name, t.population, sum(beyond.border_m) as border_m
from beyond
inner join belongs as b on b.commune_code = beyond.there and b.territory_kind = $kind
anti join overlapping as o on o.territory_code = b.territory_code
inner join territories as t
    on t.territory_kind = $kind and t.territory_code = b.territory_code
group by all
order by border_m desc, t.territory_code;
