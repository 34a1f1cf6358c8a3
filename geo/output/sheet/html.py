"""A document as one HTML file: no script, no address to fetch, A4 when it is printed."""

from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from geo.output.sheet.blocks import Document

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the file needs: its own style, and nothing from anywhere."""
_STYLE: Final = Path(__file__).with_name("sheet.css")
_ROW_HEAD: Final = 'th scope="row"'
_COLUMN_HEAD: Final = 'th scope="col"'
_NUMERIC: Final = ' class="n"'
Plain = dict[str, Any]


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def to_html(document: Document) -> str:
    """Write a document, every text escaped."""
    said = document.plain()
    mark = f'<p class="alert">{escape(said["mark"])}</p>' if said["mark"] else ""
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="description" content="{escape(said["about"])}">'
        f"<title>{escape(said['title'])}</title><style>{_style()}</style></head>"
        f"<body>{mark}<main><h1>{escape(said['title'])}</h1><p>{escape(said['subtitle'])}</p>"
        f"{''.join(map(_block, said['blocks']))}</main>"
        f"<footer><p>{escape(said['foot'])}</p></footer></body></html>\n"
    )


def _block(said: Plain) -> str:
    return _WRITERS[said["kind"]](said)


def _heading(said: Plain) -> str:
    return f"<h{said['level']}>{escape(said['text'])}</h{said['level']}>"


def _text(said: Plain) -> str:
    return f'<p class="{said["look"]}">{escape(said["text"])}</p>'


def _listing(said: Plain) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in said['items'])}</ul>"


def _table(said: Plain) -> str:
    numeric = frozenset(said["numeric"])
    head = _cells(said["header"], numeric, _COLUMN_HEAD, _COLUMN_HEAD)
    body = "".join(f"<tr>{_cells(row, numeric, _ROW_HEAD, 'td')}</tr>" for row in said["rows"])
    label = escape(said["label"])
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>'
        f"<caption>{label}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        "</table></div>"
    )


def _cells(cells: Iterable[str], numeric: frozenset[int], first: str, other: str) -> str:
    return "".join(
        f"<{other if place else first}{_NUMERIC if place in numeric else ''}>"
        f"{escape(cell)}</{(other if place else first).partition(' ')[0]}>"
        for place, cell in enumerate(cells)
    )


def _front(said: Plain) -> str:
    picture = said["picture"]
    drawing = picture["svg"].replace(
        "<svg ", f'<svg role="img" aria-label="{escape(picture["alt"])}" ', 1
    )
    signs = "".join(
        f"<li>{_decorative(sign['svg'])}{escape(sign['label'])}</li>" for sign in picture["signs"]
    )
    note = f'<figcaption class="note">{escape(picture["note"])}</figcaption>'
    figure = f'<figure>{drawing}<ul class="signs">{signs}</ul>{note}</figure>'
    beside = "".join(map(_block, said["beside"]))
    return f'<div class="front">{figure}<div>{beside}</div></div>'


def _decorative(svg: str) -> str:
    return svg.replace("<svg ", '<svg aria-hidden="true" ', 1)


_WRITERS: Final[dict[str, Callable[[Plain], str]]] = {
    "heading": _heading,
    "text": _text,
    "listing": _listing,
    "table": _table,
    "front": _front,
}
