"""Indicators of a territory as a table to read, or as rows for a program."""

from collections.abc import Iterable
from typing import Any, Final

from markupsafe import Markup

from geo.analysis.indicators import Reading
from geo.output.html import absent, outside, table

_CAPTION: Final = "Indicateurs du territoire"
_HEADER: Final = ("Indicateur", "Valeur", "Année", "Obtenu par", "Source")


def indicator_table(readings: Iterable[Reading]) -> Markup:
    """Write indicators as an HTML table; what is missing is « non disponible », never 0."""
    return table(_CAPTION, list(_HEADER), [_line(one) for one in readings])


def _line(one: Reading) -> list[str]:
    value = absent(one.said) if one.value is None else one.said
    return [one.indicator.label, value, one.year, one.rule, _source(one)]


def _source(one: Reading) -> Markup:
    source = one.source
    return outside(source.url, f"{source.publisher}, {source.title}") + f" ({source.licence})"


def indicator_rows(readings: Iterable[Reading]) -> list[dict[str, Any]]:
    """Return indicators as plain values; ``value`` is None when it is not available."""
    return [
        {
            "indicator_code": one.indicator.code,
            "indicator_label": one.indicator.label,
            "year": one.year,
            "value": one.value,
            "unit": one.unit,
            "rule": one.rule,
            "population_covered": round(one.covered, 4) if one.value is not None else None,
            "source": {
                "title": one.source.title,
                "publisher": one.source.publisher,
                "licence": one.source.licence,
                "vintage": one.source.vintage,
                "url": one.source.url,
            },
        }
        for one in readings
    ]
