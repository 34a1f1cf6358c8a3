-- How many of these catalysts does each pair practice × profile hold?
-- A catalyst with several practices counts once in each; an empty field counts as « non_renseigne ».
-- Table: kept (catalyst_id). Columns: practice, profile, catalyst_count.
with kept as (
    select
        if(profile = '', 'non_renseigne', profile) as profile,
        if(len(practices) = 0, ['non_renseigne'], practices) as practices
    from catalysts
    inner join practice_lists using (practice_list)
    where catalyst_id in (select catalyst_id from kept)
)

select practice, profile, count(*) as catalyst_count
from (select profile, unnest(practices) as practice from kept)
group by all;
