"""What a merge would give, field by field, in French, for a screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.crs import geodesic_m
from geo.dates import in_words
from geo.directory.duplicates.fields import UNITED, Choices, Record, combined, empty, groups
from geo.directory.duplicates.reasons import how_far
from geo.directory.schema import ACTOR, TEXTS
from geo.directory.store.rows import plain
from geo.errors import AtlasError
from geo.french import decimal
from geo.reference.place import Place
from geo.reference.territory import territory
from geo.vocabulary import items, label

_LABELS: Final = {"location": "Lieu", "source": "Source", "practices": "Pratiques"}
NOTHING: Final = "—"


@dataclass(frozen=True)
class FieldComparison:
    """One line of the comparison: what each record says, what the merged one would."""

    field: str
    label: str
    survivor: str
    other: str
    result: str
    differs: bool
    """Both say something, and not the same: there is something to choose."""


def preview(
    survivor: Record, other: Record, choices: Choices | None = None
) -> list[FieldComparison]:
    """Compare two records and their merger; fields that neither fills are left out."""
    survivor, other = plain(survivor), plain(other)
    result = combined(survivor, other, choices or {})
    return [
        line
        for line in _lines(survivor, other, result)
        if (line.survivor, line.other) != (NOTHING,) * 2
    ]


def apart(one: Record, other: Record) -> str:
    """Say how far apart the points of two records lie, and what they stand for; else why not."""
    one, other = plain(one), plain(other)
    if any(row["longitude"] is None or row["latitude"] is None for row in (one, other)):
        return "Distance inconnue : l’une des deux fiches n’a pas de point."
    points = (np.array([row[name]]) for row in (one, other) for name in ("longitude", "latitude"))
    if {row["location_precision"] for row in (one, other)} == {"commune"} and (
        one["commune_code"] == other["commune_code"]
    ):
        return "Toutes deux placées au point de la commune, faute d’adresse."
    metres = float(geodesic_m(*points)[0])
    known = [_label("precision", row["location_precision"]).lower() for row in (one, other)]
    precision = " et ".join(dict.fromkeys(text for text in known if text))
    return f"À {how_far(metres)} l’une de l’autre" + (f" ({precision})." if precision else ".")


def _lines(survivor: Record, other: Record, result: Record) -> Iterator[FieldComparison]:
    for name, fields in {**groups(), **{name: (name,) for name in UNITED}}.items():
        one, two, merged = (_text(name, fields, row) for row in (survivor, other, result))
        choice = name not in UNITED and not empty(survivor, fields) and not empty(other, fields)
        differs = choice and any(survivor[field] != other[field] for field in fields)
        yield FieldComparison(
            name, _LABELS.get(name) or ACTOR.field(name).label, one, two, merged, differs
        )


def _text(name: str, fields: tuple[str, ...], record: Record) -> str:
    if name == "location":
        return _place(record)
    if name == "source":
        texts = (in_words(record[one]) if one == "source_date" else record[one] for one in fields)
        return " — ".join(text for text in texts if text) or NOTHING
    return _value(fields[0], record)


def _value(name: str, record: Record) -> str:
    value = record[name]
    field = ACTOR.field(name)
    if isinstance(value, bool):
        return "oui" if value else NOTHING
    if field.date:
        return in_words(value) or NOTHING
    if name == "scope":
        return _scope(value) or NOTHING
    if name == "withheld":
        return ", ".join(ACTOR.field(one).label for one in value if one in ACTOR.blank()) or NOTHING
    values = value if field.type == TEXTS else [value] if value else []
    return ", ".join(_label(field.vocabulary, one) for one in values) or NOTHING


def _scope(value: str) -> str:
    """Name the territory where an actor says it acts; a code that is none, as it is."""
    if ":" not in value:
        return "Toute la France" if value else ""
    try:
        return territory(*Place.parse(value)).label
    except AtlasError:
        return value


def _label(vocabulary: str, code: str) -> str:
    """Say a code in French; one that its vocabulary does not hold, as it is."""
    known = vocabulary and code in {item.id for item in items(vocabulary)}
    return label(vocabulary, code) if known else code


def _place(record: Record) -> str:
    """Say a place in one line: address, postcode and town, precision, coordinates."""
    town = " ".join(record[name] for name in ("postcode", "town") if record[name])
    town = town or record["commune_code"] or record["departement_code"] or record["region_code"]
    parts = [record["address"], town]
    if record["location_precision"]:
        parts.append(f"précision : {_label('precision', record['location_precision']).lower()}")
    if record["longitude"] is not None and record["latitude"] is not None:
        lat, lon = (decimal(round(record[name], 5)) for name in ("latitude", "longitude"))
        parts.append(f"latitude {lat}, longitude {lon}")
    return " ; ".join(part for part in parts if part) or NOTHING
