"""What an address can ask: each parameter declared once, for pages, files, API and terminal."""
