"""The slips that make one organisation look like two: typing, accents, short forms, moves."""

import math
import random
import re
import unicodedata
from typing import Any, Final

_SHORT: Final = (
    ("Association", "Asso"),
    ("Maison", "Mais."),
    ("Saint", "St"),
    ("Communauté de communes", "CC"),
    ("Coworking", "Co-working"),
    ("Centre", "Ctre"),
    ("Médiathèque", "Médiath."),
    ("Développement", "Dévelop."),
)
_METRES_A_DEGREE: Final = 111_320.0


def typo(name: str, luck: random.Random) -> str:
    """Change, drop, double or swap one letter of the longest word."""
    word = max(name.split(), key=len)
    if len(word) < 5:
        return name
    at = luck.randrange(1, len(word) - 1)
    slip = luck.choice(
        [
            word[:at] + luck.choice("aeinorst") + word[at + 1 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
    return name.replace(word, slip, 1)


def bare(name: str, _luck: random.Random) -> str:
    """Write in capitals without accents."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).upper()


def short(name: str, luck: random.Random) -> str:
    """Write the short form of a word, or drop the small words."""
    for long, abbreviation in _SHORT:
        if long in name:
            return name.replace(long, abbreviation)
    name = re.sub(r"\b(?:de|du|des|la|le|les) ", "", name, flags=re.IGNORECASE)
    return name.replace("-", " ") if luck.random() < 0.5 else name


def formal(name: str, luck: random.Random) -> str:
    """Add a legal form."""
    return luck.choice((f"Association {name}", f"{name} (SCIC)", f"{name} - asso"))


SLIPS: Final = (typo, bare, short, formal)


def moved(record: dict[str, Any], metres: float, luck: random.Random) -> dict[str, Any]:
    """Move a point some metres in any direction."""
    angle = luck.random() * 2 * math.pi
    width = _METRES_A_DEGREE * math.cos(math.radians(record["latitude"]))
    return {
        "longitude": record["longitude"] + metres * math.cos(angle) / width,
        "latitude": record["latitude"] + metres * math.sin(angle) / _METRES_A_DEGREE,
    }


def corrupted(record: dict[str, Any], number: int, luck: random.Random) -> dict[str, Any]:
    """Return a second record of the same organisation: one or two slips, moved 80 m, no number."""
    name = record["actor_name"]
    for slip in luck.sample(SLIPS, luck.choice((1, 2))):
        name = slip(name, luck)
    bare_signs = dict.fromkeys(("website", "phone", "email", "siret", "address"), "")
    return {
        **record,
        **bare_signs,
        **moved(record, 80, luck),
        "actor_id": f"copie-{number}",
        "actor_name": name,
        "external_ids": [f"copie:{number}"],
    }
