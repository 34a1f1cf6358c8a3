"""Indicators of a territory as a table to read, or as rows for a program."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup

from geo.analysis.indicators import UNKNOWN, Reading
from geo.french import NBSP, number
from geo.output.html import absent, lines, muted, outside, table, whole
from geo.reference.grids import GRIDS, LISTED

_CAPTION: Final = "Valeur, année et source de chacun"
_HEADER: Final = ("Indicateur", "Valeur", "Année", "Obtenu par", "Source")


def indicator_table(readings: Iterable[Reading]) -> Markup:
    """Write indicators as an HTML table; what is missing is « non disponible », never 0."""
    return table(_CAPTION, list(_HEADER), [_line(reading) for reading in readings], folds=True)


def _line(reading: Reading) -> list[str]:
    value = absent(reading.value_text) if reading.value is None else whole(reading.value_text)
    return [reading.indicator.label, value, reading.year, reading.rule, _source(reading)]


def _source(reading: Reading) -> Markup:
    source = reading.source
    return outside(source.url, f"{source.publisher}, {source.title}") + f" ({source.licence})"


def grid_table(found: Mapping[str, Mapping[str, int]], *, alone: bool) -> Markup:
    """Write the official class of a commune, or how many communes there are of each class.

    Parameters
    ----------
    alone
        One commune: its class needs no count.
    """
    header = ["Grille officielle", "Classe" if alone else "Communes de chaque classe"]
    rows = [
        [lines([GRIDS[grid], muted(f"ANCT, {LISTED}")]), _classes(counts, alone=alone)]
        for grid, counts in found.items()
    ]
    return table("Grilles officielles", header, rows)


def _classes(counts: Mapping[str, int], *, alone: bool) -> Markup:
    if not counts:
        return absent(UNKNOWN)
    return lines([name if alone else f"{name}{NBSP}: {number(n)}" for name, n in counts.items()])


def indicator_rows(readings: Iterable[Reading]) -> list[dict[str, Any]]:
    """Return indicators as plain values; ``value`` is None when it is not available."""
    return [
        {
            "indicator_code": reading.indicator.code,
            "indicator_label": reading.indicator.label,
            "year": reading.year,
            "value": reading.value,
            "unit": reading.unit,
            "rule": reading.rule,
            "population_covered": round(reading.covered, 4) if reading.value is not None else None,
            "source": {
                "title": reading.source.title,
                "publisher": reading.source.publisher,
                "licence": reading.source.licence,
                "vintage": reading.source.vintage,
                "url": reading.source.url,
            },
        }
        for reading in readings
    ]
