"""HTML from ``web/templates``: what is put into one is escaped by itself.

A piece that is already HTML is a ``Markup``; any other text never is. Small pieces are written by
``Markup("<b>{}</b>").format(text)``, which escapes too.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geo import french

WEB: Final = Path(__file__).resolve().parent.parent / "web"
_ROOMS: Final = {".js": "scripts", ".css": "styles", ".svg": "images"}


def render(name: str, **values: Any) -> Markup:
    """Return the text of a template, without the white space around it."""
    return Markup(_environment().get_template(name).render(values).strip())  # noqa: S704 - escaped there


def stream(name: str, **values: Any) -> Iterator[bytes]:
    """Yield the text of a template piece by piece."""
    for piece in _environment().get_template(name).generate(values):
        yield piece.encode()


def typeset(text: str) -> str:
    """Set the spaces that do not break, in a text or in HTML."""
    said = french.typeset(str(text))
    return Markup(said) if isinstance(text, Markup) else said  # noqa: S704 - it was one


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader([WEB / "templates", WEB / "styles"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"typeset": typeset, "number": french.number, "quote": quote}
    return made


def web_path(name: str) -> Path:
    """Return the path of a script, a style sheet or an image of ours."""
    return WEB / _ROOMS[Path(name).suffix] / name
