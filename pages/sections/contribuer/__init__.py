"""Parts of the page of the import of a file."""
