"""Parts of the page of the history."""
