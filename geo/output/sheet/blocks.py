"""What a printed document is made of: plain text in order, no markup of any language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from geo.french import CONTROLS, typeset

_CONTROLS: Final = re.compile(CONTROLS)
_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT: Final = re.compile(f"[{_RTL}]+(?:[ \u00a0]+[{_RTL}]+)*")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_UNCHANGED_KEYS: Final = frozenset({"svg", "kind"})


@dataclass(frozen=True)
class Heading:
    """A heading under the title; the first is of level 2."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A paragraph; ``look`` is « plain », « note » (smaller) or « alert » (framed)."""

    text: str
    look: str = "plain"


@dataclass(frozen=True)
class Listing:
    """Items, one a line."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table: ``label`` says what it holds, ``widths`` are shares of the line (0: as needed).

    ``numeric`` gives the columns set flush right.
    """

    label: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sign:
    """One entry of a legend: a drawing and what it means."""

    svg: str
    label: str


@dataclass(frozen=True)
class Picture:
    """A drawing with what it shows in words, its legend and what is to know of it."""

    svg: str
    alt: str
    legend: tuple[Sign, ...]
    note: str


Plain = Heading | Text | Listing | Grid


@dataclass(frozen=True)
class Front:
    """A picture and, beside it, what is to be read first."""

    picture: Picture
    beside: tuple[Plain, ...]


@dataclass(frozen=True)
class Columns:
    """Columns of one width, to be compared with each other."""

    columns: tuple[tuple[Plain | Picture, ...], ...]


Block = Plain | Picture | Front | Columns


@dataclass(frozen=True)
class Document:
    """A whole document; ``mark`` is printed at the head of every page, ``foot`` at its foot."""

    title: str
    about: str
    subtitle: str
    mark: str
    foot: str
    date: str
    blocks: tuple[Block, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, every text typeset and free of control characters."""
        found: dict[str, Any] = _plain(self)
        return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        values = {field.name: getattr(value, field.name) for field in fields(value)}
        return {"kind": type(value).__name__.lower(), **_fields(values)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return clean(value) if isinstance(value, str) else value


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if name in _UNCHANGED_KEYS else _plain(value) for name, value in values.items()
    }


def clean(text: str) -> str:
    """Typeset a text on one line, without what would turn it around or break a writer.

    What is written from right to left is kept apart, so that it does not carry numbers along.
    """
    flat = _CONTROLS.sub("", _SPACES.sub(" ", text)).encode("utf-8", "replace").decode()
    return _RIGHT_TO_LEFT.sub("\u2068\\g<0>\u2069", typeset(flat.strip(" ")))
