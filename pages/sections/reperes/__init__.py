"""Parts of the page of dated figures."""
