"""Parts of the page of an ecosystem."""
