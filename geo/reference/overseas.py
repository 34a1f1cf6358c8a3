"""The overseas collectivities: known by code, postcode and name, outside the project's scope."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.french import quoted
from geo.reference import france
from geo.reference.gazetteer.spelling import fold

OUTSIDE: Final = "hors périmètre"
_TERRITORIES: Final = frozenset(("984", "989"))


@dataclass(frozen=True)
class OverseasPlace:
    """A commune of a collectivity, or the collectivity itself when both codes are the same."""

    code: str
    name: str
    collectivity_code: str
    collectivity_name: str

    @property
    def sentence(self) -> str:
        """Name it: « Saint-Barthélemy (977), collectivité d’outre-mer, hors périmètre »."""
        kind = "territoire" if self.collectivity_code in _TERRITORIES else "collectivité"
        within = "" if self.name == self.collectivity_name else f" : {self.collectivity_name}"
        return f"{self.name} ({self.collectivity_code}), {kind} d’outre-mer{within}, {OUTSIDE}"


@cache
def _places() -> tuple[OverseasPlace, ...]:
    rows = france.overseas()
    columns = ("code", "name", "collectivity_code", "collectivity_name")
    communes = [OverseasPlace(*row) for row in rows[list(columns)].itertuples(index=False)]
    whole = dict.fromkeys(
        OverseasPlace(one.collectivity_code, one.collectivity_name, *_of(one)) for one in communes
    )
    return (*whole, *communes)


def _of(place: OverseasPlace) -> tuple[str, str]:
    return place.collectivity_code, place.collectivity_name


@cache
def _by_code() -> dict[str, OverseasPlace]:
    found = {one.code: one for one in _places()}
    rows = france.overseas()
    for code, former in zip(rows["code"], rows["former_codes"], strict=True):
        found |= dict.fromkeys(former, found[code])
    return found


@cache
def _by_postcode() -> dict[str, OverseasPlace]:
    """Map a postcode to its commune, to the collectivity when several communes have it."""
    found: dict[str, OverseasPlace] = {}
    rows = france.overseas()
    for code, postcodes in zip(rows["code"], rows["postcodes"], strict=True):
        place = _by_code()[code]
        for postcode in postcodes:
            alone = postcode not in found
            found[postcode] = place if alone else _by_code()[place.collectivity_code]
    return found


@cache
def _by_name() -> dict[bytes, OverseasPlace]:
    # A collectivity comes before a commune of its name.
    return {fold(one.name): one for one in reversed(_places())}


def overseas_code(code: str) -> OverseasPlace | None:
    """Return the place of an INSEE code, of today or before 2007, or of a collectivity's code."""
    return _by_code().get(code)


def overseas_postcode(postcode: str) -> OverseasPlace | None:
    """Return the place of a postcode: the commune, or the collectivity of several."""
    return _by_postcode().get(postcode)


def overseas_name(text: str) -> OverseasPlace | None:
    """Return the place of an exact name, however it is spelt."""
    return _by_name().get(fold(text))


def overseas_place(text: str) -> OverseasPlace | None:
    """Return the place that a text means: a code, a postcode or an exact name."""
    code = text.strip()
    return overseas_code(code) or overseas_postcode(code) or overseas_name(text)


def outside(text: str) -> str:
    """Say in French that a text means a place outside what the project covers; else nothing."""
    found = overseas_place(text)
    return f"{quoted(text.strip()[:60])} : {found.sentence}." if found else ""
