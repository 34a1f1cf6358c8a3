"""Actors of an ecosystem on a map: a shape and letters for the profile, also used by the graph.

Shape and letters say it all; colour only repeats them.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from geo.directory.catalysts import web_link
from geo.output.html import svg_image
from geo.output.maps import symbols
from geo.output.maps.symbols import Mark
from geo.output.webfiles import Still, publish
from geo.vocabulary import UNSTATED, label, vocabularies

Layer = dict[str, Any]
NETWORK_LINK: Final = "/alliances?acteur="
PROFILES: Final = "any_profile"
_DECIMALS: Final = 5

MARKS: Final = {
    "collectivite": Mark("C", "#00608f", "M2.5 6h27v20h-27z"),
    "association": Mark("A", "#b14700", "M16 3.5a12.5 12.5 0 1 1 0 25a12.5 12.5 0 1 1 0-25z"),
    "entreprise": Mark("E", "#00735a", "M16 1.5 30.5 16 16 30.5 1.5 16z"),
    "accompagnateur": Mark("Ac", "#7a4b00", "M9 3.5h14L30 16 23 28.5H9L2 16z"),
    "institution": Mark("I", "#3f3d8f", "M16 2.5 29 12.5V28.5H3V12.5z", 2.0),
    "acteur_academique": Mark("U", "#9a3d75", "M16 2 30.5 12.6 25 29.5H7L1.5 12.6z", 1.0),
    "fondation": Mark(
        "F", "#8f1d1d", "M16 29C-4 15 4 3.5 11 3.5c3 0 5 2.5 5 4 0-1.5 2-4 5-4 7 0 15 11.5-5 25.5z"
    ),
    "autre": Mark("X", "#5c6668", "M10 2.5h12v7.5h7.5v12h-7.5v7.5h-12v-7.5h-7.5v-12h7.5z"),
    "etat": Mark("É", "#26383a", "M8.5 5H30l-6.5 22H2z"),
    "syndicat": Mark("S", "#5e4a9c", "M2 4.5h28L16 30z", -3.0),
    "acteur_accompagnement": Mark(
        "Aa", "#00608f", "M10 2.5h12l7.5 7.5v12l-7.5 7.5H10l-7.5-7.5v-12z"
    ),
    UNSTATED: Mark("?", "#5c6668", "M16 2.5 30 27.5H2z", 4.5),
}


def mark_of(profile: str) -> str:
    """Name the mark of a profile; one that is not stated or not drawn has its own."""
    return profile if profile in MARKS else UNSTATED


@cache
def drawing(profile: str, size: int = 32) -> str:
    """Draw the mark of a profile as an SVG element; its meaning is said beside it."""
    mark = MARKS[profile]
    small = len(mark.letter) > 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 34 34" width="{size}"'
        f' height="{size}" aria-hidden="true" focusable="false"><path d="{mark.path}"'
        f' style="fill:{mark.fill};stroke:#fff;stroke-width:1.5"/>'
        f'<text x="16" y="{(20.4 if small else 21.2) + mark.dy:g}" text-anchor="middle"'
        f' style="font:700 {12 if small else 15}px system-ui,sans-serif;fill:#fff">'
        f"{mark.letter}</text></svg>"
    )


def picture(profile: str) -> Markup:
    """Draw a mark as an image for a page."""
    return svg_image(drawing(mark_of(profile)), 22, 22)


def _record(row: dict[Any, Any]) -> list[Any]:
    held = set(row["withheld"])
    return [
        row["actor_id"],
        row["actor_name"],
        round(row["longitude"], _DECIMALS),
        round(row["latitude"], _DECIMALS),
        mark_of(row["profile"]),
        "" if "town" in held else row["town"],
        label(PROFILES, row["profile"]) if row["profile"] else "",
        [label("practice", code) for code in row["practices"]],
        row["practices_basis"] == "inferred",
        "",
        "" if "website" in held else web_link(row["website"]),
        bool(row["fictive"]),
    ]


def located_only(actors: pd.DataFrame) -> pd.DataFrame:
    """Keep the actors that have a point which may be shown."""
    hidden = [bool({"longitude", "latitude"} & set(fields)) for fields in actors["withheld"]]
    shown = actors["longitude"].notna() & actors["latitude"].notna()
    return actors[shown & ~pd.Series(hidden, index=actors.index, dtype=bool)]


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
    records = [_record(row) for row in located_only(actors).to_dict("records")]
    drawn = {name: drawing(name) for name in MARKS}
    return publish({"records": records, "symbols": drawn, "of": of}, still)


def actor_layer(shown: pd.DataFrame, records: str) -> Layer:
    """Show some of the actors that ``publish_actors`` was given; each opens its own network."""
    return {
        "type": "catalysts",
        "url": records,
        "ids": [str(code) for code in located_only(shown)["actor_id"]],
        "ranks": {},
        "link": NETWORK_LINK,
        "opens": "Voir son réseau",
        "noun": "acteurs",
    }


def actor_legend(shown: pd.DataFrame) -> Markup:
    """Explain, as HTML, the marks of the profiles that are present."""
    present = {mark_of(profile) for profile in shown["profile"]}
    return symbols.legend("Profil", _entries(present)) if present else Markup()


def _entries(present: set[str]) -> Iterable[Markup]:
    for code in (*vocabularies()[PROFILES].ids(), UNSTATED):
        if code in present:
            name = "Profil non renseigné" if code == UNSTATED else label(PROFILES, code)
            yield symbols.legend_entry(picture(code), name)
