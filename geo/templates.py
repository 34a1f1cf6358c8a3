"""HTML from ``web/templates``: what is put into one is escaped by itself.

A piece that is already HTML is a ``Markup``; any other text never is. Small pieces are written by
``Markup("<b>{}</b>").format(text)``, which escapes too.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geo import french
from geo.palette import PALETTE, coloured

WEB: Final = PALETTE.parent
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
    result = french.typeset(str(text))
    return Markup(result) if isinstance(text, Markup) else result  # noqa: S704 - it was one


class _Loader(FileSystemLoader):
    """Templates and styles, with the colours that these name."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        return coloured(source), path, fresh


@cache
def _environment() -> Environment:
    made = Environment(
        loader=_Loader([WEB / "templates", WEB / "styles"]),
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


def web_text(name: str) -> str:
    """Return a script, a style sheet or an image of ours as it is sent: with its colours."""
    return coloured(web_path(name).read_text(encoding="utf-8"))
