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
        within = "" if self.name == self.collectivity_name else f"{self.collectivity_name}, "
        return f"{self.name} ({within}{self.collectivity_code}), {kind} d’outre-mer, {OUTSIDE}"


_DIGITS: Final = 5


@dataclass(frozen=True)
class OverseasPlaces:
    """The collectivities and their communes, by INSEE code, by postcode and by folded name."""

    by_code: dict[str, OverseasPlace]
    by_postcode: dict[str, OverseasPlace]
    by_name: dict[bytes, OverseasPlace]


@cache
def overseas_places() -> OverseasPlaces:
    """Read the collectivities; a postcode of several communes leads to their collectivity."""
    by_code: dict[str, OverseasPlace] = {}
    by_postcode: dict[str, OverseasPlace] = {}
    for row in france.overseas().to_dict("records"):
        whole = row["collectivity_code"], row["collectivity_name"]
        place = OverseasPlace(row["code"], row["name"], *whole)
        collectivity = by_code.setdefault(whole[0], OverseasPlace(*whole, *whole))
        by_code |= dict.fromkeys([place.code, *row["former_codes"]], place)
        for postcode in row["postcodes"]:
            by_postcode[postcode] = collectivity if postcode in by_postcode else place
    # A collectivity comes before a commune of its name.
    ordered = sorted(by_code.values(), key=lambda one: one.code == one.collectivity_code)
    return OverseasPlaces(by_code, by_postcode, {fold(one.name): one for one in ordered})


def overseas_code(code: str) -> OverseasPlace | None:
    """Return the place of an INSEE code, of today or before 2007, or of a collectivity's code."""
    return overseas_places().by_code.get(code)


def overseas_postcode(postcode: str) -> OverseasPlace | None:
    """Return the place of a postcode: the commune, or the collectivity of several.

    One that no commune has, a box's or a hamlet's, is of the collectivity that its digits name.
    """
    known = overseas_places()
    whole = postcode[:3] if postcode.isdigit() and len(postcode) == _DIGITS else ""
    return known.by_postcode.get(postcode) or known.by_code.get(whole)


def overseas_name(text: str) -> OverseasPlace | None:
    """Return the place of an exact name, however it is spelt."""
    return overseas_places().by_name.get(fold(text))


def overseas_place(text: str) -> OverseasPlace | None:
    """Return the place that a text means: a code, a postcode or an exact name."""
    code = text.strip()
    return overseas_code(code) or overseas_postcode(code) or overseas_name(text)


def outside(text: str) -> str:
    """Explain in French that a text means a place outside what the project covers; else nothing."""
    found = overseas_place(text)
    if not found:
        return ""
    subject = "" if found == overseas_name(text) else f"{quoted(text.strip()[:60])} : "
    return f"{subject}{found.sentence}."
