-- Delete the data files that no state of the base needs, written before a moment (Unix, seconds).
CALL ducklake_delete_orphaned_files('lake', older_than => to_timestamp({before}))
