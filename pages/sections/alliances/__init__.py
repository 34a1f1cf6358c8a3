"""Parts of the page of the alliances."""
