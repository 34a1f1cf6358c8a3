"""Measures, side by side with the other tools; `make bench` runs them all."""
