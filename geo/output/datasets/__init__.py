"""What may leave the app, one table a subject: every export and the API read the same."""
