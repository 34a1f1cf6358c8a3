"""Parts of the page of the moderation."""
