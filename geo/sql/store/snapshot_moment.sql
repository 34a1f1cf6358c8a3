-- When was snapshot $number written, to the microsecond? No row: there is none, or it was erased.
SELECT epoch_us(snapshot_time::TIMESTAMPTZ) AS moment
FROM __ducklake_metadata_lake.ducklake_snapshot
WHERE snapshot_id = $number
