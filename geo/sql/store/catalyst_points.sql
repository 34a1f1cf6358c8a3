-- Where are the public catalysts of which nothing is withheld? The same as « _parted » keeps, in
-- geo/directory/published.py; in no order.
-- {at}: « AT (VERSION => n) »; {more}: further columns, by the names that a selection asks for.
-- $public, $declared: the status and the basis of practices; $fictitious: how ids begin that are of
-- no real record.
SELECT
    actor_id AS catalyst_id,
    CASE WHEN latitude IS NOT NULL THEN longitude END AS longitude,
    CASE WHEN longitude IS NOT NULL THEN latitude END AS latitude,
    scope <> '' AS has_scope,
    fictive {more}
FROM lake.actors {at}
WHERE
    status = $public
    AND coalesce(len(withheld), 0) = 0
    AND NOT starts_with(actor_id, $fictitious)
    AND (
        evidence <> ''
        OR (len(practices) > 0 AND practices_basis <> $declared)
    )
