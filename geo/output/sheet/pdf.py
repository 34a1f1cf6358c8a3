"""A document as PDF/UA-1: tagged, titled, in French, its fonts inside. Typst writes and checks it.

Texts reach Typst as JSON values, never as markup: a name cannot command it.
"""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from geo.errors import AtlasError
from geo.output.sheet.blocks import Document, Text

ABSENT: Final = "\u25a1"
"""Printed in the place of a sign that the fonts lack: PDF/UA refuses a sign without a drawing."""
_TEMPLATE: Final = Path(__file__).with_name("sheet.typ")
_STANDARD: Final = "ua-1"
_LACKS: Final = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_LONG: Final = re.compile(r"\S{24}(?=\S)")
_JOINED: Final = re.compile(rf"(?<={ABSENT})[\ufe00-\ufe0f\u200d]+")
"""What made one drawing of several signs: of the sign in their place, no font has another form."""
_SVG_KEY: Final = "svg"
_TRIES: Final = 20
_PROBES, _MOST_PROBED = 60, 400
_RARE: Final = re.compile("[^\\x00-\\u024f\\u2000-\\u25ff]")
"""What the fonts may lack: neither our letters, nor the signs that every sheet is written with."""


@cache
def template() -> bytes:
    """Read the template, once."""
    return _TEMPLATE.read_bytes()


def to_pdf(document: Document) -> bytes:
    """Write a document; signs that the fonts lack are printed as ``ABSENT``, and it says so.

    Raises
    ------
    AtlasError
        Typst refuses the document.
    """
    import typst  # noqa: PLC0415 - 50 MB that only a PDF needs

    content = breakable(document.plain())
    for turn in range(_TRIES):
        try:
            return compiled(template(), content)
        except typst.TypstError as fault:
            lacking = lacking_signs(str(fault))
            if not lacking:
                raise AtlasError(f"Le PDF n’a pas pu être écrit : {_first_line(fault)}") from fault
            if not turn:
                lacking |= _lacking_among(content)
            content = _without(content, lacking) | {"absent": ABSENT}
    raise AtlasError("Le PDF n’a pas pu être écrit : trop de signes sans police.")


def compiled(template: bytes, content: dict[str, Any]) -> bytes:
    """Compile a template on some content, held to PDF/UA-1, with Typst's own fonts only.

    It is dated of the document's day: the same content gives the same bytes.
    """
    import typst  # noqa: PLC0415

    return bytes(
        typst.compile(
            template,
            format="pdf",
            pdf_standards=_STANDARD,
            ignore_system_fonts=True,
            timestamp=datetime.fromisoformat(f"{content['date']}T00:00:00Z"),
            sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        )
    )


def lacking_signs(message: str) -> set[str]:
    """Read, in what Typst refuses, the signs that no font draws."""
    texts = (_ESCAPE.sub(_unescaped, text) for text in _LACKS.findall(message))
    return set("".join(texts)) - {ABSENT}


def _lacking_among(content: dict[str, Any]) -> set[str]:
    """Return the signs of a document that no font draws, tried on a page that holds them alone.

    Typst names those of one word at a time: a region of many alphabets would be compiled, whole,
    once for each. Of too many to be tried, none is drawn: the document is written all the same.
    """
    import typst  # noqa: PLC0415

    signs = {*_RARE.findall(json.dumps(content, ensure_ascii=False))}
    left = signs if len(signs) <= _MOST_PROBED else set[str]()
    for _ in range(_PROBES):
        page = Document("Signes", "", "", "", "", content["date"], (Text("".join(sorted(left))),))
        try:
            compiled(template(), page.plain())
        except typst.TypstError as fault:
            left = left - lacking_signs(str(fault))
        else:
            return signs - left
    return signs


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0][:200]


def _without(value: Any, lacking: set[str]) -> Any:
    def plainer(text: str) -> str:
        return _JOINED.sub("", "".join(ABSENT if c in lacking else c for c in text))

    return _each(value, plainer)


def breakable(value: Any) -> Any:
    """Let words too long for a cell be cut: a zero-width space every 24 signs."""
    return _each(value, lambda text: _LONG.sub(lambda found: f"{found[0]}\u200b", text))


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, dict):
        return {k: v if k == _SVG_KEY else _each(v, change) for k, v in value.items()}
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    return change(value) if isinstance(value, str) else value
