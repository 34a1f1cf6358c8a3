"""Which records are worth comparing: those that share something, never all with all."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from geo.directory.duplicates.features import NONE, Features
from geo.directory.duplicates.names import Ints, NameStatistics

Pairs = tuple[Ints, Ints]

METRES_A_DEGREE: Final = 111_320.0
CELL_M: Final = 300.0
CLOSE_M: Final = 100.0
# A value held by more records than this is no sign; its pairs are looked for elsewhere.
_SIGN, _CLOSE, _WORD = 40, 24, 60
_NATIONWIDE: Final = 8
_LETTERS: Final = 4
_TELLING: Final = 0.3


def blocked(features: Features, names: NameStatistics) -> Iterator[Pairs]:
    """Return pairs of rows, lower first, block by block; the same pair may come twice."""
    rows = np.arange(len(features.siret))
    for column in (
        features.siret,
        features.siren,
        features.site,
        features.phone,
        features.email,
        features.address,
    ):
        yield _within(column, rows, _SIGN)
    for cell in _cells(features, CLOSE_M):
        yield _within(cell, rows, _CLOSE)
    owners, heads, tails = _keys(names)
    for cell in _cells(features, CELL_M):
        yield _within(_joined(cell[owners], heads), owners, _WORD)
    for place in (features.town, features.commune):
        for key in (heads, tails):
            yield _within(_joined(place[owners], key), owners, _WORD)
    telling = names.weights > _TELLING
    yield _within(np.where(telling, names.words, NONE), names.owners(), _NATIONWIDE)


def _keys(names: NameStatistics) -> tuple[Ints, Ints, Ints]:
    """Return each telling word's name, its first letters and its last: a slip spares one."""
    heads = {word: position for position, word in enumerate(sorted(_ends(names, first=True)))}
    tails = {word: position for position, word in enumerate(sorted(_ends(names, first=False)))}
    head = np.array([heads[word[:_LETTERS]] for word in names.vocabulary], dtype=np.int64)
    tail = np.array([tails[word[-_LETTERS:]] for word in names.vocabulary], dtype=np.int64)
    return names.owners(), head[names.words], tail[names.words]


def _ends(names: NameStatistics, *, first: bool) -> set[str]:
    return {word[:_LETTERS] if first else word[-_LETTERS:] for word in names.vocabulary}


def _cells(features: Features, reach_m: float) -> Iterator[Ints]:
    """Give each point the squares, twice the reach wide and shifted four ways, that it lies in.

    Any two points within reach of each other lie together in a square of at least one shift.
    Only a way to gather neighbours: distances themselves are geodesic.
    """
    side = 2 * reach_m
    north = features.latitude * METRES_A_DEGREE / side
    for up in (0.0, 0.5):
        row = np.floor(north + up)
        width = np.cos(np.radians((row - up) * side / METRES_A_DEGREE))
        for along in (0.0, 0.5):
            column = np.floor(features.longitude * width * METRES_A_DEGREE / side + along)
            known = ~np.isnan(column)
            cell = np.full(len(row), NONE, dtype=np.int64)
            cell[known] = (row[known] * 10_000_000 + column[known]).astype(np.int64)
            cell[known] -= cell[known].min() if known.any() else 0
            yield cell


def _joined(place: Ints, word: Ints) -> Ints:
    """Make one key of two; none where there is no place."""
    _, compact = np.unique(place, return_inverse=True)
    return np.where(place == NONE, NONE, compact * (word.max(initial=0) + 1) + word)


def _within(keys: Ints, rows: Ints, most: int) -> Pairs:
    """Pair the rows that share a key; keys held by more than ``most`` rows are left out."""
    known = keys != NONE
    order = np.argsort(keys[known], kind="stable")
    sorted_keys, sorted_rows = keys[known][order], rows[known][order]
    starts = np.flatnonzero(np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]]))
    sizes = np.diff(np.append(starts, len(sorted_keys)))
    ones, others = [], []
    for size in np.unique(sizes[(sizes > 1) & (sizes <= most)]) if len(sorted_keys) else ():
        groups = sorted_rows[starts[sizes == size][:, None] + np.arange(size)]
        left, right = np.triu_indices(size, 1)
        ones.append(groups[:, left].ravel())
        others.append(groups[:, right].ravel())
    if not ones:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    one, other = np.concatenate(ones), np.concatenate(others)
    apart = one != other  # a name may hold the same word twice
    one, other = one[apart], other[apart]
    return np.minimum(one, other), np.maximum(one, other)
