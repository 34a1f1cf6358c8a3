"""Records that may be one and the same: found, merged, kept apart, and taken back."""
