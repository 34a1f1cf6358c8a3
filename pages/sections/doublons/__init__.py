"""Parts of the page of the duplicates."""
