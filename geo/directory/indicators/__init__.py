"""Indicators of territories: official tables, what describes each, and what could be read."""
