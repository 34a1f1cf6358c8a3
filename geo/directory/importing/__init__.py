"""Importing a territory's own file: read, map, check, compare; nothing here writes."""
