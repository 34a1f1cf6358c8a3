"""What the base knew at a past date, as its reader of today may see it.

The past brings back no one and nothing withdrawn: only records that this reader may see today are
shown, under the name, at the place and with the texts of today; of the past are only the few coded
fields and ties of ``FIELDS``. What changed since is read from the history, and nothing else.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Final

import pandas as pd

from geo import database
from geo.directory.ecosystems.rows import Book, visible_rows
from geo.directory.reading import naming_known
from geo.directory.schema import KINDS
from geo.directory.store import rows
from geo.directory.store.lookup import among
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from geo.french import day_in_france

FIELDS: Final = {
    "actor": ("profile", "practices", "status"),
    "alliance": (
        *("partnership_kind", "member_ids", "odd", "practices"),
        *("since", "until", "status"),
    ),
    "project": (
        *("step", "progress", "actor_ids", "alliance_ids", "odd", "practices"),
        *("ecosystem_id", "status"),
    ),
    "ecosystem": ("maturity",),
}
"""What is read of the past, by kind: codes, dates and ids, never what a person typed or is."""
_HIDDEN: Final = ("action", "contact")
"""Tasks of people, and people: never of the past."""
_SHOWN: Final = ("actor", "alliance", "project")
_KEPT: Final = 8


@dataclass(frozen=True)
class PastBook:
    """The tables of a past date.

    ``snapshot``: the state that was the last one then, None before the first; ``unnamed``: how
    many records of each kind it held that this reader may not see today, in the whole base.
    """

    book: Book
    snapshot: int | None
    unnamed: dict[str, int] = field(default_factory=dict)


def written_days(store: Store) -> list[tuple[date, int]]:
    """List the days, in France, on which the base was written, each with its last snapshot."""
    return _written_days(store, store.snapshot())


@lru_cache(maxsize=4)
def _written_days(store: Store, _snapshot: int) -> list[tuple[date, int]]:
    found = store.fetch(database.sql("store/written_days")).to_pylist()
    days: dict[date, int] = {}
    for row in found:
        day = day_in_france(datetime.fromisoformat(row["written_at"]))
        days[day] = int(row["snapshot_id"])
    return sorted(days.items())


def snapshot_of(store: Store, day: date) -> int | None:
    """Return the last snapshot of a day; None before the base was first written."""
    known = [number for written, number in written_days(store) if written <= day]
    return max(known) if known else None


def changes_since(store: Store, snapshot: int) -> dict[str, pd.DataFrame]:
    """Return, by kind, the first change of each record since a snapshot: see ``FIELDS``.

    Raises
    ------
    UnknownCodeError
        The history does not reach so far back any more.
    """
    touched, last = store.touched(snapshot), store.snapshot()
    return {
        kind: _first_changes(store, kind, snapshot + 1, last) for kind in FIELDS if kind in touched
    }


def past_book(
    store: Store, seen: Book, day: date, *, drafts: bool = False, part: Book | None = None
) -> PastBook:
    """Return the tables as they were at the end of a day.

    Parameters
    ----------
    seen
        What this reader may see today, of ``readable_book``; not changed.
    part
        The tables of it to put back, where fewer records are enough.

    Raises
    ------
    UnknownCodeError
        The history does not reach so far back any more.
    """
    snapshot = snapshot_of(store, day)
    found: dict[str, pd.DataFrame] = {**(part or seen)}
    found |= {kind: found[kind].iloc[:0] for kind in _HIDDEN if kind in found}
    if snapshot is None:
        found |= {kind: found[kind].iloc[:0] for kind in _SHOWN}
        found["ecosystem"] = found["ecosystem"].assign(maturity="")
        return PastBook(found, None)
    unnamed: dict[str, int] = {}
    for kind, changed in changes_since(store, snapshot).items():
        found[kind] = _as_it_was(kind, found[kind], changed)
        unnamed[kind] = _unseen(changed, seen[kind], drafts=drafts)
    for kind in _SHOWN:
        found[kind] = visible_rows(found[kind], drafts=drafts)
    for kind in ("alliance", "project"):
        found[kind] = naming_known(kind, found)
    return PastBook(found, snapshot, {kind: many for kind, many in unnamed.items() if many})


@lru_cache(maxsize=_KEPT * len(FIELDS))
def _first_changes(store: Store, kind: str, first: int, last: int) -> pd.DataFrame:
    """Return what each record that changed since was before: ``change_type``, then ``FIELDS``."""
    known, names = KINDS[kind], FIELDS[kind]
    status = () if "status" in names else ("status",)
    parameters = {"table": known.table, "id": known.id, "columns": ", ".join([*names, *status])}
    text = database.sql("store/first_changes").format(
        **parameters, first=int(first), last=int(last)
    )
    try:
        found = store.fetch(text)
    except database.Fault:
        raise UnknownCodeError(
            "L’historique de la base ne remonte plus jusqu’à cette date : choisissez-en une plus "
            "récente."
        ) from None
    ids = found["record_id"].to_pylist()
    plain = rows.frame(known, found.drop_columns(["record_id", "change_type"]).append_column(
        known.id, found["record_id"]
    ))  # fmt: skip
    return plain[[*names, *status]].assign(
        change_type=pd.Series(found["change_type"].to_pylist(), ids, dtype=object)
    )


def _as_it_was(kind: str, frame: pd.DataFrame, changed: pd.DataFrame) -> pd.DataFrame:
    """Give to records of today the fields that they had; those that were not there are left out."""
    came = changed.index[changed["change_type"] == "insert"]
    were = changed[(changed["change_type"] == "delete") & among(changed, frame.index)]
    if kind == "ecosystem":  # where it lies is of today, so it is there whenever it was drawn
        came_later = frame["maturity"].mask(among(frame, came), "")
        frame = frame.assign(maturity=came_later)
    elif len(came):
        frame = frame[~among(frame, came)]
    if were.empty:
        return frame
    columns = {name: _replaced(frame, name, were) for name in FIELDS[kind]}
    if kind == "alliance":  # roles are free words, and of other members
        former = among(frame, were.index)
        roles = zip(former, frame["member_roles"], strict=True)
        member_roles = [[] if was else current_roles for was, current_roles in roles]
        columns["member_roles"] = pd.Series(member_roles, frame.index, dtype=object)
    return frame.assign(**columns)


def _replaced(frame: pd.DataFrame, name: str, were: pd.DataFrame) -> pd.Series:
    """Put the values of before where they were; what is withheld today was never said."""
    values = frame[name].to_numpy(dtype=object, copy=True)
    places = frame.index.get_indexer(were.index)
    silent = frame["withheld"].iloc[places] if "withheld" in frame else [()] * len(places)
    for place, value, withheld in zip(places, were[name], silent, strict=True):
        if name not in withheld:
            values[place] = value
    return pd.Series(values, frame.index, dtype=frame[name].dtype)


def _unseen(changed: pd.DataFrame, seen: pd.DataFrame, *, drafts: bool) -> int:
    """Count the records that were shown then, and are not today."""
    were = changed[(changed["change_type"] == "delete") & ~among(changed, seen.index)]
    return len(visible_rows(were, drafts=drafts))
