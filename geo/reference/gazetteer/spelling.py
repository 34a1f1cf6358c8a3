"""One spelling for names and for what people type: plain ASCII words between spaces.

The same function folds the 40,000 official names at start-up (as one long text, so that
every step is one pass in C) and the few letters a visitor types, so both always agree.
"""

import re
import unicodedata
from typing import Final

MAX_QUERY: Final = 120  # The longest official name has 82 letters.

# Marks that separate words but that ASCII would drop, and letters NFKD leaves whole.
_BEFORE_ASCII: Final = (
    *((mark, " ") for mark in "’‘ʼ′´`ʻ‛\u2010\u2011‒–—―−·•«»“”"),
    *(("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ß", "ss")),
)
_WORDS_ONLY: Final = bytes(
    code if chr(code).isascii() and (chr(code).isalnum() or chr(code) == "\n") else 32
    for code in range(256)
)
# Long forms and abbreviations people use, each brought to the form official names use.
_SAME_WORDS: Final = (
    (b" communaute de communes ", b" cc "),
    (b" communaute d agglomeration ", b" ca "),
    (b" communaute urbaine ", b" cu "),
    (b" com com ", b" cc "),
    (b" comcom ", b" cc "),
    (b" agglomeration ", b" ca "),
    (b" agglo ", b" ca "),
    (b" pole d equilibre territorial et rural ", b" petr "),
    (b" etablissement public territorial ", b" ept "),
    (b" contrat de relance et de transition ecologique ", b" crte "),
    (b" contrat pour la reussite de la transition ecologique ", b" crte "),
    (b" st ", b" saint "),
    (b" ste ", b" sainte "),
    (b" sts ", b" saints "),
    (b" stes ", b" saintes "),
)
_SMALL_WORDS: Final = frozenset(b"de du des d en et a au aux l le la les".split())
_TYPE_WORDS: Final = frozenset(b"cc ca cu metropole eurometropole communaute crte petr".split())
_POSTAL_SUR: Final = re.compile(r"\bs/\s*", re.IGNORECASE)
_POSTAL_SOUS: Final = re.compile(r"\b(?:s/s|ss)(?:/\s*|\s+)", re.IGNORECASE)
_CEDEX: Final = re.compile(r"\bcedex\b(?:\s+\d{1,2}\b)?", re.IGNORECASE)


def fold_lines(text: str) -> bytes:
    r"""Fold a text whose lines are names: each becomes `` word word \n``.

    Accents, case, hyphens, apostrophes and ligatures go; "st" becomes "saint".
    """
    text = text.lower()
    for mark, letters in _BEFORE_ASCII:
        text = text.replace(mark, letters)
    plain = unicodedata.normalize("NFKD", text).lower().encode("ascii", "ignore")
    lines = b" " + plain.translate(_WORDS_ONLY).replace(b"\n", b" \n ") + b" "
    lines = _squeeze(lines)
    for written, official in _SAME_WORDS:
        lines = lines.replace(written, official)
    return lines


def loosen_lines(lines: bytes) -> bytes:
    """Drop articles and small linking words from folded lines ("le havre" -> "havre")."""
    return b" ".join([word for word in lines.split(b" ") if word not in _SMALL_WORDS])


def fold(text: str) -> bytes:
    """Fold what someone typed into words between spaces; one space when nothing is left."""
    text = text[:MAX_QUERY].replace("\n", " ")
    text = _CEDEX.sub(" ", _POSTAL_SUR.sub("sur ", _POSTAL_SOUS.sub("sous ", text)))
    return fold_lines(text)[: MAX_QUERY + 2]


def loosen(folded: bytes) -> bytes:
    """Drop small words from a folded name, unless nothing would be left."""
    loose = loosen_lines(folded)
    return loose if loose.strip() else folded


def without_type(loose: bytes) -> bytes:
    """Drop the words that say which kind of EPCI it is: "ca bassin brive" -> "bassin brive"."""
    words = loose.split()
    while len(words) > 1 and words[0] in _TYPE_WORDS:
        words = words[1:]
    while len(words) > 1 and words[-1] in _TYPE_WORDS:
        words = words[:-1]
    return b" " + b" ".join(words) + b" "


def _squeeze(text: bytes) -> bytes:
    while b"  " in text:
        text = text.replace(b"  ", b" ")
    return text
