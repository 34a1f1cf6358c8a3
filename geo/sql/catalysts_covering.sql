-- Which catalysts declare a scope that holds the whole of a territory?
-- The scope must hold every commune of the territory; « national » holds them all.
-- Parameters: kind, code. Columns: catalyst_id, position, in the order of the file.
with mine as (
    select commune_code from belongs where territory_kind = $kind and territory_code = $code
),

holding as (
    select b.territory_kind, b.territory_code
    from belongs as b
    semi join scopes as s
        on s.scope_kind = b.territory_kind and s.scope_code = b.territory_code
    inner join mine on mine.commune_code = b.commune_code
    group by all
    having count(*) = (select count(*) from mine)
)

select catalyst_id, position
from catalysts
where
    scope in (
        select s.scope
        from scopes as s
        left join holding as h
            on h.territory_kind = s.scope_kind and h.territory_code = s.scope_code
        where s.scope_kind = 'national' or h.territory_code is not null
    )
order by position;
