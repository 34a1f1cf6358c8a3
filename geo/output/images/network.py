"""Actors and their alliances in an image: what is drawn of them, and what explains it."""

from typing import Final

import numpy as np
import pandas as pd

from geo.output.images.model import MapImage
from geo.output.maps import symbols
from geo.output.maps.actors import located_only, mark_of, marks
from geo.output.maps.arcs import KINDS, alliance_arcs
from geo.output.network import profile_label
from geo.output.svg_maps import network
from geo.output.svg_maps.shapes import spots_of
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


def drawn_rows(image: MapImage, view: View, room: float) -> pd.DataFrame:
    """Keep what has its mark whole in the view; ``room``: what a mark takes around it, in units."""
    placed = placed_rows(image)
    spots = spots_of(placed, view)
    inside = (spots >= room) & (spots <= (view.width - room, view.height - room))
    return placed.iloc[np.flatnonzero(inside.all(axis=1))]


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
    arcs = alliance_arcs(image.alliances, image.rows)
    kinds = set(arcs.with_lines(image.alliances)["partnership_kind"])
    size = int(1.6 * text)
    marked = [
        (symbols.mark_svg(mark, size), profile_label(one))
        for one, mark in marks().items()
        if one in profiles
    ]
    known = (*vocabularies()[KINDS].ids(), "")
    lines = [
        (network.sample(one, 2 * text, text * _LINE), label(KINDS, one))
        for one in known
        if one in kinds
    ]
    heads = [("", "Profil"), *marked] if marked else []
    return [*heads, ("", "Type d’alliance"), *lines] if lines else heads
