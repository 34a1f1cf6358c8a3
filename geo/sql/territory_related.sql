-- Which territories share communes with this one, and how?
-- relation: « above » holds it whole, « below » lies within it, « across » shares a part,
-- « same » has the very same communes.
-- Parameters: kind, code.
-- Columns: territory_kind, territory_code, territory_name, population, commune_count,
-- shared_count, relation; the largest share first.
with mine as (
    select commune_code from belongs where territory_kind = $kind and territory_code = $code
),

shared as (
    select b.territory_kind, b.territory_code, count(*) as shared_count
    from belongs as b
    inner join mine on mine.commune_code = b.commune_code
    where not (b.territory_kind = $kind and b.territory_code = $code)
    group by all
)

select
    t.territory_kind,
    t.territory_code,
    t.territory_name,
    t.population,
    t.commune_count,
    s.shared_count,
    case
        when s.shared_count = (select count(*) from mine) and s.shared_count = t.commune_count
            then 'same'
        when s.shared_count = (select count(*) from mine) then 'above'
        when s.shared_count = t.commune_count then 'below'
        else 'across'
    end as relation
from shared as s
inner join territories as t
    on t.territory_kind = s.territory_kind and t.territory_code = s.territory_code
order by s.shared_count desc, t.territory_name, t.territory_code;
