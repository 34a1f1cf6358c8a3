"""Parts of the page of the projects."""
