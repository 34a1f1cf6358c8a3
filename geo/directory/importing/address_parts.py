"""An address that a file cuts in columns, put together as an envelope has it."""

import re
from typing import Final

from geo.directory.importing.column_titles import title_words

_NUMBER, _AGAIN, _KIND, _STREET, _WHOLE, _BESIDE = range(6)
_WORDS: Final = (
    (_BESIDE, ("complement", "distrib", "batiment", "etage", "residence", "ligne2", "suite")),
    (_AGAIN, ("repetition", "indice")),
    (_KIND, ("type", "typevoie")),
    (_NUMBER, ("numero", "num", "no", "number", "numvoie")),
    (_STREET, ("libelle", "libvoie", "lib", "nom", "street", "voie", "rue")),
)
"""What a title says of the part that its column holds; the first that fits."""
_TOGETHER: Final = (_NUMBER, _AGAIN, _KIND, _STREET)
_NOTHING: Final = frozenset(("_", "-", "null", "nan"))
_WHOLE_TITLE: Final = re.compile(r"\b(n|numero) et\b|et (nom de )?(la )?(voie|rue)\b|adresse$")


def ranks(columns: tuple[str, ...]) -> list[int]:
    """Return the place of each column in an address: number, repetition, kind, name, the rest."""
    return [_rank(title_words(column)) for column in columns]


def assembled(parts: list[str], places: list[int]) -> str:
    """Put the parts of one address together: « 3 B AV DE LA GARE, BAT A »; blanks left out."""
    ordered_parts = sorted(
        ((place, part.strip()) for place, part in zip(places, parts, strict=True)),
        key=lambda pair: pair[0],
    )
    filled_parts = [
        (place, part) for place, part in ordered_parts if part and part.lower() not in _NOTHING
    ]
    street = " ".join(part for place, part in filled_parts if place in _TOGETHER)
    rest = [part for place, part in filled_parts if place not in _TOGETHER]
    return ", ".join(dict.fromkeys(filter(None, [street, *rest])))


def _rank(words: list[str]) -> int:
    if _WHOLE_TITLE.search(" ".join(words)):
        return _WHOLE if "complement" not in words else _BESIDE
    return next((rank for rank, some in _WORDS if {*some} & {*words}), _WHOLE)
