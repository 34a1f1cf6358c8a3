"""The parts of the page Couverture."""
