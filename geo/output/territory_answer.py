"""A territory's sheet in words and figures, and what its map draws and looks at."""

import re
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from geo.analysis.territory import Sheet
from geo.french import NBSP, count, number
from geo.output import maps
from geo.output.cards import TERRITORY_PAGE
from geo.output.maps.places import Bounds
from geo.output.maps.territories import territory_bounds
from geo.reference import france
from geo.reference.kinds import kind_of
from geo.reference.territory import COMMUNE, Territory
from geo.vocabulary import label

_FIRST: Final = "departement"
_HALF_A_MARK: Final = 0.07  # of the length of a territory that a phone shows whole
_SIREN: Final = re.compile(r"[0-9]{9}")
_NATURES: Final = {
    "METRO": "métropole",
    "MET69": "métropole de Lyon",
    "CU": "communauté urbaine",
    "CA": "communauté d’agglomération",
    "CC": "communauté de communes",
    "mono": "signé par une seule collectivité",
    "pluri": "signé par plusieurs collectivités",
}
"""What the codes of the official lists mean."""


def kind_and_code(found: Territory) -> str:
    """Name the kind of a territory and the number that its offices write, as they call it.

    The code of a département is in its name; that of a région or a contract tells nobody anything.
    """
    kind = label("territory_kind", found.kind)
    if found.kind == COMMUNE:
        return f"{kind}, code INSEE {found.code}"
    return f"{kind}, SIREN {found.code}" if _SIREN.fullmatch(found.code) else kind


def sheet_detail(answer: Sheet) -> str:
    """Describe what kind of territory it is, and who signed it."""
    found = answer.territory
    signed = france.signatories().get(found.code, []) if kind_of(found.kind).signed else []
    nature = _NATURES.get(found.nature, found.nature)
    detail = f"signé par {', '.join(signed)}" if signed else nature
    more = f", {detail}" if detail and detail not in label("territory_kind", found.kind) else ""
    return f"{kind_and_code(found)}{more}"


def sheet_figures(answer: Sheet) -> list[tuple[str, str]]:
    """Return the key figures, each with its name."""
    found = answer.territory
    return [
        ("Population municipale", number(found.population)),
        ("Communes", number(found.commune_count)),
        ("Superficie", f"{number(found.area_km2)}{NBSP}km²"),
        ("Catalyseurs présents", str(len(answer.inside))),
        (f"À moins de {answer.near_km:g}{NBSP}km", str(len(answer.near))),
        ("Interviennent sur tout le territoire", str(len(answer.covering))),
    ]


def titled_groups(answer: Sheet) -> dict[str, pd.DataFrame]:
    """Name the three groups of catalysts with their counts."""
    present, covering, close = answer.groups().values()
    return {
        f"Présents ({len(present)})": present,
        f"D’ailleurs, mais déclarent intervenir sur tout ce territoire ({len(covering)})": covering,
        f"Proches, à moins de {answer.near_km:g}{NBSP}km ({len(close)})": close,
    }


def sheet_title(answer: Sheet) -> str:
    """Describe in words what the map shows."""
    placed = int(answer.shown["longitude"].notna().sum())
    return f"Carte de {answer.territory.label} et de {count(placed, 'catalyseur')}"


def sheet_bounds(answer: Sheet) -> Bounds:
    """Return bounds of the whole perimeter and of the catalysts near it.

    Each side goes to those at most as far as the territory is long, so that it stays the subject:
    a commune is not a corner of the map of its neighbours. A mark is wider than its point: the
    side that goes to one goes a little beyond.
    """
    west, south, east, north = territory_bounds(answer.territory.kind, answer.territory.code)
    wide, tall = east - west, north - south
    lons, lats = answer.near["longitude"], answer.near["latitude"]
    along, up = wide * _HALF_A_MARK, tall * _HALF_A_MARK
    return (
        max(min([west, *(lons - along)]), west - wide),
        max(min([south, *(lats - up)]), south - tall),
        min(max([east, *(lons + along)]), east + wide),
        min(max([north, *(lats + up)]), north + tall),
    )


def sheet_layers(answer: Sheet, records: str) -> list[dict[str, Any]]:
    """Draw the perimeter under the catalysts that have a point."""
    found = answer.territory
    return [
        maps.territory_layer(found.kind, found.code, found.label),
        maps.catalyst_layer(answer.shown, records),
    ]


def france_legend(rows: pd.DataFrame) -> Markup:
    """Explain the outlines and the marks of the map of France, as HTML."""
    return maps.outline_legend(_FIRST) + maps.catalyst_legend(rows)


def france_map(rows: pd.DataFrame, records: str) -> dict[str, Any]:
    """Draw France and its départements, each of which leads to its own page."""
    link = f"{TERRITORY_PAGE}{_FIRST}:"
    return {
        "layers": [maps.outline_layer(_FIRST, link), maps.catalyst_layer(rows, records)],
        "title": f"Carte de France par département, {count(len(rows), 'catalyseur')}",
        "bounds": maps.HEXAGONE,
    }
