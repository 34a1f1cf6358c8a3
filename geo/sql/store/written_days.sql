-- When was each snapshot written? The oldest first, in UTC; not the making of tables.
-- What was first written elsewhere says when it was.
SELECT
    snapshot_id,
    coalesce(
        commit_extra_info ->> 'written_at',
        strftime(snapshot_time::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ')
    ) AS written_at
FROM lake.snapshots()
WHERE commit_extra_info IS NOT NULL
ORDER BY snapshot_id
