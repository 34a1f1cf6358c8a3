"""Parts of the page of the actors."""
