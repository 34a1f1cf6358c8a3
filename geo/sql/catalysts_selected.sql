-- Which catalysts does a selection keep, in the order of the file?
-- Parameters: practices, profiles, evidence (lists of codes, empty: all; « non_renseigne » keeps
-- the records whose field is empty), text (accents and case free, empty: all).
-- Columns: position.
select position
from catalysts
where
    (
        len($practices::varchar[]) = 0
        or list_has_any(practices, $practices)
        or (len(practices) = 0 and list_contains($practices, 'non_renseigne'))
    )
    and (
        len($profiles::varchar[]) = 0
        or list_contains($profiles, if(profile = '', 'non_renseigne', profile))
    )
    and (
        len($evidence::varchar[]) = 0
        or list_contains($evidence, if(evidence = '', 'non_renseigne', evidence))
    )
    and (
        $text = ''
        or contains(
            strip_accents(lower(concat_ws(' ', catalyst_name, town, note))),
            strip_accents(lower($text))
        )
    )
order by position;
