"""What changed in an ecosystem between two dates, by what its records date or the base noted."""

import operator
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

import pandas as pd

from geo.analysis.past.standing import (
    ATTESTED,
    ENDED,
    UNDATED,
    alliance_standings,
    engaged,
    named_by,
)
from geo.dates import span
from geo.directory.past import FIELDS
from geo.directory.schema import KINDS
from geo.directory.store.history import field_text
from geo.directory.store.lookup import among

CAME, NAMED, LEFT, CHANGED = "came", "named", "left", "changed"
NATURES: Final = (CAME, NAMED, LEFT, CHANGED)
"""Begun, or joined an alliance, or written in the base; named by a first source; ended; altered."""
_KINDS: Final = ("actor", "alliance", "project")
_TIES: Final = {"member_ids": "actor", "actor_ids": "actor", "alliance_ids": "alliance"}
_IGNORED_FIELDS: Final = ("status", "ecosystem_id")
_ATTESTING: Final = ("source_date", "checked_on")


class Gathered(Protocol):
    """The records of an ecosystem or of a territory; ``everyone`` names those outside."""

    @property
    def everyone(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def actors(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def alliances(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def projects(self) -> pd.DataFrame: ...  # noqa: D102


@dataclass(frozen=True)
class PastChange:
    """One change: of which record, of what nature, when if it is dated, and in which words.

    ``when``: as the record writes it; ``altered``: field, before, after, of a record altered.
    """

    kind: str
    nature: str
    record_id: str
    title: str
    when: str = ""
    altered: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class PastChanges:
    """Every change between two days, and how many records of each kind nothing dates.

    ``of_base``: read in the history of the base; ``base_existed``: false where it was not
    written yet on the first day.
    """

    first: date
    last: date
    rows: tuple[PastChange, ...]
    undated: Mapping[str, int] = field(default_factory=dict)
    of_base: bool = False
    base_existed: bool = True

    def of(self, nature: str, kind: str) -> list[PastChange]:
        """List those of a nature and a kind."""
        return [row for row in self.rows if (row.nature, row.kind) == (nature, kind)]


def frames(gathered: Gathered) -> dict[str, pd.DataFrame]:
    """Return the records gathered, by kind."""
    return {"actor": gathered.actors, "alliance": gathered.alliances, "project": gathered.projects}


def dated_changes(current: Gathered, first: date, last: date) -> PastChanges:
    """List what began and ended between two days, from the dates of the records of today.

    An alliance begins on the first day its beginning may mean and ends after the last its end may.
    An actor joins when the first of its alliances begins; what only a source dates is named.
    """
    rows = [*_alliances(current.alliances, first, last), *_actors(current, first, last)]
    rows += _newly_named("project", current.projects, first, last)
    standing = alliance_standings(current.alliances, last)
    known = engaged(current.alliances, last)
    undated = {
        "alliance": int((standing == UNDATED).sum()),
        "actor": int((~named_by(current.actors, last) & ~among(current.actors, known)).sum()),
        "project": int((~named_by(current.projects, last)).sum()),
    }
    return PastChanges(first, last, _in_order(rows), undated)


def _alliances(alliances: pd.DataFrame, first: date, last: date) -> Iterator[PastChange]:
    stands = [alliance_standings(alliances, day) for day in (first, last)]
    for row, before, after in zip(_plain("alliance", alliances), *stands, strict=True):
        begun = span(row["since"])
        if begun and first < begun[0] <= last:
            yield _change("alliance", CAME, row, row["since"])
        elif after == ATTESTED and before not in (ATTESTED, ENDED):
            yield _change("alliance", NAMED, row, _first_named(row, last))
        if after == ENDED and before != ENDED:
            yield _change("alliance", LEFT, row, row["until"])


def _actors(current: Gathered, first: date, last: date) -> Iterator[PastChange]:
    before, after = (engaged(current.alliances, day) for day in (first, last))
    moved = current.actors[among(current.actors, before ^ after)]
    begun, ended = (_by_member(current.alliances, name) for name in ("since", "until"))
    for row in _plain("actor", moved):
        actor_id = row["actor_id"]
        joined = actor_id in after
        dates = [text for text in (begun if joined else ended).get(actor_id, ()) if span(text)]
        inside = [text for text in dates if first < _edge(text, is_start=joined) <= last]
        when = (min if joined else max)(
            inside, default="", key=lambda text: _edge(text, is_start=joined)
        )
        yield _change("actor", CAME if joined else LEFT, row, when)
    others = current.actors[~among(current.actors, before | after)]
    yield from _newly_named("actor", others, first, last)


def _by_member(alliances: pd.DataFrame, column: str) -> dict[str, list[str]]:
    """List, by member, the beginnings or the ends of its alliances."""
    found: dict[str, list[str]] = {}
    for ids, text in zip(alliances["member_ids"], alliances[column].tolist(), strict=True):
        for member_id in ids:
            found.setdefault(member_id, []).append(text)
    return found


def _edge(text: str, *, is_start: bool) -> date:
    """Return the day on which a beginning counts, or the one after which an end does."""
    found = span(text)
    return date.max if found is None else found[0] if is_start else found[1]


def _newly_named(kind: str, frame: pd.DataFrame, first: date, last: date) -> list[PastChange]:
    """List the records that a source names for the first time between two days."""
    new = named_by(frame, last) & ~named_by(frame, first)
    rows = _plain(kind, frame[new])
    return [_change(kind, NAMED, row, _first_named(row, last)) for row in rows]


def _plain(kind: str, frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Return what a change says of each record, and no more: a frame is wide."""
    columns = [KINDS[kind].id, KINDS[kind].title, *_ATTESTING]
    columns += ["since", "until"] if kind == "alliance" else []
    return frame[columns].to_dict("records")


def _first_named(row: Mapping[Any, Any], last: date) -> str:
    texts = [str(row[name]) for name in _ATTESTING]
    known = [(found[1], text) for text in texts if (found := span(text)) and found[1] <= last]
    return min(known)[1] if known else ""


def noted_changes(
    first_state: Gathered,
    last_state: Gathered,
    days: tuple[date, date],
    written: Mapping[str, Collection[str]],
) -> PastChanges:
    """List what differs between two states of the base.

    Parameters
    ----------
    days
        Those of the two states, the earlier first.
    written
        By kind, the records written since the first: the others are what they were.
    """
    names = _names(first_state) | _names(last_state)
    rows: list[PastChange] = []
    first_frames, last_frames = frames(first_state), frames(last_state)
    for kind in _KINDS:
        before, after = first_frames[kind], last_frames[kind]
        rows += _missing(kind, CAME, after, before)
        rows += _missing(kind, LEFT, before, after)
        ids = written.get(kind, ())
        rows += _field_changes(kind, before[among(before, ids)], after[among(after, ids)], names)
    return PastChanges(*days, _in_order(rows), of_base=True)


def _names(gathered: Gathered) -> dict[str, str]:
    frames_by_kind = {**frames(gathered), "actor": gathered.everyone}
    return {
        str(record_id): str(name)
        for kind, frame in frames_by_kind.items()
        for record_id, name in zip(
            frame.index.tolist(), frame[KINDS[kind].title].tolist(), strict=True
        )
    }


def _missing(
    kind: str, nature: str, present: pd.DataFrame, compared_to: pd.DataFrame
) -> list[PastChange]:
    rows = _plain(kind, present[~among(present, compared_to.index)])
    return [_change(kind, nature, row) for row in rows]


def _field_changes(
    kind: str, before: pd.DataFrame, after: pd.DataFrame, names: Mapping[str, str]
) -> Iterator[PastChange]:
    columns = [name for name in FIELDS[kind] if name not in _IGNORED_FIELDS]
    both = [one[among(one, two.index)] for one, two in ((before, after), (after, before))]
    values = [frame[columns].to_dict("list") for frame in both]
    rows = _plain(kind, both[1])
    for place, row in enumerate(rows):
        differences = tuple(
            (KINDS[kind].field(name).label, *(_text(kind, name, x, names) for x in pair))
            for name in columns
            if operator.ne(*(pair := [columns_of[name][place] for columns_of in values]))
        )
        if differences:
            yield _change(kind, CHANGED, row, altered=differences)


def _text(kind: str, name: str, value: Any, names: Mapping[str, str]) -> str:
    if name in _TIES:
        return ", ".join(names.get(one, "un acteur non publié") for one in value)
    return field_text(KINDS[kind].field(name), value)


def _change(
    kind: str, nature: str, row: Mapping[Any, Any], when: str = "", **more: Any
) -> PastChange:
    known = KINDS[kind]
    return PastChange(kind, nature, str(row[known.id]), str(row[known.title]), when, **more)


def _in_order(rows: Iterable[PastChange]) -> tuple[PastChange, ...]:
    """Order by nature, then kind, then date as it is written, then name."""
    natures, kinds = (
        {one: i for i, one in enumerate(NATURES)},
        {one: i for i, one in enumerate(_KINDS)},
    )
    return tuple(
        sorted(
            rows,
            key=lambda one: (natures[one.nature], kinds[one.kind], one.when, one.title.casefold()),
        )
    )
