"""Parts of the page of the nearest catalyst."""
