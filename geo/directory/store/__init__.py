"""The store: every record of a territory, every past state of it, and who changed what."""
