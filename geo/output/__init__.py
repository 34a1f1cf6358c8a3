"""Forms an answer takes: maps, GeoJSON, CSV, words."""
