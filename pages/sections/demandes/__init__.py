"""The parts of « Demandes »."""
