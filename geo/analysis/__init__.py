"""Answers: nearest, territory, coverage, and what contains a point."""
