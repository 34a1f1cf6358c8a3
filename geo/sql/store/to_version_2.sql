-- From version 1, which does not say its version, to version 2, which does.
-- The version itself is written by « versions.py », after the last upgrade.
ALTER TABLE lake.turn ADD COLUMN version BIGINT;
