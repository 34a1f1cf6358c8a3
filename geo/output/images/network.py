"""Actors and their alliances in an image: what is drawn of them, and what explains it."""

from typing import Final

import pandas as pd

from geo.output.images.model import MapImage
from geo.output.maps import symbols
from geo.output.maps.actors import located_only, mark_of, marks
from geo.output.maps.arcs import KINDS, line_of
from geo.output.network import profile_label
from geo.output.svg_maps import network
from geo.output.svg_maps.view import View
from geo.vocabulary import label, vocabularies

_LINE: Final = 0.07  # how thick a line is, in the size of the words
Rows = pd.DataFrame
Entry = tuple[str, str]
"""A drawing, already SVG, and what it means; no drawing for a heading."""


def placed_rows(image: MapImage) -> pd.DataFrame:
    """Keep what has a point that may be shown."""
    if image.alliances is not None:
        return located_only(image.rows)
    return image.rows[image.rows["longitude"].notna()]


def drawn_rows(image: MapImage, view: View) -> pd.DataFrame:
    """Keep what has its point in the view."""
    placed = placed_rows(image)
    west, south, east, north = view.bounds()
    across = placed["longitude"].between(west, east)
    return placed[across & placed["latitude"].between(south, north)]


def lines(image: MapImage, view: View, text: float) -> str:
    """Draw the alliances; ``text``: the size of the words, in pixels."""
    if image.alliances is None:
        return ""
    return network.arcs(image.alliances, image.rows, view, text * _LINE)


def entries(image: MapImage, in_view: pd.DataFrame, text: float) -> list[Entry]:
    """Explain the marks of the profiles, then the lines of the kinds, that are drawn."""
    if image.alliances is None:
        return []
    profiles = {mark_of(str(one)) for one in in_view["profile"]}
    kinds = set(image.alliances["partnership_kind"])
    size = int(1.6 * text)
    marked = [
        (symbols.mark_svg(mark, size), profile_label(one))
        for one, mark in marks().items()
        if one in profiles
    ]
    known = (*vocabularies()[KINDS].ids(), "")
    lines = [(_sample(one, text), label(KINDS, one)) for one in known if one in kinds]
    heads = [("", "Profil"), *marked] if marked else []
    return [*heads, ("", "Type d’alliance"), *lines] if lines else heads


def _sample(kind: str, text: float) -> str:
    line, scale = line_of(kind), text * _LINE
    dashes = " ".join(f"{dash * scale:g}" for dash in line.dashes)
    return (
        f'<path d="M0 {0.9 * text:.0f}h{2 * text:.0f}" fill="none" stroke="{line.colour}"'
        f' stroke-width="{line.width * scale:.1f}" stroke-dasharray="{dashes}"/>'
    )
