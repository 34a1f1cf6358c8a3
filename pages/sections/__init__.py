"""The parts of one page, beside its name."""
