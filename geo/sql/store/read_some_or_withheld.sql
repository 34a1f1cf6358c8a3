-- The actors whose ids are listed, and those of which something is withheld.
-- {at}: « AT (VERSION => n) »; $ids.
SELECT * FROM lake.actors {at}
WHERE actor_id IN (SELECT unnest($ids::VARCHAR[])) OR len(withheld) > 0
