"""Texts people read: control characters out, formulas and scripts told, kept as inert text."""

import re
from typing import Final

from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import RowBatch, Texts, each, where
from geo.french import CONTROLS

LONGEST: Final = {"actor_name": 300, "town": 120, "address": 500, "scope": 300}
_LONGEST_TEXT: Final = 5_000
_TAG: Final = re.compile(r"<\s*/?\s*[a-z!][^>]*>?", re.IGNORECASE)
_FORMULA: Final = re.compile(r"[=@]|[+-](?=[^\s\d])|[+-].*\(")
_HIDDEN: Final = re.compile(CONTROLS.replace(r"\x00-\x1f", r"\x00-\x08\x0b\x0c\x0e-\x1f"))
_BLANKS: Final = re.compile(rf"(?:{CONTROLS}|[ \u00a0\u202f\u200b\ufeff])+")
_OURS: Final = "catalyse_"
_NOTHING: Final = frozenset(
    (
        "_",
        "-",
        "--",
        "—",
        "–",
        "n/a",
        "#n/a",
        "#ref!",
        "#value!",
        "null",
        "nan",
        "néant",
        "#valeur!",
    )
)


def words(batch: RowBatch, name: str, most: int = 0) -> Texts:
    """Clean the texts of one field and tell what was found in them.

    Parameters
    ----------
    most
        Characters kept, where they are not those that ``LONGEST`` gives.
    """
    most = most or LONGEST.get(name, _LONGEST_TEXT)
    read = batch.texts(name)
    # A hyphen that only a line's end shows; what we wrote is kept as a person wrote it.
    hidden = "" if batch.mapping.preset.startswith(_OURS) else "\u00ad"
    texts = each(read, lambda text: _clean(text.replace(hidden, "") if hidden else text, most))
    batch.tell(where(read, _HIDDEN.search), name,
              "Caractères de commande retirés.", (read, texts), INFO)  # fmt: skip
    batch.tell(where(read, _stands_for_nothing), name,
              "Cellule comprise comme vide.", (read, texts), INFO)  # fmt: skip
    batch.tell(where(texts, _TAG.search), name, "Balise HTML ou script : gardé comme simple texte, "
              "rien ne s’exécute.", (read, texts))  # fmt: skip
    batch.tell(where(texts, _FORMULA.match), name,
              "Formule de tableur : gardée comme simple texte.", (read, texts))  # fmt: skip
    batch.tell(where(read, lambda text: len(_BLANKS.sub(" ", text)) > most), name,
              f"Texte coupé à {most} caractères.", (read, texts))  # fmt: skip
    return texts


def _clean(text: str, most: int) -> str:
    plain = _BLANKS.sub(" ", text).strip()[:most].strip()
    return "" if plain.lower() in _NOTHING else plain


def _stands_for_nothing(text: str) -> bool:
    return text.strip().lower() in _NOTHING
