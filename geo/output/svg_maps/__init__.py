"""Maps drawn on the server, with no browser: in Web Mercator, as the live ones."""
