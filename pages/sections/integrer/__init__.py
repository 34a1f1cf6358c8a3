"""Parts of the page of the snippet to embed."""
