"""Marks of the maps: a shape and a letter for the practice, an outline for the evidence.

Colour only repeats what the shape and the letter say. The palette is Okabe and Ito's (2008),
made to hold with every common colour blindness, darkened so that white letters read on it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from markupsafe import Markup

from geo.output.html import svg_image
from geo.palette import colour
from geo.vocabulary import Item, Mark, items

INK: Final = colour("ink")
_GREY: Final = colour("grey")
_DISC: Final = "M16 3.5a12.5 12.5 0 1 1 0 25a12.5 12.5 0 1 1 0-25z"
PLAIN: Final = Mark("", colour("blue"), _DISC)
UNSTATED_MARK: Final = Mark("?", _GREY, "M16 2.5 30 27.5H2z", 4.5)
SEVERAL: Final = "Plusieurs pratiques"
UNKNOWN: Final = "Pratique non renseignée"

_DOUBLE: Final = (
    '<path d="{path}" transform="matrix(.8 0 0 .8 3.2 3.2)"'
    ' style="fill:none;stroke:#fff;stroke-width:2"/>'
)
# Evidence: full, double, thick gold outline, hollow with dashes.
STYLES: Final = {
    "named": ("fill:{fill};stroke:#fff;stroke-width:1.5", "#fff", ""),
    "pioneer": (
        "fill:{fill};stroke:{fill};stroke-width:2.5",
        "#fff",
        _DOUBLE,
    ),
    "network_head": (f"fill:{{fill}};stroke:{colour('gold')};stroke-width:3.5", "#fff", ""),
    "related": ("fill:#fff;stroke:{fill};stroke-width:2.5;stroke-dasharray:4 2", "{fill}", ""),
}
DEFAULT_STYLE: Final = "related"


def mark_for(item: Item) -> Mark:
    """Return the mark of an item; one that has none yet is a disc with its first letter."""
    return item.mark or Mark(item.label[:1], INK, _DISC)


@cache
def marks() -> dict[str, Mark]:
    """Return the mark of each practice, then of several and of none that is known."""
    several = Mark("+", INK, "M9 3.5h14L30 16 23 28.5H9L2 16z")
    drawn = {item.id: mark_for(item) for item in items("practice")}
    return drawn | {"several": several, "unknown": UNSTATED_MARK}


def mark_labels() -> dict[str, str]:
    """Say in French what each mark means, in the order of legends."""
    named = {item.id: item.label for item in items("practice")}
    return named | {"several": SEVERAL, "unknown": UNKNOWN}


def style_of(evidence: str) -> str:
    """Name the outline of a kind of evidence; what is not known looks like what proves least."""
    return evidence if evidence in STYLES else DEFAULT_STYLE


def mark_of(practices: Iterable[str]) -> str:
    """Name the mark of a catalyst: its only practice, « several », or « unknown »."""
    found = list(practices)
    if len(found) > 1:
        return "several"
    return found[0] if found and found[0] in marks() else "unknown"


@cache
def symbol(mark: str, evidence: str, size: int = 32) -> str:
    """Draw one mark as an SVG element; decorative, its meaning is said beside it."""
    drawn = marks().get(mark, PLAIN)
    style, text, inner = STYLES[style_of(evidence)]
    said = {"fill": drawn.fill, "path": drawn.path}
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 34 34" width="{size}"'
        f' height="{size}" aria-hidden="true" focusable="false">'
        f'<path d="{drawn.path}" style="{style.format(**said)}"/>'
        f'{inner.format(**said)}<text x="16" y="{21.2 + drawn.dy:g}" text-anchor="middle"'
        f' style="font:700 15px system-ui,sans-serif;fill:{text.format(**said)}">'
        f"{drawn.letter}</text></svg>"
    )


def drawn(mark: Mark, size: int = 32) -> str:
    """Draw a mark that has no evidence to say, as an SVG element."""
    small = len(mark.letter) > 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 34 34" width="{size}"'
        f' height="{size}" aria-hidden="true" focusable="false"><path d="{mark.path}"'
        f' style="fill:{mark.fill};stroke:#fff;stroke-width:1.5"/>'
        f'<text x="16" y="{(20.4 if small else 21.2) + mark.dy:g}" text-anchor="middle"'
        f' style="font:700 {12 if small else 15}px system-ui,sans-serif;fill:#fff">'
        f"{mark.letter}</text></svg>"
    )


def all_symbols() -> dict[str, str]:
    """Draw every pair, keyed « mark evidence », for the browser to use."""
    return {f"{mark} {kind}": symbol(mark, kind) for mark in marks() for kind in STYLES}


def picture(mark: str, evidence: str) -> Markup:
    """Draw one mark as an image for a page."""
    return svg_image(symbol(mark, evidence), 22, 22)


def legend_entry(drawing: str, label: str) -> Markup:
    """Write one entry of a legend: a drawing, already HTML, and its label."""
    return Markup('<li><span class="signe">{}</span>{}</li>').format(drawing, label)


_LEGEND: Final = Markup('<figure class="legende"><figcaption>{}</figcaption><ul>{}</ul></figure>')
_FOLDED: Final = Markup('<details class="legende"><summary>{}</summary><ul>{}</ul></details>')


def legend(title: str, entries: Iterable[Markup], *, folded: bool = False) -> Markup:
    """Write a legend as plain HTML, with a title that a screen reader announces.

    ``folded``: the title alone stands there until it is opened.
    """
    return (_FOLDED if folded else _LEGEND).format(title, Markup().join(entries))
