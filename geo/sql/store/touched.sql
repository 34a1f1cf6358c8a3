-- Which kinds of record did the snapshots after one change?
-- $since: a snapshot id.
SELECT DISTINCT unnest(json_keys(commit_extra_info)) AS kind
FROM lake.snapshots()
WHERE snapshot_id > $since AND commit_extra_info IS NOT NULL
