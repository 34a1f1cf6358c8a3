"""SIRET and SIREN: digits, length and check digit."""

import re
from typing import Final

from geo.directory.importing.codes import whole
from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import RowBatch, Texts, each, where

_SIREN, _SIRET = 9, 14
_LA_POSTE: Final = "356000000"
_LA_POSTE_SUM: Final = 5
_TENS: Final = 10
_POWER: Final = re.compile(r"\d+([.,]\d+)?E\+\d+")


def luhn(digits: str) -> bool:
    """Check the control digit of a number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value >= _TENS else value
    return total % _TENS == 0


def valid(code: str) -> bool:
    """Tell a SIREN or SIRET; those of La Poste's offices have a rule of their own."""
    if not code.isascii() or not code.isdigit() or not code.strip("0"):
        return False
    if len(code) == _SIRET and code.startswith(_LA_POSTE):
        return luhn(code) or sum(map(int, code)) % _LA_POSTE_SUM == 0
    return len(code) in {_SIREN, _SIRET} and luhn(code)


def siret(batch: RowBatch) -> Texts:
    """Return valid SIRET and SIREN, whatever else left empty and told."""
    read = batch.texts("siret")
    values = each(read, _read)
    rounded = where(read, lambda text: _POWER.fullmatch(whole(text)))
    has_text = where(read, lambda text: text.strip())
    batch.tell(rounded, "siret", "Numéro arrondi par le tableur (« E+ ») : mettez la colonne au "
              "format texte.", (read, values))  # fmt: skip
    batch.tell(has_text & ~rounded & (values == ""), "siret",
              "Numéro SIRET ou SIREN invalide : laissé vide.", (read, values))  # fmt: skip
    mended = where(read, lambda text: _read(text) and len(_read(text)) != len(_digits(text)))
    batch.tell(mended, "siret", "Zéro initial perdu : rétabli.", (read, values), INFO)
    return values


def _digits(text: str) -> str:
    return re.sub(r"[.\-_/]", "", whole(text))


def _read(text: str) -> str:
    code = _digits(text)
    if valid(code):
        return code
    for length in (_SIREN, _SIRET):
        if len(code) == length - 1 and valid(code.zfill(length)):
            return code.zfill(length)
    return ""
