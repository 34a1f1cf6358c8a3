"""Parts of the page of the map."""
