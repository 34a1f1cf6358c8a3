"""Find the record that a row of a file speaks of: by id, by SIRET or SIREN, by name and commune."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pandas as pd
from rapidfuzz import fuzz

from geo.directory.importing.fields import plain, plain_all
from geo.directory.schema import ACTOR
from geo.reference.postcodes import postcodes_of

Record = dict[str, Any]
Key = tuple[str, str]
_LOOSE: Final = ("postcode", "town", "address")
_WHERE: Final = ("commune_code", "departement_code", "postcode")
_ALIKE: Final = 60.0
_SIREN: Final = 9
_WEIGHED: Final = tuple(
    field.name
    for field in ACTOR.fields
    if not field.name.startswith(("location_", "source_", "actor_"))
    and field.name not in {"external_ids", "sources", "withheld", "status", "revision"}
)


class Matcher:
    """Known actors, by every key that may name them; each answers one row only."""

    def __init__(
        self, actors: list[Record], dataset: str, merged_records: Iterable[tuple[Record, str]] = ()
    ) -> None:
        self.prefix = f"{dataset}:"
        self.known = {record["actor_id"]: record for record in actors}
        self.plain = plain_all(_matching_texts(actors))
        self.by_key: dict[Key, list[str]] = {}
        self.matched_ids: set[str] = set()
        self.scattered: frozenset[str] = frozenset()
        self.merged_by_key: dict[Key, tuple[Record, str]] = {}
        for actor_id, record in self.known.items():
            for key in self._keys(record):
                self.by_key.setdefault(key, []).append(actor_id)
        self.plain |= plain_all(_matching_texts(record for record, _ in merged_records))
        for record, heir in merged_records:
            if heir in self.known:
                self.merged_by_key |= dict.fromkeys(self._keys(record), (record, heir))

    def match(self, rows: list[Record]) -> list[str]:
        """Return the id of the known actor of each row, empty for a new one.

        Ids go first over the whole file, so that no weaker key takes what an id names.
        """
        self.plain |= plain_all(_matching_texts(rows))
        self.scattered = _scattered([*self.known.values(), *rows])
        found = [""] * len(rows)
        for keys_of in (_ids, self._firm, self._loose):
            for at, row in enumerate(rows):
                if not found[at]:
                    found[at] = self._one(row, keys_of(row))
                    self.matched_ids.add(found[at])
        return found

    def heir(self, row: Record) -> str:
        """Return the actor into which the record that a row speaks of was merged, else nothing."""
        if not self.merged_by_key:  # most bases never merged anybody
            return ""
        for key in self._keys(row):
            record, heir = self.merged_by_key.get(key, (row, ""))
            if heir and self._fits(key, row, record):
                return heir
        return ""

    def _one(self, row: Record, keys: list[Key]) -> str:
        for key in keys:
            those = [
                self.known[one] for one in self.by_key.get(key, ()) if one not in self.matched_ids
            ]
            fit = [one for one in those if self._fits(key, row, one)]
            if len(fit) > 1:
                fit.sort(key=lambda one: _likeness(row, one), reverse=True)
            if fit:
                return str(fit[0]["actor_id"])
        return ""

    def _fits(self, key: Key, row: Record, other: Record) -> bool:
        """Return whether a key that two records share makes them one."""
        if key[0] == "actor":
            return True
        return self._agree(row, other) and (key[0] not in _LOOSE or _may_stand_together(row, other))

    def _agree(self, row: Record, other: Record) -> bool:
        """Return whether two records may be the same: not two ids of one file, nor two names."""
        mine, theirs = self._own(row), self._own(other)
        if mine and theirs and not mine & theirs:
            return False
        if row["commune_code"] and row["commune_code"] == other["commune_code"] and mine & theirs:
            return True
        names = (self.plain[row["actor_name"]], self.plain[other["actor_name"]])
        return names[0] == names[1] or fuzz.token_set_ratio(*names) >= _ALIKE

    def _keys(self, record: Record) -> list[Key]:
        return [*_ids(record), *self._firm(record), *self._loose(record)]

    def _firm(self, record: Record) -> list[Key]:
        siret = [("siret", record["siret"])] if len(record["siret"]) > _SIREN else []
        return [*siret, ("name", f"{self.plain[record['actor_name']]}|{place_of(record)}")]

    def _loose(self, record: Record) -> list[Key]:
        """Return what names a record whose commune is known on one side only, and its SIREN.

        A SIREN that stands in several places is of several establishments: it names none.
        """
        siren = record["siret"] if len(record["siret"]) == _SIREN else ""
        own = [("siret", siren)] if siren and siren not in self.scattered else []
        name = self.plain[record["actor_name"]]
        pairs = ((of, self.plain[record[of]]) for of in _LOOSE)
        return [*own, *((of, f"{name}|{text}") for of, text in pairs if text)]

    def _own(self, record: Record) -> set[str]:
        return {one for one in record["external_ids"] if one.startswith(self.prefix)}


def _ids(record: Record) -> list[Key]:
    own = [("actor", record["actor_id"])] if record["actor_id"] else []
    return own + [("external", one) for one in record["external_ids"]]


def _matching_texts(records: Iterable[Record]) -> Iterator[str]:
    return (record[name] for record in records for name in ("actor_name", *_LOOSE))


def _may_stand_together(row: Record, other: Record) -> bool:
    return all(row[one] == other[one] for one in _WHERE if row[one] and other[one])


def _scattered(records: Iterable[Record]) -> frozenset[str]:
    """List the SIREN that stand in several places: they name no establishment."""
    homes: dict[str, set[str]] = {}
    loose: dict[str, set[str]] = {}
    for record in (one for one in records if one["siret"]):
        siren, commune = record["siret"][:_SIREN], record["commune_code"]
        homes.setdefault(siren, set()).update([commune] if commune else [])
        where = "" if commune else record["postcode"] or plain(record["town"])
        loose.setdefault(siren, set()).update([where] if where else [])
    for siren, communes in homes.items():
        served = frozenset().union(*(postcodes_of().get(one, ()) for one in communes))
        communes |= {where for where in loose[siren] if where not in served}
    return frozenset(siren for siren, places in homes.items() if len(places) > 1)


def place_of(record: Record) -> str:
    """Name where a record is, as finely as known: its commune, else postcode, town or point."""
    if record["commune_code"]:
        return str(record["commune_code"])
    where = record["postcode"] or plain(record["town"])
    longitude = record["longitude"]
    if where or longitude is None or pd.isna(longitude):
        return str(where)
    return f"{longitude:.4f},{record['latitude']:.4f}"


def _likeness(row: Record, other: Record) -> tuple[int, int, float]:
    """Rate two namesakes: what both say alike, then what both leave blank, then their names."""
    alike = [name for name in _WEIGHED if row[name] == other[name]]
    filled_count = sum(bool(row[name]) for name in alike)
    return (
        filled_count,
        len(alike) - filled_count,
        fuzz.ratio(row["actor_name"], other["actor_name"]),
    )
