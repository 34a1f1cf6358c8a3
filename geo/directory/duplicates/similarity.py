"""How alike two names are: word by word, each word counting for what it tells."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.directory.duplicates.features import NONE
from geo.directory.duplicates.names import SHORT, Floats, Ints, NameStatistics

_CHUNK: Final = 100_000
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
    here, there = _found(names, one, other), _found(names, other, one)
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


def _found(names: NameStatistics, one: Ints, other: Ints) -> Floats:
    """Weigh the words of ``one`` that ``other`` holds too, or nearly."""
    left, right = names.counts[one], names.counts[other]
    size = left * right
    pair = np.repeat(np.arange(len(one)), size)
    inside = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    mine = names.starts[one][pair] + inside // right[pair]
    theirs = names.starts[other][pair] + inside % right[pair]
    if not len(pair):
        return np.zeros(len(one))
    alike = _words_alike(names, names.words[mine], names.words[theirs])
    # Each word of ``one`` meets every word of ``other`` in a row: its best is what it finds.
    first = np.flatnonzero(np.concatenate([[True], mine[1:] != mine[:-1]]) | (inside == 0))
    weights = names.weights[mine]
    # A slip towards a word that tells little proves little: « Palette » in Dun-le-Palestel.
    weights = np.where(alike < 1, np.minimum(weights, names.weights[theirs]), weights)
    best = np.maximum.reduceat(alike * weights, first)
    return np.asarray(np.bincount(pair[first], weights=best, minlength=len(one)), dtype=np.float64)


def _words_alike(names: NameStatistics, one: Ints, other: Ints) -> Floats:
    """Compare words, each two of them once: 1 the same, 0 when more than a slip apart."""
    alike: Floats = (one == other).astype(np.float64)
    differ = np.flatnonzero(one != other)
    low, high = np.minimum(one[differ], other[differ]), np.maximum(one[differ], other[differ])
    keys, back = np.unique(low * len(names.vocabulary) + high, return_inverse=True)
    alike[differ] = _slips(names, *np.divmod(keys, len(names.vocabulary)))[back]
    return np.asarray(alike, dtype=np.float64)


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
    left = [names.cores[row] for row in one]
    right = [names.cores[row] for row in other]
    alike = process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float64) / 100
    short = [min(len(a), len(b)) <= SHORT for a, b in zip(left, right, strict=True)]
    numbers = [names.numbers[a] != names.numbers[b] for a, b in zip(one, other, strict=True)]
    alike[(alike < _SAME_CORE) | np.array(short, dtype=bool) | np.array(numbers, dtype=bool)] = 0.0
    return np.asarray(alike, dtype=np.float64)
