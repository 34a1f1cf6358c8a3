"""Marks of the maps: an icon of its own for each practice, profile and programme.

A practice stands on a filled shape of its own, a profile on a white tile: the two are told apart
before the icon is read. Colour only repeats what shape and icon say. The palette is Okabe and
Ito's (2008), made to hold with every common colour blindness, darkened so that white reads on it.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

from markupsafe import Markup

from geo.output.html import svg_image
from geo.palette import colour
from geo.vocabulary import Item, Mark, items

INK: Final = colour("ink")
BOX: Final = "-1 -1 34 34"
_ICON: Final = 0.68  # of the icon's own 24 units
_DISC: Final = "M16 3.5a12.5 12.5 0 1 1 0 25a12.5 12.5 0 1 1 0-25z"
_TILE: Final = "M7 2h18a5 5 0 0 1 5 5v18a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5V7a5 5 0 0 1 5-5z"
_RING: Final = "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18zM12 7a5 5 0 1 0 0 10a5 5 0 1 0 0-10z"
_PLUS: Final = "M9.8 2.5h4.4v7.3h7.3v4.4h-7.3v7.3H9.8v-7.3H2.5V9.8h7.3z"
_QUESTION: Final = (
    "M12 1.5c-3.9 0-6.5 2.3-6.7 5.9h3.9c.1-1.5 1.2-2.5 2.8-2.5s2.7.9 2.7 2.3c0 1.1-.6 1.8-2 2.8"
    "-1.9 1.3-2.7 2.5-2.6 4.7v1.3h3.7V15c0-1.2.4-1.7 1.9-2.7 1.9-1.3 2.9-2.8 2.9-5"
    "C18.6 3.7 16 1.5 12 1.5zM10 18h4.1v4.2H10z"
)
UNSTATED_MARK: Final = Mark(_QUESTION, colour("grey"), "M16 1 31.5 29H.5z", 4.5)
SEVERAL: Final = "Plusieurs pratiques"
UNKNOWN: Final = "Pratique non renseignée"


class Stroke(NamedTuple):
    """One path of a mark in its box of 32 units: its data, its colours, where it stands."""

    d: str
    fill: str
    stroke: str = "none"
    width: float = 0
    transform: str = ""


def mark_for(item: Item) -> Mark:
    """Return the mark of an item; one that has none yet is a disc with a ring."""
    return item.mark or Mark(_RING, INK, _DISC)


@cache
def marks() -> dict[str, Mark]:
    """Return the mark of each practice, then of several and of none that is known."""
    several = Mark(_PLUS, INK, "M9 3.5h14L30 16 23 28.5H9L2 16z")
    practice_marks = {item.id: mark_for(item) for item in items("practice")}
    return practice_marks | {"several": several, "unknown": UNSTATED_MARK}


def mark_labels() -> dict[str, str]:
    """Say in French what each mark means, in the order of legends."""
    named = {item.id: item.label for item in items("practice")}
    return named | {"several": SEVERAL, "unknown": UNKNOWN}


def mark_of(practices: Iterable[str]) -> str:
    """Name the mark of a catalyst: its only practice, « several », or « unknown »."""
    found = list(practices)
    if len(found) > 1:
        return "several"
    return found[0] if found and found[0] in marks() else "unknown"


def strokes(mark: Mark) -> tuple[Stroke, Stroke]:
    """Return what a mark is drawn with: its ground, then its icon."""
    scale = _ICON if mark.path else _ICON * 1.2  # a tile has room in its corners
    side = 16 - 12 * scale
    at = f"translate({side:.4g} {side + mark.dy:.4g}) scale({scale:.4g})"
    if mark.path:
        return Stroke(mark.path, mark.fill, "#fff", 1.5), Stroke(mark.icon, "#fff", transform=at)
    return Stroke(_TILE, "#fff", mark.fill, 2), Stroke(mark.icon, mark.fill, transform=at)


@cache
def mark_svg(mark: Mark, size: int = 32) -> Markup:
    """Draw a mark as an SVG element; decorative, its meaning is said beside it."""
    ground, icon = strokes(mark)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}" width="{}" height="{}"'
        ' aria-hidden="true" focusable="false"><path d="{}" fill="{}" stroke="{}"'
        ' stroke-width="{:g}"/><path d="{}" fill="{}" transform="{}"/></svg>'
    ).format(BOX, size, size, *ground[:4], icon.d, icon.fill, icon.transform)


def all_symbols() -> dict[str, str]:
    """Draw every mark of the catalysts, by its name, for the browser to use."""
    return {name: mark_svg(mark) for name, mark in marks().items()}


def names(
    labels: Mapping[str, str], mark_by_code: Mapping[str, Mark]
) -> dict[str, tuple[str, str]]:
    """Say what each mark is called amid a sentence, and its colour."""
    return {
        code: (name[:1].lower() + name[1:], mark_by_code[code].fill)
        for code, name in labels.items()
    }


def picture(mark: str) -> Markup:
    """Draw the mark of a practice as an image for a page; that of an unknown one for another."""
    return svg_image(mark_svg(marks().get(mark, UNSTATED_MARK)), 22, 22)


def legend_entry(drawing: str, label: str, sign: str = "") -> Markup:
    """Write one entry of a legend: a drawing, already HTML, and its label.

    ``sign``: what the map calls it, where the entry goes while none is in sight
    (``web/scripts/legend.js``).
    """
    named = Markup(' data-signe="{}"').format(sign) if sign else ""
    return Markup('<li{}><span class="signe">{}</span>{}</li>').format(named, drawing, label)


_LEGEND: Final = Markup('<figure class="legende"><figcaption>{}</figcaption><ul>{}</ul></figure>')
_FOLDED: Final = Markup('<details class="legende"><summary>{}</summary><ul>{}</ul></details>')


def legend(title: str, entries: Iterable[Markup], *, folded: bool = False) -> Markup:
    """Write a legend as plain HTML, with a title that a screen reader announces.

    ``folded``: the title alone stands there until it is opened. Of nothing, there is none.
    """
    explained = Markup().join(entries)
    return (_FOLDED if folded else _LEGEND).format(title, explained) if explained else explained
