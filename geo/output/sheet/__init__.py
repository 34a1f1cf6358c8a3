"""Printed answers: one territory's A4 sheet and the national report, as PDF and as HTML.

One ``Document`` says what is printed; ``pdf`` and ``html`` both write it, so they cannot differ.
"""

from geo.output.sheet.blocks import Document
from geo.output.sheet.html import to_html
from geo.output.sheet.national import national_document
from geo.output.sheet.pdf import to_pdf
from geo.output.sheet.territory import territory_document

FORMS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}

__all__ = ["FORMS", "Document", "national_document", "printed", "territory_document"]


def printed(document: Document, form: str) -> bytes:
    """Write a document as ``pdf`` or ``html``, a file of its own that needs no network."""
    return to_pdf(document) if form == "pdf" else to_html(document).encode()
