"""Pairs of actors that may be one and the same, ranked, each with its reasons."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from geo.directory.duplicates.blocking import Pairs, blocked
from geo.directory.duplicates.features import NONE, Bools, code, read_features
from geo.directory.duplicates.name_memory import NameMemory
from geo.directory.duplicates.names import Ints
from geo.directory.duplicates.reasons import reasons
from geo.directory.duplicates.score import may_reach, score

PROPOSED: Final = 50.0
"""Score from which a pair is shown: as likely as not."""
SETTLED: Final = ("merged", "distinct", "ignored")
"""Decisions after which a pair is not proposed again; one taken back is."""
_ORDER: Final = {"score": False, "one_id": True, "other_id": True}
COLUMNS: Final = ("one_id", "other_id", "score", "reasons")


def candidates(
    actors: pd.DataFrame,
    decided: pd.DataFrame,
    least: float = PROPOSED,
    memory: NameMemory | None = None,
) -> pd.DataFrame:
    """Find the pairs that may be duplicates, the likeliest first.

    Two records known to one same dataset under two ids are never paired, nor are those on which
    someone decided. ``one_id`` is the fuller record of the two.

    Parameters
    ----------
    actors
        Current actors, columns of the kind « actor ».
    decided
        Records of the kind « merge ».
    least
        Lowest score kept, 0 to 100.
    memory
        What was found of names the last time: used again where no name changed.

    Returns
    -------
    One row per pair: one_id, other_id, score (0 to 100), reasons (parts of a French sentence);
    by falling score, then ids.
    """
    frame = _plain(actors)
    names = (memory := memory or NameMemory()).names(frame["actor_name"], frame["town"])
    features = read_features(frame)
    allowed = _Allowed(frame, decided)
    pairs = _unique((allowed.keep(pair) for pair in blocked(features, names)), len(frame))
    alike = memory.similarity(names, pairs)
    likely = np.flatnonzero(may_reach(least, features, pairs, alike))
    one, other = (rows[likely] for rows in pairs)
    found = score(names, features, one, other, alike.of(likely))
    selected = np.flatnonzero(found.score >= least)
    fuller = _filled(frame)
    swap = fuller[other[selected]] > fuller[one[selected]]
    first, second = (frame["actor_id"].to_numpy()[rows[selected]] for rows in (one, other))
    table = pd.DataFrame(
        {
            "one_id": np.where(swap, second, first),
            "other_id": np.where(swap, first, second),
            "score": np.round(found.score[selected], 1),
            "reasons": [reasons(found, int(pair)) for pair in selected],
        },
        columns=list(COLUMNS),
    )
    return table.sort_values([*_ORDER], ascending=[*_ORDER.values()], ignore_index=True)


def _plain(actors: pd.DataFrame) -> pd.DataFrame:
    """Hold texts as plain objects: to go through those held by Arrow takes ten times as long."""
    frame = actors.reset_index(drop=True)
    return frame.astype(dict.fromkeys(frame.select_dtypes("string").columns, object))


class _Allowed:
    """Which pairs may be proposed at all."""

    def __init__(self, frame: pd.DataFrame, decided: pd.DataFrame) -> None:
        self.size = len(frame)
        self.datasets = _datasets(frame["external_ids"])
        self.settled = _settled(frame["actor_id"], decided)

    def keep(self, pairs: Pairs) -> Pairs:
        """Leave out the pairs that one dataset tells apart, and those decided."""
        one, other = pairs
        free = ~np.isin(one * self.size + other, self.settled)
        for known in self.datasets:
            mine, theirs = known[one], known[other]
            free &= (mine == NONE) | (theirs == NONE) | (mine == theirs)
        return one[free], other[free]


def _datasets(external_ids: Iterable[list[str]]) -> list[Ints]:
    """Give, for each dataset that knows two actors or more, the id it gives to each actor."""
    known: dict[str, dict[int, str]] = {}
    for row, own in enumerate(external_ids):
        for external in sorted(own):
            dataset, mark, number = external.partition(":")
            if mark:
                known.setdefault(dataset, {}).setdefault(row, number)
    size = len(list(external_ids))
    columns = []
    for ids in known.values():
        if len(ids) > 1:
            column = np.full(size, NONE, dtype=np.int64)
            column[list(ids)] = code(ids.values())
            columns.append(column)
    return columns


def _settled(ids: "pd.Series[str]", decided: pd.DataFrame) -> Ints:
    """Return a number to each pair decided, lower row first."""
    row = {actor_id: position for position, actor_id in enumerate(ids)}
    final = decided[decided["decision"].isin(SETTLED)] if len(decided) else decided
    pairs = [
        sorted((row[one], row[other]))
        for one, other in zip(final.get("kept_id", ()), final.get("other_id", ()), strict=True)
        if one in row and other in row
    ]
    return np.array([low * len(row) + high for low, high in pairs], dtype=np.int64)


def _unique(blocks: Iterable[Pairs], size: int) -> Pairs:
    """Put blocks together, each pair once."""
    keys = [one * size + other for one, other in blocks]
    # Most come several times: hashed, then what is left is sorted.
    together = np.sort(pd.unique(np.concatenate(keys))) if keys else np.empty(0, dtype=np.int64)
    return tuple(np.divmod(together, max(size, 1)))  # type: ignore[return-value]


def _filled(frame: pd.DataFrame) -> Ints:
    """Count the fields that say something."""
    counts = np.zeros(len(frame), dtype=np.int64)
    for name in frame.columns:
        column = frame[name]
        present: Bools = (
            column.notna().to_numpy()
            if column.dtype.kind == "f"
            else column.astype(bool).to_numpy()
        )
        counts += present
    return counts
