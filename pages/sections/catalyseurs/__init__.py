"""Parts of the page of the catalysts."""
