"""Key figures of a territory, each with the year it is of."""

from datetime import date
from typing import Final

from geo.analysis.indicators import territory_indicators
from geo.analysis.territory import Sheet
from geo.french import NBSP, decimal, number
from geo.output.sheet.blocks import Block, Grid, Heading
from geo.reference.kinds import kind_of
from geo.reference.sources import sources
from geo.reference.territory import COMMUNE, Territory

_FRONT: Final = frozenset({"population", "superficie", "densite_population"})
"""Indicators that the key figures already say."""
_DENSE: Final = 10
_MAYOTTE: Final = "976"
_UNKNOWN: Final = f"non{NBSP}disponible"


def key_figures(sheet: Sheet, day: str) -> Grid:
    """Write the figures beside the map; ``day`` is when the catalysts were counted, ISO 8601."""
    rows = [
        *_reference(sheet.territory),
        *(
            (label, value, date.fromisoformat(day).strftime("%d/%m/%Y"))
            for label, value in _counts(sheet)
        ),
    ]
    return Grid("Chiffres clés", ("Chiffre", "Valeur", "Millésime"), tuple(rows), (5, 0, 3), (1,))


def _reference(found: Territory) -> list[tuple[str, str, str]]:
    years = {source.id: source.vintage for source in sources()}
    people = _year(years["insee-population"], found)
    limits = years[kind_of(found.kind).limits]
    rows = [
        ("Population municipale", f"{number(found.population)}{NBSP}hab.", people),
        ("Superficie", _area(found.area_km2), years["ign-admin-express"].partition(",")[0]),
        ("Densité", _density(found), people),
    ]
    if found.kind != COMMUNE:
        rows.append(("Communes", number(found.commune_count), limits))
    return rows


def _counts(sheet: Sheet) -> list[tuple[str, str]]:
    return [
        ("Catalyseurs présents", number(len(sheet.inside))),
        ("Couvrent tout le territoire", number(len(sheet.covering))),
        (f"À moins de {decimal(sheet.near_km)}{NBSP}km", number(len(sheet.near))),
        ("Pratiques sans catalyseur", number(len(sheet.practices_of_nobody))),
    ]


def _year(vintage: str, found: Territory) -> str:
    """Keep, of « 2023 (Mayotte : 2017) », the year of this territory."""
    usual, _, exception = vintage.partition(" (")
    return exception.rpartition(" ")[2].rstrip(")") if found.departement_code == _MAYOTTE else usual


def _area(km2: float) -> str:
    return f"{number(km2, 0 if km2 >= _DENSE else 2)}{NBSP}km²"


def _density(found: Territory) -> str:
    if not found.area_km2:
        return _UNKNOWN
    value = found.population / found.area_km2
    return f"{number(value, 0 if value >= _DENSE else 1)}{NBSP}hab./km²"


def indicator_table(found: Territory) -> list[Block]:
    """Write the other indicators known of the territory, with year, unit and source."""
    readings = territory_indicators(found.kind, found.code)
    lines = [
        (
            reading.indicator.label,
            reading.value_text,
            reading.year,
            f"{reading.source.publisher}, {reading.source.title}",
        )
        for reading in readings
        if reading.indicator.code not in _FRONT and reading.indicator.printed
    ]
    if not lines:
        return []
    header = ("Indicateur", "Valeur", "Année", "Source")
    return [
        Heading("Indicateurs"),
        Grid("Indicateurs du territoire", header, tuple(lines), (6, 3, 0, 6), (1,)),
    ]
