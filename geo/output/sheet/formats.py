"""The forms a printed document takes, light enough for a page to know them early."""

from typing import Final

FORMS: Final = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
"""Suffix of the file, and its media type."""
