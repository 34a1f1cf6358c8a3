"""Parts of the page of resources."""
