"""Parts of the page of the method."""
