"""Actors of an ecosystem on a map: an icon for the profile, also used by the graph."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from markupsafe import Markup

from geo.directory.catalysts import web_link
from geo.output.html import svg_image
from geo.output.maps import symbols
from geo.output.maps.catalysts import catalyst_bounds
from geo.output.maps.crowds import MarkSource, marks_shown, offered
from geo.output.maps.places import HEXAGONE, Bounds
from geo.output.webfiles import Still
from geo.vocabulary import UNSTATED, Mark, items, label, vocabularies

Layer = dict[str, Any]
NETWORK_LINK: Final = "/alliances?acteur="
PROFILES: Final = "any_profile"
_DECIMALS: Final = 5
_MARGIN: Final = 0.02  # degrees


@cache
def marks() -> dict[str, Mark]:
    """Return the mark of each profile, then of one that is not stated."""
    profile_marks = {item.id: symbols.mark_for(item) for item in items(PROFILES)}
    return profile_marks | {UNSTATED: symbols.UNSTATED_MARK}


def mark_of(profile: str) -> str:
    """Name the mark of a profile; one that is not stated or not drawn has its own."""
    return profile if profile in marks() else UNSTATED


def picture(profile: str) -> Markup:
    """Draw a mark as an image for a page."""
    return svg_image(symbols.mark_svg(marks()[mark_of(profile)]), 22, 22)


def _record(row: dict[Any, Any]) -> list[Any]:
    withheld = set(row["withheld"])
    return [
        row["actor_id"],
        row["actor_name"],
        round(row["longitude"], _DECIMALS),
        round(row["latitude"], _DECIMALS),
        mark_of(row["profile"]),
        "" if "town" in withheld else row["town"],
        label(PROFILES, row["profile"]) if row["profile"] else "",
        [label("practice", code) for code in row["practices"]],
        row["practices_basis"] == "inferred",
        "",
        "" if "website" in withheld else web_link(row["website"]),
        bool(row["fictive"]),
    ]


def located_only(actors: pd.DataFrame) -> pd.DataFrame:
    """Keep the actors that have a point which may be shown."""
    return actors[_placed(actors)]


def _placed(actors: pd.DataFrame) -> npt.NDArray[np.bool_]:
    placed = (actors["longitude"].notna() & actors["latitude"].notna()).to_numpy(bool, copy=True)
    withheld = actors["withheld"].to_numpy(dtype=object)
    for at in np.flatnonzero(withheld.astype(bool)):  # of a million, few
        placed[at] &= {"longitude", "latitude"}.isdisjoint(withheld[at])
    return placed


def _kinds(actors: pd.DataFrame) -> list[str]:
    return [mark_of(profile) for profile in actors["profile"]]


def network_bounds(actors: pd.DataFrame) -> Bounds:
    """Return the box (degrees) around the actors that have a point; the mainland without any.

    Actors spread over half of the mainland show it whole: no legend then hides a coast.
    """
    box = catalyst_bounds(located_only(actors))
    if box is None or _over_half(box, HEXAGONE):
        return HEXAGONE
    west, south, east, north = box
    return (west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)


def _over_half(box: Bounds, whole: Bounds) -> bool:
    """Return whether a box lies in another, and is half as wide and half as high or more."""
    inside = all(low <= one for low, one in zip(whole[:2], box[:2], strict=True)) and all(
        high >= one for high, one in zip(whole[2:], box[2:], strict=True)
    )
    return inside and all(
        2 * (box[axis + 2] - box[axis]) >= whole[axis + 2] - whole[axis] for axis in (0, 1)
    )


def publish_actors(actors: pd.DataFrame, still: Still | None = None, *, of: str = "base") -> str:
    """Publish what a map says of the actors that have a point, and give the address.

    Fields whose publication was withdrawn stay out. Call it once per state of the store.

    Parameters
    ----------
    still
        Until when: see ``publish``.
    of
        What they are of; the same actors of two things have two addresses.
    """
    drawings = {name: symbols.mark_svg(mark) for name, mark in marks().items()}
    names = symbols.names({code: _named(code) for code in marks()}, marks())
    source = MarkSource({"symbols": drawings, "names": names}, _record, _kinds, still)
    return offered(source, actors, _placed(actors), of=of)


def actor_layer(shown: pd.DataFrame, records: str) -> Layer:
    """Show some of the actors that ``publish_actors`` was given; each opens its own network."""
    return {
        "type": "catalysts",
        **marks_shown(records, shown, _placed(shown), "actor_id"),
        "ranks": {},
        "link": NETWORK_LINK,
        "opens": "Voir son réseau",
        "noun": "acteurs",
    }


def actor_legend(shown: pd.DataFrame) -> Markup:
    """Explain, as HTML, the marks of the profiles that are present."""
    present = {mark_of(profile) for profile in shown["profile"].unique()}
    return symbols.legend("Profil", _entries(present)) if present else Markup()


def _entries(present: set[str]) -> Iterable[Markup]:
    for code in (*vocabularies()[PROFILES].ids(), UNSTATED):
        if code in present:
            yield symbols.legend_entry(picture(code), _named(code), code)


def _named(code: str) -> str:
    return "Profil non renseigné" if code == UNSTATED else label(PROFILES, code)
