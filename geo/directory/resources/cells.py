"""Cells that draw from a vocabulary, as people write them: codes, labels, several in one."""

import re
from functools import cache
from typing import Final

from geo.directory.importing.terms import stem
from geo.vocabulary import items

_CUTS: Final = (re.compile(r"(?!)"), re.compile(r"[;|\n]"), re.compile(r"[;|\n,]"))
_NUMBER: Final = re.compile(r"(?:odd|etape|étape)?\s*n?°?\s*0*(\d+)\.?", re.IGNORECASE)


def items_in(vocabulary_id: str, text: str) -> tuple[list[str], list[str]]:
    """Cut a cell into items, by the mildest cut that leaves nothing unknown.

    Returns
    -------
    Codes, each once, and the pieces that the vocabulary does not know.
    """
    pieces: list[str] = []
    for cut in _CUTS:
        pieces = [piece.strip() for piece in cut.split(text) if piece.strip()]
        if all(item_of(vocabulary_id, piece) for piece in pieces):
            break
    codes = [item_of(vocabulary_id, piece) for piece in pieces]
    unknown = [piece for piece, code in zip(pieces, codes, strict=True) if not code]
    return [*dict.fromkeys(filter(None, codes))], unknown


def item_of(vocabulary_id: str, text: str) -> str:
    """Return the code that a text names, empty when the vocabulary does not know it.

    A spreadsheet writes the step « 01 » as 1.
    """
    known = _words(vocabulary_id)
    if found := _NUMBER.fullmatch(text):
        return known.get(found[1], "")
    return known.get(stem(text), "")


@cache
def _words(vocabulary_id: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    for item in items(vocabulary_id):
        for text in (item.id, item.label, *item.aliases):
            codes.setdefault(stem(text), item.id)
        if item.id.isdigit():
            codes[item.id.lstrip("0")] = item.id
    return codes
