"""The remarks of a dry run by kind: how many rows, some examples, the one thing to do."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from geo.directory.importing.dry_run import ERROR, INFO, SEVERITIES, Problem
from geo.directory.importing.terms import VOCABULARIES
from geo.french import typeset

_PLACES: Final = frozenset(
    ("", "town", "postcode", "commune_code", "departement_code", "region_code", "longitude",
     "latitude", "latlon", "lonlat", "geometry")
)  # fmt: skip
_LACKING: Final = re.compile(
    r"laissée?s? vide|introuvable|à placer|Plusieurs communes|ucune|inconnu|illisible"
)
_COLUMNS, _NAMES, _WORDS, _UNPLACED, _DOUBTFUL, _CELLS = map(
    typeset,
    (
        "Pour en reprendre une : choisissez son champ dans « Les colonnes ».",
        "Complétez ces noms, ou choisissez une autre colonne pour « Nom ».",
        "Dites ce que ces mots veulent dire dans « Les mots à faire correspondre ».",
        "Après l’import, placez celles sans point : page Acteurs, « Fiches sans point ».",
        "Après l’import, regardez-les sur la carte : page À vérifier.",
        "Corrigez ces cellules dans le fichier, ou complétez les fiches plus tard.",
    ),
)
_QUOTED: Final = re.compile(r"«[^»]*»")
_NAMED: Final = re.compile(r"(?:(?<= de )|(?<= que seule ))[^(«»]{1,60}\(\w{2,3}\)|\([^)]*\)")
_NUMBER: Final = re.compile(r"\b\d+(?:[ \u00a0\u202f.,]\d+)*\b")
_DETAIL: Final = re.compile(r"[ \u00a0]:[ \u00a0].*", re.DOTALL)
_EXAMPLES: Final = 3


class RemarkGroup(NamedTuple):
    """Remarks of one kind on one field; ``action`` is empty where nothing is to be done.

    ``rows`` counts remarks; one on the whole file, as on a column, counts for one.
    """

    severity: str
    field: str
    message: str
    rows: int
    examples: tuple[str, ...]
    action: str


def grouped(problems: Iterable[Problem]) -> list[RemarkGroup]:
    """Group remarks by gravity, field and what they say, values left out; the worst first."""
    by_key: dict[tuple[str, str, str], list[Problem]] = {}
    for one in problems:
        field = one.field if one.row or one.field else ""
        by_key.setdefault((one.severity, field, _kind(one.message)), []).append(one)
    groups = [_group(key, some) for key, some in by_key.items()]
    return sorted(groups, key=lambda one: (SEVERITIES.index(one.severity), -one.rows))


def _group(key: tuple[str, str, str], some: list[Problem]) -> RemarkGroup:
    severity, field, kind = key
    messages = {one.message for one in some}
    # Said whole when all say the same; else what they share, the values among the examples.
    message = messages.pop() if len(messages) == 1 else f"{kind}.".replace("….", "…")
    originals = (one.original or (one.column if not one.row else "") for one in some)
    examples = tuple(dict.fromkeys(text for text in originals if text))[:_EXAMPLES]
    return RemarkGroup(
        severity, field, message, len(some), examples, _action(severity, field, some)
    )


def _kind(message: str) -> str:
    """Leave out of a message what changes from row to row."""
    text = _QUOTED.sub("« … »", _NAMED.sub("…", _DETAIL.sub("", message)))
    return " ".join(_NUMBER.sub("…", text).rstrip(".").split())


def _action(severity: str, field: str, some: list[Problem]) -> str:
    first = some[0]
    if not first.row and not field and first.column:
        return _COLUMNS
    if severity == INFO:
        return ""
    if severity == ERROR and field == "actor_name":
        return _NAMES
    if field in _PLACES:
        return _UNPLACED if _LACKING.search(first.message) else _DOUBTFUL
    return _WORDS if field in VOCABULARIES else _CELLS
