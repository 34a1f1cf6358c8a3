"""Which names answer a text, and how well: exact, beginning, words, look-alike."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from geo.reference.gazetteer.entries import Entries, Mask
from geo.reference.gazetteer.place_names import FIRST_TERRITORY, SECTIONS
from geo.reference.gazetteer.search_terms import SearchTerms
from geo.reference.gazetteer.spelling import loosen_lines

Match = tuple[float, str]
"""Score from 0 to 100, and match_kind."""

EXACT: Final = 96.0
_LOOK_ALIKES: Final = 160
_SHORTEST_TYPO: Final = 4


def has_exact(found: dict[int, Match]) -> bool:
    """Return whether some match is as good as equality."""
    return any(score >= EXACT for score, _ in found.values())


def matches(entries: Entries, query: SearchTerms, mask: Mask, limit: int) -> dict[int, Match]:
    """Match a name with the allowed lines, each tier only while better ones leave room.

    Returns the match of each row of the table of names, in no order.
    """
    found: dict[int, Match] = {}
    for tier in (_equal, _beginning, _worded, _in_one_word):
        if tier is _in_one_word and found:
            break
        for line in tier(entries, query, mask, 2 * limit + 10):
            _keep(found, int(entries.rows[line]), _grade(entries, query, line))
        if len(found) >= limit and tier is not _equal:
            return found
    if not has_exact(found):
        letters = len(query.loose) - 2
        if letters >= _SHORTEST_TYPO:
            for row, match in look_alikes(entries, query, mask, (letters + 2) // 4).items():
                found.setdefault(row, match)
    return found


def look_alikes(
    entries: Entries, query: SearchTerms, mask: Mask, furthest: int
) -> dict[int, Match]:
    """Find the lines that differ from a text by a few mistakes at most."""
    trigrams, loose = entries.lines.trigrams, entries.lines.loose
    shared, gram_count = trigrams.shared(query.loose)
    found: dict[int, Match] = {}
    lines = trigrams.alike(shared, gram_count, mask, _LOOK_ALIKES)
    if not len(lines) and furthest >= len(query.loose):  # No three letters in common.
        lines = np.flatnonzero(mask)[:_LOOK_ALIKES]
    known = [loose[line].strip() for line in lines.tolist()]
    for line, far in zip(lines.tolist(), _distances(query.words, known), strict=True):
        if far <= furthest:
            score = max(1.0, 70 * (1 - far / len(query.loose)))
            _keep(found, int(entries.rows[line]), (score, "fuzzy"))
    return found


def _keep(found: dict[int, Match], row: int, match: Match | None) -> None:
    if match and match > found.get(row, (0.0, "")):
        found[row] = match


def _ranges(entries: Entries, mask: Mask) -> Iterator[tuple[int, int]]:
    """Return the runs of lines to scan: each has its own most important lines first."""
    bounds = entries.bounds.tolist()
    for first, last in ((0, 1), (1, 2), (2, FIRST_TERRITORY), (FIRST_TERRITORY, len(SECTIONS))):
        if mask[bounds[first] : bounds[last]].any():
            yield bounds[first], bounds[last]


def _equal(entries: Entries, query: SearchTerms, mask: Mask, enough: int) -> Iterator[int]:
    scan, bounds = entries.lines.loose, entries.bounds.tolist()
    hits = scan.hits(b"\n" + query.loose + b"\n", 0, bounds[-1])
    yield from islice((line for line in hits if mask[line]), 4 * enough)
    if query.bare:
        hits = scan.hits(b"\n" + query.bare, bounds[FIRST_TERRITORY], bounds[-1])
        yield from islice((line for line in hits if mask[line]), enough)


def _beginning(entries: Entries, query: SearchTerms, mask: Mask, enough: int) -> Iterator[int]:
    # A name that begins so with its small words begins so without them, except when the
    # text is nothing but small words ("la", "l'").
    small = query.loose == query.strict and not loosen_lines(query.strict).strip()
    scan = entries.lines.strict if small else entries.lines.loose
    text = query.strict if small else query.loose
    for first, last in _ranges(entries, mask):
        hits = scan.hits(b"\n" + text.rstrip(), first, last)
        yield from islice((line for line in hits if mask[line]), enough)


def _worded(entries: Entries, query: SearchTerms, mask: Mask, enough: int) -> Iterator[int]:
    """Find the lines that hold every word of the text, or its beginning, in any order."""
    starts = [b" " + word for word in query.words]
    shared, gram_count = entries.lines.trigrams.shared(*starts)
    if gram_count:
        lines = np.flatnonzero((shared >= gram_count) & mask).tolist()
        loose = entries.lines.loose
        matching_lines = (line for line in lines if all(start in loose[line] for start in starts))
        yield from islice(matching_lines, 4 * enough)


def _in_one_word(entries: Entries, query: SearchTerms, mask: Mask, enough: int) -> Iterator[int]:
    hits = entries.lines.joined.hits(b"\n" + query.joined, 0, len(entries))
    yield from islice((line for line in hits if mask[line]), enough)


def _grade(entries: Entries, query: SearchTerms, line: int) -> Match | None:
    """Return the best tier that holds between a text and a line."""
    strict, loose = entries.lines.strict[line], entries.lines.loose[line]
    name = query.bare if entries.sections[line] >= FIRST_TERRITORY else b""
    exact = _equality(entries, query, line)
    if exact or loose == name:
        return exact or (EXACT, "exact")
    start = query.loose.rstrip()
    if loose.startswith(start) or strict.startswith(query.strict.rstrip()):
        return 90.0, "prefix"
    if start in loose:
        return 82.0, "word"
    if all(b" " + word in loose for word in query.words):
        return 80.0, "word"
    if entries.lines.joined[line].startswith(query.joined):
        return 85.0, "prefix"
    return (75.0, "prefix") if name and loose.startswith(name.rstrip()) else None


def _equality(entries: Entries, query: SearchTerms, line: int) -> Match | None:
    if entries.lines.strict[line] == query.strict:
        return 100.0, "exact"
    if entries.lines.loose[line] == query.loose:
        return 98.0, "exact"
    return (97.0, "exact") if entries.lines.joined[line] == query.joined else None


def _distances(text: list[bytes], names: list[bytes]) -> list[float]:
    """Count the mistakes between a text and names, or their beginnings, or their words sorted."""
    query = b" ".join(text)
    far = [
        _mistakes(query, names),
        _mistakes(query, [name[: len(query)] for name in names]) + 0.5,
    ]
    if len(text) > 1:
        ordered = [b" ".join(sorted(name.split())) for name in names]
        far.append(_mistakes(b" ".join(sorted(text)), ordered) + 0.5)
    nearest: list[float] = np.minimum.reduce(far).tolist()
    return nearest


def _mistakes(text: bytes, names: list[bytes]) -> npt.NDArray[np.float64]:
    return np.asarray(cdist([text], names, scorer=OSA.distance)[0], dtype=np.float64)
