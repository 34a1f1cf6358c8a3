"""A place named with other words: « Mairie de Vichy », « autour de Vichy », « dans le 93 »."""

import re
from typing import Final

from geo.reference.kinds import KINDS

ANY: Final = "any"
_WORDS: Final = {kind.code: kind.institutions for kind in KINDS if kind.institutions} | {
    ANY: "(?:tout )?pres|proche|(?:aux )?(?:environs|alentours)|(?:tout )?autour|secteur|"
    "bassin(?: de vie)?|pays|territoire|canton|arrondissement|ile"
}
_WITH_WORDS: Final = re.compile(
    rf"(?:la |le |les |l )?(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _WORDS.items())})"
    r"(?: de la| de l| de| du| des| d)? (?P<name>\S.*)"
)
_AFTER: Final = re.compile(
    r"(?P<name>\S.*?) et (?:ses environs|(?:les )?(?:environs|alentours)|sa region)"
)
_DEPARTEMENT: Final = re.compile(
    r"(?:(?:dans )?le|cd|dep|dept|dpt|(?:departement|conseil departemental)(?: du| de l)?) ?"
    r"(?P<code>\d{2,3}|2[ab])"
)


def named_within(plain: str) -> tuple[str, str] | None:
    """Take a folded text apart: the kind of territory its words want, or ``ANY``, and the name."""
    if found := _WITH_WORDS.fullmatch(plain):
        return next((kind, found["name"]) for kind in _WORDS if found[kind])
    found = _AFTER.fullmatch(plain)
    return (ANY, found["name"]) if found else None


def departement_code(plain: str) -> str:
    """Return the code of « le 93 », « dept 2a » or « cd59 », folded; empty when it is none."""
    found = _DEPARTEMENT.fullmatch(plain)
    return found["code"].upper() if found else ""
