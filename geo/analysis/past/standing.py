"""What the dates of a record say of a day: it was there, not yet, no more, or nothing says so.

An alliance has a beginning and an end. Actors and projects have none: what places them is the
source that names them, or the last check, each on its date; and, for an actor, an alliance of which
it is a member. Nothing is placed at a date that no record holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from geo.dates import span
from geo.directory.store.lookup import among
from geo.query.time_parameters import today

PRESENT, ATTESTED, UNDATED, AHEAD, ENDED = "present", "attested", "undated", "ahead", "ended"
_EXISTING: Final = (PRESENT, ATTESTED)
_ATTESTING: Final = ("source_date", "checked_on")


def named_by(frame: pd.DataFrame, day: date) -> pd.Series:
    """Return which records a source names, or a person checked, on a day or before; by id."""
    found = np.zeros(len(frame), dtype=bool)
    for column in _ATTESTING:
        texts = frame[column].tolist()
        known = {text for text in {*texts} if (s := span(text)) and s[1] <= day}
        if known:
            found |= np.fromiter((text in known for text in texts), dtype=bool, count=len(texts))
    return pd.Series(found, frame.index)


def alliance_standings(alliances: pd.DataFrame, day: date) -> pd.Series:
    """Return how each alliance stands on a day: one of the five words above, by id.

    A date to the year or the month begins with its first day and ends with its last.
    """
    named = named_by(alliances, day)
    columns = (alliances[name].tolist() for name in ("since", "until"))
    rows = zip(*columns, named.tolist(), strict=True)
    standings = [_standing(since, until, day, named=is_named) for since, until, is_named in rows]
    return pd.Series(standings, alliances.index, dtype=object)


def _standing(since: str, until: str, day: date, *, named: bool) -> str:
    first, last = span(since), span(until)
    if last and last[1] < day:
        return ENDED
    if first:
        return PRESENT if first[0] <= day else AHEAD
    return ATTESTED if named else UNDATED


def is_shown(standings: pd.Series, day: date) -> pd.Series:
    """Return which records are shown on a day: those that existed and, today, the undated ones."""
    shown = (*_EXISTING, UNDATED) if day >= today() else _EXISTING
    return standings.isin(shown)


def engaged(alliances: pd.DataFrame, day: date) -> set[str]:
    """Return the members of the alliances that were there on a day, dated or named by a source."""
    standing = alliance_standings(alliances, day).isin(_EXISTING)
    return set().union(*alliances["member_ids"][standing])


@dataclass(frozen=True)
class Existing:
    """The records that were there on a day; ``undated``: ids by kind that nothing places then."""

    frames: dict[str, pd.DataFrame]
    undated: dict[str, frozenset[str]]


def existing(frames: Mapping[str, pd.DataFrame], day: date) -> Existing:
    """Keep, of actors, alliances and projects of today, those that were there on a day.

    An actor is also known to be there when an alliance that was there names it.
    """
    alliances = frames["alliance"]
    standings = alliance_standings(alliances, day)
    shown = is_shown(standings, day)
    members = set().union(*alliances["member_ids"][shown])
    shown_frames = {"alliance": alliances[shown]}
    undated = {"alliance": frozenset(alliances.index[~shown & (standings == UNDATED)])}
    for kind in ("actor", "project"):
        frame = frames[kind]
        known = named_by(frame, day) | (day >= today())
        if kind == "actor":
            known |= among(frame, members)
        shown_frames[kind], undated[kind] = frame[known], frozenset(frame.index[~known])
    return Existing(shown_frames, undated)
