"""HTTP beside the pages: web assets, layers of the maps, health."""
