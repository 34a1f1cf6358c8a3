"""Parts of the page by which an organisation completes its record."""
