"""What an import would change: new records, records changed field by field, records the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any, Final, NamedTuple

import pandas as pd

from geo.directory.importing.contacts import contacts_to_write
from geo.directory.importing.declaration import BASIS
from geo.directory.importing.dry_run import DryRun
from geo.directory.importing.echo import echoes
from geo.directory.importing.record_ids import free_id, joined
from geo.directory.importing.record_matching import Matcher, place_of
from geo.directory.importing.validate import AT_COMMUNE, FILE
from geo.directory.schema import ACTOR, PERIMETER, REAL
from geo.directory.store.changes import Changes
from geo.french import count

Record = dict[str, Any]
_PLACE: Final = ("longitude", "latitude", "location_precision", "location_source")
_AREAS: Final = frozenset(("commune_code", "departement_code", "region_code"))
_SOURCE: Final = ("source_title", "source_date", "source_url")
_TOGETHER: Final = (
    (
        frozenset(("longitude", "latitude")),
        frozenset(("location_precision", "location_source", "location_score", "location_check")),
    ),
    (frozenset(("practices",)), frozenset(("practices_basis",))),
)
"""Fields that lead others: a point its precision, practices where they come from."""
_OURS: Final = frozenset(("", FILE, AT_COMMUNE))
_METRE: Final = 1e-5  # degrees


class _Pair(NamedTuple):
    """A row of the file, read, and the known record that it speaks of."""

    row: int
    record: Record
    old: Record


class FieldChange(NamedTuple):
    """One field of one record, before and after."""

    field: str
    label: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Update:
    """A known record that the file changes."""

    record: Record
    fields: tuple[FieldChange, ...]
    row: int = 0


@dataclass(frozen=True)
class Plan:
    """New, changed and unchanged records; ``contacts`` are plain, to be sealed by the caller.

    ``rows`` gives the actor of each row of the file.
    """

    new: list[Record] = field(default_factory=list)
    changed: list[Update] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    contacts: list[Record] = field(default_factory=list)
    perimeters: list[Record] = field(default_factory=list)
    rows: dict[int, str] = field(default_factory=dict)

    def changes(self) -> Changes:
        """Return what to write, contacts left out: the caller seals them first."""
        actors = [*self.new, *(update.record for update in self.changed)]
        put = {"actor": actors, "perimeter": self.perimeters}
        return Changes(put={kind: records for kind, records in put.items() if records})

    @property
    def sentence(self) -> str:
        """Say in French what would be written."""
        parts = [
            count(len(found), one, many)
            for found, one, many in (
                (self.new, "nouvelle fiche", "nouvelles fiches"),
                (self.changed, "fiche modifiée", "fiches modifiées"),
                (self.same, "fiche inchangée", "fiches inchangées"),
                (self.contacts, "contact à enregistrer", "contacts à enregistrer"),
                (self.perimeters, "périmètre", "périmètres"),
            )
            if found
        ]
        return f"{', '.join(parts) or 'Aucune fiche'}."


def plan(  # noqa: PLR0913 - what the base holds, by name
    draft: DryRun,
    actors: pd.DataFrame,
    *,
    contacts_known: list[Record] | None = None,
    perimeters: pd.DataFrame | None = None,
    merged_records: Sequence[tuple[Record, str]] = (),
    past: Sequence[tuple[Record, str]] = (),
) -> Plan:
    """Compare a draft with what is kept.

    A row is a known record by its id, else its SIRET or SIREN, else its name and commune. Only
    fields the file speaks of may change; an empty cell erases nothing; a point set by hand or
    geocoded since is not moved back; what a record would say of itself or said before a merge is
    no change.

    Parameters
    ----------
    actors
        Every current actor, fields of ``kinds.ACTOR``.
    contacts_known
        Current contacts, opened: ``contact_id``, ``actor_id`` and fields of ``kinds.PERSONAL``.
    perimeters
        Every current perimeter.
    merged_records
        Records merged into another, each with that other's id: their rows are not written again.
    past
        What a merge replaced in the record it kept, with the id of that record.
    """
    known = records_of(actors)
    rows = records_of(draft.actors)
    matcher = Matcher(known, draft.dataset, [*_as_they_were(known, past), *merged_records])
    found = matcher.match(rows)
    used_ids = {record["actor_id"] for record in (*known, *rows)}  # a later row may state its own
    made, pairs = Plan(), list[_Pair]()
    for row, record, actor_id in zip(draft.actors.index.tolist(), rows, found, strict=True):
        if actor_id:
            pairs.append(_Pair(int(row), record, matcher.known[actor_id]))
        elif actor_id := matcher.heir(record):
            made.same.append(actor_id)
        else:
            actor_id = _new(made, record, used_ids, matcher.plain)  # noqa: PLW2901 - the row's, now known
        made.rows[int(row)] = actor_id
    _compare_all(made, pairs, draft, (*merged_records, *past))
    made.contacts.extend(contacts_to_write(draft, made.rows, contacts_known or []))
    made.perimeters.extend(_perimeters(draft, perimeters))
    return made


def _as_they_were(
    known: list[Record], past: Sequence[tuple[Record, str]]
) -> Iterator[tuple[Record, str]]:
    """Return the records that merges kept, with what they replaced: other rows may name them."""
    now = {record["actor_id"]: record for record in known}
    for before, heir in past:
        if heir in now:
            yield now[heir] | before | {"actor_id": ""}, heir


def records_of(frame: pd.DataFrame) -> list[Record]:
    """Return a frame's rows as records: missing reals are None, lists are lists."""
    reals = {f.name for f in ACTOR.fields if f.type == REAL}
    columns = {
        str(name): [None if isinstance(v, float) and isnan(v) else v for v in values]
        if name in reals
        else values
        for name, values in ((name, frame[name].tolist()) for name in frame)
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _new(made: Plan, record: Record, used_ids: set[str], words: dict[str, str]) -> str:
    """Return a new record its id and keep it."""
    first = joined(words[record["actor_name"]], words[record["town"]])
    origin = [*record["external_ids"], record["siret"], record["address"], place_of(record)]
    actor_id = record["actor_id"] or free_id(first, "\n".join(origin), used_ids)
    used_ids.add(actor_id)
    made.new.append({**record, "actor_id": actor_id})
    return actor_id


def _compare_all(
    made: Plan, pairs: list[_Pair], draft: DryRun, merged: Iterable[tuple[Record, str]]
) -> None:
    """Compare each row with its record, then what differs with what the record echoes."""
    before: dict[str, list[Record]] = {}
    for record, heir in merged:
        before.setdefault(heir, []).append(record)
    found = [(pair, news) for pair in pairs if (news := _differing(pair, draft))]
    record_echoes = echoes([pair.old for pair, _ in found], draft) if found else []
    for (pair, news), echo in zip(found, record_echoes, strict=True):
        known = before.get(pair.old["actor_id"], [])
        if fresh := _fresh(news, echo, known, draft.stated_fields):
            made.changed.append(_update(pair, fresh))
    moved = {update.record["actor_id"] for update in made.changed}
    made.same.extend(pair.old["actor_id"] for pair in pairs if pair.old["actor_id"] not in moved)


def _differing(pair: _Pair, draft: DryRun) -> Record:
    """Return the fields that a row says otherwise than its record.

    What is said of the whole file fills a field, or corrects what was so said before.
    """
    record, old = pair.record, pair.old
    ours = {"practices"} if old["practices_basis"] == BASIS else set()
    filled = {name for name, rows in draft.declared.items() if pair.row in rows and old[name]}
    stated_fields = draft.stated_fields - (filled - ours)
    fields = stated_fields | _AREAS if _deduced(record, old, stated_fields) else stated_fields
    fields |= {"practices_basis"} if "practices" in stated_fields else set()
    news = {name: record[name] for name in fields if _worth(record[name])}
    news["external_ids"] = [*dict.fromkeys([*old["external_ids"], *record["external_ids"]])]
    _settle_place(news, record, old)
    return {name: value for name, value in news.items() if not _equal(old[name], value)}


def _fresh(
    news: Record, echo: Record, before: list[Record], stated_fields: frozenset[str]
) -> Record:
    """Leave out what a record echoes, or said before a merge.

    What goes with a point or with practices changes with them only, unless the file states it.
    """
    heard = {name: echo[name] for name in echo if name in stated_fields or name not in _AREAS}
    quiet = {
        name
        for name, value in news.items()
        if any(name in one and _equal(one[name], value) for one in (heard, *before))
    }
    for leads, followers in _TOGETHER:
        if leads & news.keys() - quiet:
            quiet -= leads | followers
        elif leads & news.keys():
            quiet |= followers - stated_fields
    return {name: value for name, value in news.items() if name not in quiet}


def _update(pair: _Pair, news: Record) -> Update:
    changes = tuple(
        FieldChange(f.name, f.label, pair.old[f.name], news[f.name])
        for f in ACTOR.fields
        if f.name in news
    )
    whole = {**pair.old, **news}
    whole |= {name: pair.record[name] for name in _SOURCE if pair.record[name]}
    return Update(whole, changes, pair.row)


def _deduced(record: Record, old: Record, stated_fields: frozenset[str]) -> bool:
    """Return whether the commune drawn from town and postcode is worth keeping: none, or new."""
    if "commune_code" in stated_fields or not record["commune_code"]:
        return False
    inputs = [name for name in ("town", "postcode") if name in stated_fields and record[name]]
    return bool(inputs) and (
        not old["commune_code"] or any(record[name] != old[name] for name in inputs)
    )


def _settle_place(news: Record, record: Record, old: Record) -> None:
    """Move a point only when the file moves it, or when the commune it stood for changes."""
    ours = old["location_source"] in _OURS
    moved = news.get("commune_code", old["commune_code"]) != old["commune_code"]
    has_file_point = record["location_source"] == FILE and ours
    stood = old["location_source"] in {"", AT_COMMUNE} and record["location_source"]
    refined = ours and old["location_source"] != FILE
    for name in _PLACE:
        news.pop(name, None)
    if has_file_point or (moved and stood) or (refined and old["longitude"] is None):
        news |= {name: record[name] for name in _PLACE}
        if not _equal(old["longitude"], record["longitude"]) or not _equal(
            old["latitude"], record["latitude"]
        ):
            news |= {"location_score": None, "location_check": ""}


def _worth(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", [])


def _equal(old: Any, new: Any) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) < _METRE
    if isinstance(old, list) or isinstance(new, list):
        return list(old or ()) == list(new or ())
    return bool(old == new)


def _perimeters(draft: DryRun, known: pd.DataFrame | None) -> list[Record]:
    """Keep the perimeters that are new or drawn otherwise."""
    old: dict[str, Record] = {}
    if known is not None:
        old = {row["perimeter_id"]: row for row in records_of(known)}
    blank = PERIMETER.blank()
    perimeters = []
    for record in draft.perimeters:
        first = record["perimeter_id"].removeprefix(f"{draft.dataset}-")  # of an earlier version
        if old.get(first, blank)["source_title"] == record["source_title"]:
            record = record | {"perimeter_id": first}  # noqa: PLW2901 - the same, by its id
        before = old.get(record["perimeter_id"], blank)
        if any(before[name] != record[name] for name in ("perimeter_name", "geojson")):
            perimeters.append({**record, "revision": before["revision"]})
    return perimeters
