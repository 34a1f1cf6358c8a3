"""How alike two names are: word by word, each word counting for what it tells."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.directory.duplicates.features import NONE
from geo.directory.duplicates.names import SHORT, Floats, Ints, NameStatistics

_CHUNK: Final = 50_000
_EXACT: Final = 1e-9
_SAME_WORD: Final = 0.74  # one letter of four
_CUT_SHORT, _CUT_AT = 0.9, 0.6  # « Médiath. »
_SAME_CORE: Final = 0.85
_ENOUGH: Final = 0.7


@dataclass(frozen=True)
class Similarity:
    """For each pair of names: how alike (0 to 1), and how much what they share tells."""

    ratio: Floats
    telling: Floats


def similarity(names: NameStatistics, one: Ints, other: Ints) -> Similarity:
    """Compare names pair by pair, rows ``one`` with rows ``other``."""
    chunks = [
        _chunk(names, one[start : start + _CHUNK], other[start : start + _CHUNK])
        for start in range(0, len(one), _CHUNK)
    ]
    if not chunks:
        return Similarity(np.empty(0), np.empty(0))
    ratio, telling = (np.concatenate(parts) for parts in zip(*chunks, strict=True))
    return Similarity(ratio, telling)


def _chunk(names: NameStatistics, one: Ints, other: Ints) -> tuple[Floats, Floats]:
    total = np.add.reduceat(np.append(names.weights, 0.0), names.starts[:-1])
    total[names.counts == 0] = 0.0
    here, there = _found(names, one, other)
    both = total[one] + total[other]
    ratio = np.divide(here + there, both, out=np.zeros_like(both), where=both > 0)
    ratio = np.maximum(ratio, (ratio + _inside(here, there, total[one], total[other])) / 2)
    cores = _cores(names, one, other)
    ratio = np.maximum(ratio, cores)
    return ratio, np.maximum((here + there) / 2, cores)


def _inside(here: Floats, there: Floats, left: Floats, right: Floats) -> Floats:
    """Tell how far the shorter name, when it tells enough, is found inside the longer."""
    most = np.zeros_like(here)
    for found, total in ((here, left), (there, right)):
        part = np.divide(found, total, out=np.zeros_like(found), where=total > _ENOUGH)
        most = np.maximum(most, part)
    return most


def _found(names: NameStatistics, one: Ints, other: Ints) -> tuple[Floats, Floats]:
    """Weigh the words of ``one`` that ``other`` holds too, or nearly; then the other way round."""
    left, right = names.counts[one], names.counts[other]
    size = left * right
    pair = np.repeat(np.arange(len(one)), size)
    if not len(pair):
        return np.zeros(len(one)), np.zeros(len(one))
    start = np.repeat(np.cumsum(size) - size, size)
    inside = np.arange(len(pair)) - start
    first, second = names.starts[one][pair], names.starts[other][pair]
    # Each word of ``one`` meets every word of ``other`` in a row: its best is what it finds.
    row, column = np.divmod(inside, right[pair])
    mine, theirs = first + row, second + column
    alike = _words_alike(names, names.words[mine], names.words[theirs])
    here = _best(names, (mine, theirs, alike), pair, inside)
    column, row = np.divmod(inside, left[pair])
    again = alike[start + row * right[pair] + column]
    there = _best(names, (second + column, first + row, again), pair, inside)
    return _summed(here, len(one)), _summed(there, len(one))


def _best(
    names: NameStatistics, matches: tuple[Ints, Ints, Floats], pair: Ints, inside: Ints
) -> tuple[Ints, Floats]:
    """Weigh the best that each word of a name meets in the other; with the pair it is of."""
    mine, theirs, alike = matches
    first = np.flatnonzero(np.concatenate([[True], mine[1:] != mine[:-1]]) | (inside == 0))
    weights = names.weights[mine]
    # A slip towards a word that tells little proves little: « Palette » in Dun-le-Palestel.
    weights = np.where(alike < 1, np.minimum(weights, names.weights[theirs]), weights)
    return pair[first], np.maximum.reduceat(alike * weights, first)


def _summed(best: tuple[Ints, Floats], size: int) -> Floats:
    return np.asarray(np.bincount(best[0], weights=best[1], minlength=size), dtype=np.float64)


def _words_alike(names: NameStatistics, one: Ints, other: Ints) -> Floats:
    """Compare words, each two of them once: 1 the same, 0 when more than a slip apart."""
    alike: Floats = (one == other).astype(np.float64)
    near = np.flatnonzero(_may_be_alike(names, one, other))
    low, high = np.minimum(one[near], other[near]), np.maximum(one[near], other[near])
    keys, back = np.unique(low * len(names.vocabulary) + high, return_inverse=True)
    alike[near] = _slips(names, *np.divmod(keys, len(names.vocabulary)))[back]
    return np.asarray(alike, dtype=np.float64)


def _may_be_alike(names: NameStatistics, one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
    """Leave out the different words that cannot be alike, by their lengths and letters alone.

    A slip changes two letters at most of those that a word holds. Nearly all pairs go here.
    """
    here, there = names.lengths[one], names.lengths[other]
    short, long = np.minimum(here, there), np.maximum(here, there)
    letters = np.bitwise_count(names.letters[one] ^ names.letters[other])
    most = ((1 - _SAME_WORD) * np.arange(long.max(initial=0) + 1) + _EXACT).astype(np.int64)[long]
    slips = (long - short <= most) & (letters <= 2 * most)
    cut = (names.heads[one] != NONE) & (names.heads[one] == names.heads[other])
    return np.asarray((one != other) & (short > 0) & (slips | cut))


def _slips(names: NameStatistics, one: Ints, other: Ints) -> Floats:
    """Compare two different words each time; numbers are never alike."""
    vocabulary, lengths, heads = names.vocabulary, names.lengths, names.heads
    short = np.minimum(lengths[one], lengths[other])
    alike = np.zeros(len(one))
    # So different in length, they cannot be alike enough: not worth spelling out.
    near = np.flatnonzero(
        (short > 0) & (short >= _SAME_WORD * np.maximum(lengths[one], lengths[other]))
    )
    left, right = ([vocabulary[word] for word in words[near]] for words in (one, other))
    alike[near] = process.cpdist(
        left, right, scorer=OSA.normalized_similarity, score_cutoff=_SAME_WORD, dtype=np.float64
    )
    for pair in np.flatnonzero((short > 0) & (heads[one] != NONE) & (heads[one] == heads[other])):
        a, b = vocabulary[one[pair]], vocabulary[other[pair]]
        if short[pair] >= _CUT_AT * max(len(a), len(b)) and (a.startswith(b) or b.startswith(a)):
            alike[pair] = max(alike[pair], _CUT_SHORT)
    return alike


def _cores(names: NameStatistics, one: Ints, other: Ints) -> Floats:
    """Compare the telling words joined, for « Co-Work » and « Cowork »; 0 when not near alike."""
    here, there = names.core_lengths[one], names.core_lengths[other]
    short, numbers = np.minimum(here, there), names.number_codes
    # A ratio is at most twice the shorter over both.
    near = (short > SHORT) & (2 * short >= (_SAME_CORE - _EXACT) * (here + there))
    rows = np.flatnonzero(near & (numbers[one] == numbers[other]))
    left, right = ([names.cores[row] for row in side[rows]] for side in (one, other))
    found = process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float64) / 100
    alike = np.zeros(len(one))
    alike[rows] = np.where(found < _SAME_CORE, 0.0, found)
    return alike
