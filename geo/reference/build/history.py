"""What became of each commune since 1943: who holds an old code or name, and what was parted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import pandas as pd

from geo.reference.build.read import Divisions

DIVIDED, SEPARATED = "divided", "separated"
_COMMUNE: Final = "COM"
_WARD: Final = "arrondissement-municipal"
_COMMUNE_TYPES: Final = frozenset((_COMMUNE, "COMA", "COMD"))
_CREATED: Final = frozenset(("20", "21"))
"""Events that take a commune out of another: created, restored."""


class Event(NamedTuple):
    """One row of the official file."""

    movement: str
    date: str
    type_before: str
    code_before: str
    name_before: str
    type_after: str
    code_after: str
    name_after: str


class OldName(NamedTuple):
    """A name that a commune bore: its code then, and the communes of today."""

    name: str
    code: str
    holders: tuple[str, ...]
    last: bool


@dataclass(frozen=True)
class History:
    """The events of communes, and the codes in force.

    ``listed`` maps each code that the list in force puts under a commune to that commune: what it
    says comes before what the events say.
    """

    events: list[Event]
    current: frozenset[str]
    listed: Mapping[str, str]

    @classmethod
    def of(cls, divisions: Divisions, movements: pd.DataFrame) -> "History":
        """Read the events beside the communes in force."""
        listed = {old: code for code, row in divisions.current.items() for old in _old(row)}
        for row in divisions.parts:
            if row["type"] == _WARD:
                continue  # a code in force, of a part
            listed[row["code"]] = row.get("commune") or row["chefLieu"]
        rows = movements.itertuples(index=False, name=None)
        current = frozenset(divisions.current)
        known = {old: code for old, code in listed.items() if code in current}
        return cls([Event(*row) for row in rows], current, known)

    def holders(
        self, code: str, after: str = "", seen: frozenset[str] = frozenset()
    ) -> tuple[str, ...]:
        """Return the communes of today that have the land of a code; none when it left France."""
        if code in self.current:
            return (code,)
        successors = self._after(code, after, seen | {code})
        if len(successors) > 1 or code not in self.listed:
            return tuple(sorted({one for to in successors for one in to}))
        return (self.listed[code],)

    def _after(self, code: str, after: str, seen: frozenset[str]) -> list[tuple[str, ...]]:
        """Follow the last events of a code; what it became, each followed until today."""
        later = [one for one in self._events_by_code[code] if one.date >= after]
        last = max((one.date for one in later), default="")
        next_codes = {one.code_after for one in later if one.date == last} - seen
        return [self.holders(code, last, seen) for code in sorted(next_codes)]

    @cached_property
    def _events_by_code(self) -> dict[str, list[Event]]:
        events_of: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            if event.type_after == _COMMUNE and event.code_after != event.code_before:
                events_of[event.code_before].append(event)
        return events_of

    def codes(self) -> list[str]:
        """List every code that is no longer in force."""
        known = {code for _, code, _ in self._all_names()}
        return sorted((known | set(self.listed)) - self.current)

    def names(self) -> list[OldName]:
        """List every name borne, with its code, the last of each code marked."""
        dates: dict[tuple[str, str], str] = {}
        for name, code, date in self._all_names():
            dates[name, code] = max(date, dates.get((name, code), ""))
        last: dict[str, tuple[str, str]] = {}
        for (name, code), date in dates.items():
            last[code] = max((date, name), last.get(code, ("", "")))
        return [
            OldName(name, code, self.holders(code), last[code][1] == name)
            for name, code in sorted(dates)
        ]

    def _all_names(self) -> Iterator[tuple[str, str, str]]:
        for event in self.events:
            before = event.type_before, event.code_before, event.name_before
            for type_, code, name in (
                before,
                (event.type_after, event.code_after, event.name_after),
            ):
                if type_ in _COMMUNE_TYPES and code and name:
                    yield name, code, event.date

    def splits(self) -> pd.DataFrame:
        """List the communes divided between several, and those taken out of one in force.

        Returns
        -------
        ``split_kind``, ``code`` of the whole, ``commune_code`` of a part of today, ``date``.
        """
        rows = [
            (DIVIDED, code, part, self._events_by_code[code][-1].date)
            for code in self.codes()
            if len(parts := self.holders(code)) > 1
            for part in parts
        ]
        rows += sorted(set(self._separated()))
        return pd.DataFrame(rows, columns=["split_kind", "code", "commune_code", "date"])

    def _separated(self) -> Iterator[tuple[str, str, str, str]]:
        for event in self.events:
            communes = event.type_before == event.type_after == _COMMUNE
            if event.movement in _CREATED and communes and event.code_before in self.current:
                parts = self.holders(event.code_after, event.date)
                if len(parts) == 1 and parts[0] != event.code_before:
                    yield SEPARATED, event.code_before, parts[0], event.date


def _old(row: dict[str, Any]) -> list[str]:
    codes: list[str] = row.get("anciensCodes", [])
    return codes
