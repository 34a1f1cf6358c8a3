"""The parts of « Être mis en lien »."""
