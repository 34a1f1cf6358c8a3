"""Telephone numbers, written the French way: « 01 23 45 67 89 »."""

import re
from typing import Final

from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import RowBatch, Texts, each, where

_BETWEEN: Final = re.compile(r"[/;,|\n]|\bou\b|\bet\b|\s-\s")
_PLAIN: Final = re.compile(r"0[1-9](?:[ .]?\d\d){4}")  # as most are written: nothing to look for
_PREFIX: Final = re.compile(r"^(?:\+|00)(?:33|590|594|596|262)(?:\(0\))?")
# « Tél. 04 73 00 00 00 (accueil) », « poste 12 »: what stands around is left out.
_WRITTEN: Final = re.compile(r"\(?\+?\(?\d[\d\s.\-_/()+\u00a0\u202f]*")
_COUNTRY: Final = re.compile(r"^\(\+(\d{2,3})\)|^(?=33[1-9]\d{8}$)")
_NATIONAL: Final = 10
_SHORT: Final = re.compile(r"3\d{3}|1\d{2,3}|11\d|118\d{3}")
_ABROAD: Final = re.compile(r"(?:\+|00)[1-9]\d{6,14}")
_MOBILE: Final = ("06", "07")
_OVERSEAS: Final = ("590", "594", "596", "262", "269")


def phones(batch: RowBatch, name: str) -> Texts:
    """Return the first number of each cell in the French form; what is none is left empty."""
    read = batch.texts(name)
    values = each(read, phone)
    has_text = where(read, lambda text: text.strip())
    batch.tell(has_text & (values == ""), name, "Numéro de téléphone illisible : laissé vide.",
              (read, values))  # fmt: skip
    lost = where(read, lambda text: not _PLAIN.fullmatch(text) and _lost_zero(text))
    batch.tell(lost, name, "Zéro initial perdu : rétabli.", (read, values), INFO)
    several = where(read, _has_several)
    batch.tell(several, name, "Plusieurs numéros : le premier est gardé.", (read, values))
    if name == "phone":
        mobile = where(values, lambda text: text.startswith(_MOBILE))
        batch.tell(mobile, name, "Numéro de mobile : vérifiez que c’est celui de l’organisation, "
                  "pas celui d’une personne.", (read, values), INFO)  # fmt: skip
    return values


def phone(text: str) -> str:
    """Return the first number of a text, empty when there is none."""
    if _PLAIN.fullmatch(text):
        return _in_pairs(re.sub(r"\D", "", text))
    pieces = [*_BETWEEN.split(text), text.replace("/", "")]  # « 0473/80.00.00 »
    return next((found for piece in pieces if (found := _one(piece))), "")


def _has_several(text: str) -> bool:
    pieces = _BETWEEN.split(text)
    return len(pieces) > 1 and len([piece for piece in pieces if _one(piece)]) > 1


def _bare(text: str) -> str:
    """Drop what stands around the number, and the marks between its digits."""
    found = _WRITTEN.search(text)
    number = found[0].rstrip(" (") if found else ""
    number = re.sub(r"[\s.\-_/\u00a0\u202f]", "", re.sub(r"(?<=\d{9})\.0$", "", number))
    return _COUNTRY.sub(r"+\1", number)


def _one(text: str) -> str:
    bare = _bare(text)
    found = _PREFIX.match(bare)
    digits = re.sub(r"[()]", "", bare)
    if found:
        rest = re.sub(r"\D", "", bare[found.end() :])
        code = re.sub(r"\D", "", found[0]).removeprefix("00")
        digits = rest if rest.startswith("0") else f"0{rest}"
        # +262 262 12 34 56: the country's code and the area's are the same digits.
        if code.startswith(_OVERSEAS) and len(digits) < _NATIONAL:
            digits = f"0{code}{rest.removeprefix('0')}"
    elif _lost_zero(text):
        digits = f"0{digits}"
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return _in_pairs(digits)
    if _SHORT.fullmatch(digits):
        return digits
    return bare if not found and _ABROAD.fullmatch(bare) else ""


def _in_pairs(digits: str) -> str:
    return " ".join(digits[i : i + 2] for i in range(0, _NATIONAL, 2))


def _lost_zero(text: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{8}", _bare(text)))
