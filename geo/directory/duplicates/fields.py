"""How the fields of two records become those of one; fields that go together stay together."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from geo.directory.duplicates.features import siren
from geo.directory.duplicates.names import fold_names
from geo.directory.schema import ACTOR

Record = dict[str, Any]
Side = Literal["kept", "other"]
Choices = Mapping[str, Side]

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "practices": ("practices", "practices_basis"),
    "location": (
        *("address", "postcode", "town", "commune_code", "departement_code", "region_code"),
        *("longitude", "latitude", "location_precision", "location_source"),
        *("location_score", "location_check"),
    ),
    "source": ("source_title", "source_url", "source_date"),
}
"""Fields taken from one record together: a point and its commune, a title and its date."""
UNITED: Final = ("external_ids", "sources", "withheld", "fictive")
"""Fields of both, whatever is chosen: no origin, refusal to publish or warning is lost."""
_OWN: Final = (ACTOR.id, "revision")
PRECISIONS: Final = ("adresse", "rue", "commune", "departement", "region", "national")
_PLACED: Final = ("longitude", "latitude")


def groups() -> dict[str, tuple[str, ...]]:
    """Return what a person may choose between, in the order of the record: group, its fields."""
    inside = {name: group for group, names in GROUPS.items() for name in names}
    left_out = {*UNITED, *_OWN}
    named = (inside.get(field.name, field.name) for field in ACTOR.fields)
    return {
        name: GROUPS.get(name, (name,)) for name in dict.fromkeys(named) if name not in left_out
    }


def combined(survivor: Record, other: Record, choices: Choices) -> Record:
    """Return the record that replaces both, under the id of the one kept.

    Without a choice: what the kept record says, what only the other says, the practices of both,
    the more precise place. The source left aside goes to the other sources.
    """
    result = dict(survivor)
    for name, fields in groups().items():
        side = choices.get(name)
        record = (
            _chosen(name, fields, survivor, other)
            if side is None
            else (survivor, other)[side == "other"]
        )
        result |= {field: record[field] for field in fields}
    for name in ("external_ids", "withheld"):
        result[name] = united(survivor[name], other[name])
    result["fictive"] = survivor["fictive"] or other["fictive"]
    return result | {"sources": _sources(result, survivor, other)}


def united(one: list[str], other: list[str]) -> list[str]:
    """Put two lists together, each value once."""
    return list(dict.fromkeys([*one, *other]))


def empty(record: Record, fields: tuple[str, ...]) -> bool:
    """Return whether none of these fields says anything; a longitude of 0 says something."""
    return all(record[name] in ("", None, []) or record[name] is False for name in fields)


def _chosen(name: str, fields: tuple[str, ...], survivor: Record, other: Record) -> Record:
    if name == "practices":
        return _practices(survivor, other)
    if name == "location":
        return _place(fields, survivor, other)
    if name == "siret":
        return (
            other
            if not survivor["siret"] or _completes(other["siret"], survivor["siret"])
            else survivor
        )
    return other if empty(survivor, fields) else survivor


def _practices(survivor: Record, other: Record) -> Record:
    """Unite practices; they are stated when both records, where they say any, state them.

    Those declared for a whole file fill what is empty: they never join what a record states.
    """
    stating = [row for row in (survivor, other) if row["practices"]]
    own = [row for row in stating if row["practices_basis"] != "declared"]
    if own and len(own) < len(stating):
        return {name: own[0][name] for name in ("practices", "practices_basis")}
    bases = {row["practices_basis"] for row in stating}
    basis = "inferred" if len(bases) > 1 and "inferred" in bases else next(iter(sorted(bases)), "")
    practices = united(survivor["practices"], other["practices"])
    return {"practices": practices, "practices_basis": basis or survivor["practices_basis"]}


def _completes(long: str, short: str) -> bool:
    return siren(long) == siren(short) != "" and len(long) > len(short)


def _place(fields: tuple[str, ...], survivor: Record, other: Record) -> Record:
    """Take the more precise place; where the other says no other town, fill the gaps from it."""
    first, second = (survivor, other) if _rank(survivor) <= _rank(other) else (other, survivor)
    if _elsewhere(first, second):
        return first
    filled = {name: second[name] if empty(first, (name,)) else first[name] for name in fields}
    # A point's own qualities describe that point only.
    about = [name for name in fields if name.startswith("location_") or name in _PLACED]
    return filled | {name: first[name] for name in about}


def _elsewhere(one: Record, other: Record) -> bool:
    """Return whether two records name two towns; what one leaves out contradicts nothing."""
    if one["commune_code"] and one["commune_code"] == other["commune_code"]:
        return False
    towns = [
        (row["commune_code"], row["postcode"], *fold_names([row["town"]])) for row in (one, other)
    ]
    return any(a and b and a != b for a, b in zip(*towns, strict=True))


def _rank(record: Record) -> tuple[int, bool, bool]:
    known = {name: rank for rank, name in enumerate(PRECISIONS)}
    rank = known.get(record["location_precision"], len(known))
    unplaced = record["longitude"] is None
    return (rank, unplaced, bool(record["location_check"]))


def _sources(result: Record, survivor: Record, other: Record) -> list[str]:
    """List the sources beside the main one, the one left aside among them."""
    main = source_line(result)
    beside = [source_line(row) for row in (survivor, other)]
    listed = united([*survivor["sources"], *other["sources"]], beside)
    return [line for line in listed if line and line != main]


def source_line(record: Record) -> str:
    """Write a source in one line: title, date, address."""
    return " — ".join(
        record[name] for name in ("source_title", "source_date", "source_url") if record[name]
    )
