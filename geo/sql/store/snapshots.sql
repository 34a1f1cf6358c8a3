-- Who wrote what and when? The latest first; only what people wrote, not the making of tables.
-- $limit, $before (a snapshot id, left out). Time in UTC.
SELECT
    snapshot_id,
    strftime(snapshot_time::TIMESTAMP, '%Y-%m-%dT%H:%M:%SZ') AS written_at,
    author,
    commit_message AS message,
    commit_extra_info AS extra
FROM lake.snapshots()
WHERE commit_extra_info IS NOT NULL AND snapshot_id < $before
ORDER BY snapshot_id DESC
LIMIT $limit
