"""Parts of the page of the check of places."""
