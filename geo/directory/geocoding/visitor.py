"""An address that a visitor types: recognised, asked on request, kept nowhere but in memory."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from geo.directory.geocoding.geocoder import Geocoder, geocoder
from geo.directory.geocoding.query import Answer, normalised, sendable
from geo.directory.geocoding.rate_limiter import RateLimiter
from geo.directory.store.shared_counts import shared_counts
from geo.errors import GeocoderError
from geo.reference import gazetteer
from geo.reference.gazetteer import FoundPlace
from geo.settings import settings

SURE: Final = ("exact", "code", "postcode")
"""How the gazetteer matches a text that it recognises."""
# Visitors need not sign in: together they take a small part of the geocoder's rate, so that none
# of them can make it refuse this server, nor keep a team's import waiting.
_BY_VISITORS: Final = 4.0
_PATIENCE_S: Final = 3.0
_STREET: Final = re.compile(
    r"\b(?:rue|r|avenue|av|ave|boulevard|bd|bld|place|pl|chemin|che|impasse|imp|allees?|quai|route"
    r"|rte|cours|square|passage|lieu dit|hameau|residence|faubourg|fg|esplanade|rond point"
    r"|sentier|voie|promenade|venelle|ruelle|zone|za|zi|zac)\b \S"
)
_NUMBERED: Final = re.compile(r"\d{1,4} ?(?:bis|ter|quater|[a-d])? [a-z]{2,}")
_FROM_POSTCODE: Final = re.compile(r".*(?<!\d)(\d{5}(?!\d).*)", re.DOTALL)


def looks_like_address(text: str) -> bool:
    """Return whether a text has the look of an address: a street word, or a number in a street."""
    normalised_text = normalised(text)
    return bool(_STREET.search(normalised_text) or _NUMBERED.match(normalised_text))


def commune_part(text: str) -> str:
    """Return what names the commune in an address: from its postcode, or after its last comma.

    Empty when nothing does: « rue de Nantes » says nothing of where it is.
    """
    found = _FROM_POSTCODE.fullmatch(text)
    return (found[1] if found else text.rpartition(",")[2] if "," in text else "").strip()


def communes_of(typed: str, limit: int) -> list[FoundPlace]:
    """Find the commune that an address names: from its postcode, or after its last comma."""
    part = commune_part(typed) if looks_like_address(typed) else ""
    found = gazetteer.search(part, limit, ("commune",)) if part else []
    return [place for place in found if place.match_kind in SURE]


def suggestions(text: str) -> list[Answer]:
    """Ask the geocoder in force what an address may mean, best first; soon, or not at all.

    Raises
    ------
    GeocoderError
        There is no geocoder, or it does not answer in a few seconds.
    """
    where = geocoder()
    if where is None:
        raise GeocoderError(
            "Aucun géocodeur n’est réglé (CATALYSE_GEOCODER est vide) : donnez une commune, ou "
            "des coordonnées."
        )
    return list(_search(where.hasty(), sendable(text).casefold()))


@lru_cache(maxsize=512)
def _search(where: Geocoder, text: str) -> tuple[Answer, ...]:
    if not _visitors(settings().store).take(_PATIENCE_S):
        raise GeocoderError("Trop d’adresses sont cherchées en ce moment : recommencez plus tard.")
    return tuple(where.search(text))


@lru_cache(maxsize=4)
def _visitors(folder: Path) -> RateLimiter:
    return RateLimiter(_BY_VISITORS, shared_counts(folder), "visiteurs")
