"""Names as the lines of one long text: found by a scan, or by the trigrams they share.

A scan of 1 MB costs a fifth of a millisecond and needs nothing built beforehand. Lines are
kept from the most to the least important inside each section (kind of territory), so the
first hits of a scan are already the best ones.
"""

import bisect
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.reference.gazetteer.spelling import loosen_lines

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_LETTERS: Final = 37  # Space, a-z, 0-9: three of them fit in 16 bits, which sort fast.
_GRAMS: Final = _LETTERS**3
_MAX_GRAMS: Final = 40
_NEWLINE: Final = 10


def _letter_table() -> npt.NDArray[np.uint16]:
    table = np.zeros(256, dtype=np.uint16)
    table[ord("a") : ord("z") + 1] = np.arange(1, 27)
    table[ord("0") : ord("9") + 1] = np.arange(27, 37)
    return table


_LETTER_OF: Final = _letter_table()


def _grams(text: bytes) -> npt.NDArray[np.uint16]:
    letters = _LETTER_OF[np.frombuffer(text, dtype=np.uint8)]
    return letters[:-2] * np.uint16(_LETTERS**2) + letters[1:-1] * np.uint16(_LETTERS) + letters[2:]


class Scan:
    """One long text of lines and where each begins."""

    def __init__(self, lines: bytes) -> None:
        self.text = b"\n" + lines + b"\n"
        ends = np.flatnonzero(np.frombuffer(self.text, dtype=np.uint8) == _NEWLINE)
        self.starts: Ints = ends[:-1] + 1
        self._bounds: list[int] = ends.tolist()

    def __len__(self) -> int:
        """Count the lines."""
        return len(self.starts)

    def __getitem__(self, line: int) -> bytes:
        """Return one line, spaces around it included."""
        return self.text[self._bounds[line] + 1 : self._bounds[line + 1]]

    def hits(self, pattern: bytes, first: int, last: int) -> Iterator[int]:
        """Yield the lines from first to last (excluded) that hold a pattern, each once."""
        end = self._bounds[last] + 1
        at = self.text.find(pattern, self._bounds[first], end)
        while at >= 0:
            # A pattern may open with the newline before its line, hence "right".
            line = bisect.bisect_right(self._bounds, at) - 1
            yield line
            at = self.text.find(pattern, self._bounds[line + 1], end)


class Trigrams:
    """Which lines hold each run of three letters, to find names that look alike."""

    def __init__(self, scan: Scan) -> None:
        grams = _grams(scan.text)
        raw = np.frombuffer(scan.text, dtype=np.uint8) == _NEWLINE
        whole = ~(raw[:-2] | raw[1:-1] | raw[2:])
        lengths = np.diff(np.append(scan.starts, len(scan.text)))
        owner = np.repeat(np.arange(len(scan)), lengths)
        at = np.flatnonzero(whole)
        order = at[np.argsort(grams[at], kind="stable")]
        self._lines: Ints = owner[order - 1]  # The text opens with one newline.
        self._ends = np.zeros(_GRAMS + 1, dtype=np.int64)
        np.cumsum(np.bincount(grams[at], minlength=_GRAMS), out=self._ends[1:])
        self._sizes: Floats = lengths - 3.0

    def shared(self, *parts: bytes) -> tuple[Ints, int]:
        """Count, per line, the trigrams it shares with parts of a text, and those asked for."""
        grams = np.unique(np.concatenate([_grams(part) for part in parts])).astype(np.int64)
        counts = self._ends[grams + 1] - self._ends[grams]
        rarest = grams[np.argsort(counts, kind="stable")[:_MAX_GRAMS]]
        lines = [self._lines[self._ends[gram] : self._ends[gram + 1]] for gram in rarest]
        line_numbers = np.concatenate(lines) if lines else np.empty(0, dtype=np.int64)
        return np.bincount(line_numbers, minlength=len(self._sizes)), len(rarest)

    def alike(
        self, shared: Ints, gram_count: int, allowed: npt.NDArray[np.bool_], keep: int
    ) -> Ints:
        """Keep the lines that share most, for their length and for the text's."""
        candidates = np.flatnonzero((shared > 0) & allowed)
        if len(candidates) <= keep:
            return candidates
        overlap = shared[candidates] / (self._sizes[candidates] + gram_count)
        best = np.argpartition(-overlap, keep // 2)[: keep // 2]
        longest = np.argpartition(-shared[candidates], keep // 2)[: keep // 2]
        return np.unique(candidates[np.concatenate([best, longest])])


class Lines:
    """The lines in three spellings, and their trigrams."""

    def __init__(self, folded: bytes) -> None:
        self.strict = Scan(folded)
        self.loose = Scan(_keep_whole(folded, loosen_lines(folded)))
        self.joined = Scan(folded.replace(b" ", b""))
        self.trigrams = Trigrams(self.loose)


def _keep_whole(strict: bytes, loose: bytes) -> bytes:
    """Return back its words to a line that was made of small words only ("Les")."""
    if b"\n \n" not in loose:
        return loose
    pairs = zip(strict.split(b"\n"), loose.split(b"\n"), strict=True)
    return b"\n".join(
        without_type if without_type.strip() else whole for whole, without_type in pairs
    )
