"""A document as one HTML file: no script, no address to fetch, A4 when it is printed."""

from typing import Any, Final

from markupsafe import Markup

from geo.output.sheet.blocks import Document
from geo.templates import render

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the file needs: its own style, and nothing from anywhere."""


def to_html(document: Document) -> str:
    """Write a document, every text escaped but the drawings."""
    content = document.plain()
    return (
        render("sheet.html", policy=POLICY, drawing=_drawing, decorative=_decorative, **content)
        + "\n"
    )


def _drawing(picture: dict[str, Any]) -> Markup:
    """Mark a drawing, made by us, as an image that says what it shows."""
    opening = Markup('<svg role="img" aria-label="{}" ').format(picture["alt"])
    return Markup(picture["svg"].replace("<svg ", str(opening), 1))  # noqa: S704 - our own


def _decorative(svg: str) -> Markup:
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704 - our own
