"""How alike two names are: word by word, each word counting for what it tells."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.directory.duplicates.features import NONE
from geo.directory.duplicates.names import MAX_WORDS, SHORT, Floats, Ints, NameStatistics

_CHUNK: Final = 10_000
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

    def of(self, some: Ints) -> "Similarity":
        """Keep some of the pairs, by position."""
        return Similarity(self.ratio[some], self.telling[some])


def similarity(names: NameStatistics, one: Ints, other: Ints) -> Similarity:
    """Compare names pair by pair, rows ``one`` with rows ``other``."""
    total = np.add.reduceat(np.append(names.weights, 0.0), names.starts[:-1])
    total[names.counts == 0] = 0.0
    chunks = [
        _chunk(names, total, one[start : start + _CHUNK], other[start : start + _CHUNK])
        for start in range(0, len(one), _CHUNK)
    ]
    if not chunks:
        return Similarity(np.empty(0), np.empty(0))
    ratio, telling = (np.concatenate(parts) for parts in zip(*chunks, strict=True))
    return Similarity(ratio, telling)


def _chunk(names: NameStatistics, total: Floats, one: Ints, other: Ints) -> tuple[Floats, Floats]:
    """``total``: what the words of each name weigh together."""
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
    pair, row, column = _met(names, one, other)
    mine, theirs = names.starts[one[pair]] + row, names.starts[other[pair]] + column
    alike = _words_alike(names, names.words[mine], names.words[theirs])
    here = _best(names, (mine, theirs, alike), pair * MAX_WORDS + row, len(one))
    word = pair * MAX_WORDS + column
    back = np.argsort(word, kind="stable")
    there = _best(names, (theirs[back], mine[back], alike[back]), word[back], len(one))
    return here, there


def _met(names: NameStatistics, one: Ints, other: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the words that may be alike: which pair, which word of ``one`` and of ``other``.

    Every word of a name meets every word of the other, those of names of as many words at once:
    nearly all are told apart there, by their lengths and letters.
    """
    left, right, every = names.counts[one], names.counts[other], names.words.astype(np.int32)
    found = [np.empty((3, 0), dtype=np.int64)]
    for size in np.unique(left * (MAX_WORDS + 1) + right):
        rows, columns = divmod(int(size), MAX_WORDS + 1)
        here = np.flatnonzero((left == rows) & (right == columns))
        words = every[names.starts[one[here], None] + np.arange(rows)]
        others = every[names.starts[other[here], None] + np.arange(columns)]
        may = _may_be_alike(names, words[:, :, None], others[:, None, :])
        pair, place = np.divmod(np.flatnonzero(may), max(rows * columns, 1))
        found.append(np.stack([here[pair], *np.divmod(place, max(columns, 1))]))
    pair, row, column = np.concatenate(found, axis=1)
    order = np.argsort(pair, kind="stable")
    return pair[order], row[order], column[order]


def _best(
    names: NameStatistics, matches: tuple[Ints, Ints, Floats], word: Ints, size: int
) -> Floats:
    """Weigh the best that each word of a name meets in the other, and sum them by pair.

    ``word``: a number for each word of each pair, rising, ``MAX_WORDS`` to a pair.
    """
    mine, theirs, alike = matches
    if not len(word):
        return np.zeros(size)
    first = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    weights = names.weights[mine]
    # A slip towards a word that tells little proves little: « Palette » in Dun-le-Palestel.
    weights = np.where(alike < 1, np.minimum(weights, names.weights[theirs]), weights)
    best = np.maximum.reduceat(alike * weights, first)
    return np.asarray(np.bincount(word[first] // MAX_WORDS, weights=best, minlength=size))


def _words_alike(names: NameStatistics, one: Ints, other: Ints) -> Floats:
    """Compare words, each two of them once: 1 the same, 0 when more than a slip apart."""
    alike: Floats = (one == other).astype(np.float64)
    near = np.flatnonzero(one != other)
    low, high = np.minimum(one[near], other[near]), np.maximum(one[near], other[near])
    keys, back = np.unique(low * len(names.vocabulary) + high, return_inverse=True)
    alike[near] = _slips(names, *np.divmod(keys, len(names.vocabulary)))[back]
    return np.asarray(alike, dtype=np.float64)


def _may_be_alike(names: NameStatistics, one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
    """Leave out the different words that cannot be alike, by their lengths and letters alone.

    A slip changes two letters at most of those that a word holds. Nearly all pairs go here.
    """
    lengths = names.lengths.astype(np.int16)
    most = ((1 - _SAME_WORD) * np.arange(lengths.max(initial=0) + 1) + _EXACT).astype(np.int16)
    here, there = lengths[one], lengths[other]
    allowed = np.maximum(most[here], most[there])
    letters = np.bitwise_count(names.letters[one] ^ names.letters[other])
    slips = (np.abs(here - there) <= allowed) & (letters <= 2 * allowed)
    heads = names.heads.astype(np.int32)
    cut = (heads[one] != NONE) & (heads[one] == heads[other])
    spelt = (here > 0) & (there > 0)
    return np.asarray((one == other) | (spelt & (slips | cut)))


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
    # Nor are two alike whose letters are not: each that one alone holds is one more apart.
    letters = np.bitwise_count(names.core_letters[one] ^ names.core_letters[other])
    near &= letters <= (1 - _SAME_CORE + _EXACT) * (here + there)
    rows = np.flatnonzero(near & (numbers[one] == numbers[other]))
    left, right = ([names.cores[row] for row in side[rows]] for side in (one, other))
    found = process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float64) / 100
    alike = np.zeros(len(one))
    alike[rows] = np.where(found < _SAME_CORE, 0.0, found)
    return alike
