"""Parts of the page of a territory."""
