"""An ecosystem at a date: what existed then, or what the base knew then, and what changed."""
