"""What a typed text asks for: a code, a postcode, a name, or a name and where it is."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from geo.reference.gazetteer.spelling import fold, loosen, without_type
from geo.reference.gazetteer.wording import departement_code, named_within
from geo.reference.kinds import KINDS

_ROMAN: Final = {
    f"{ten}{one}": 10 * at + unit
    for at, ten in enumerate(("", "x"))
    for unit, one in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
} | {"xx": 20}
_RANK: Final = rf"\d{{1,2}}|{'|'.join(sorted(filter(None, _ROMAN), key=len, reverse=True))}"
_ARRONDISSEMENT: Final = re.compile(
    rf"(?P<city>paris|lyon|marseille) (?P<number>{_RANK}) ?(?:er|re|e|eme|ieme|nd|nde|d)?"
    r"(?: (?:arr\w*|ardt))?"
)
_ARRONDISSEMENT_FIRST: Final = re.compile(
    rf"(?P<number>{_RANK}) ?(?:er|re|e|eme|ieme|nd|nde|d)? (?:(?:arr\w*|ardt) )?"
    r"(?:de |a )?(?P<city>paris|lyon|marseille)"
)
_COUNTRY: Final = re.compile(
    rb"^ f(?:r|rance)? ?(?=\d{5}\b)|(?<! de)(?<! la)(?<! en)(?<!^) france(?: metropolitaine)? $"
)
_WARDS: Final = {"paris": 20, "lyon": 9, "marseille": 16}
_WHERE: Final = r"\d{1,5}|2[ab]\d{0,3}"
_NAME_WHERE: Final = re.compile(rf"(?P<name>\S.*?) (?P<where>{_WHERE})")
_WHERE_NAME: Final = re.compile(rf"(?P<where>{_WHERE}) (?P<name>\S.*)")
_KINDS_WITH_CODE: Final = "|".join(kind.code for kind in KINDS if kind.noun_with_code)
_KIND_CODE: Final = re.compile(rf"(?P<kind>{_KINDS_WITH_CODE}) (?P<where>\w+)")
_CRTE: Final = re.compile(r"crte(?: \d+){1,3}")
_DIGITS_IN_GROUPS: Final = re.compile(r"\d{2,3}(?: \d{3}){1,2}")


@dataclass(frozen=True)
class SearchTerms:
    """A folded text, taken apart.

    ``strict`` and ``loose`` are its name with and without small words; ``where`` the start of
    a postcode, INSEE or département code given beside the name, ``code`` the text as a code.
    """

    strict: bytes
    loose: bytes
    code: str = ""
    kind: str = ""
    where: str = ""
    arrondissement: tuple[str, int] | None = None

    @cached_property
    def bare(self) -> bytes:
        """Name without "CC", "métropole"…, empty when there is none of these words."""
        bare = without_type(self.loose)
        return bare if bare != self.loose else b""

    @cached_property
    def within(self) -> "tuple[str, SearchTerms] | None":
        """Return the place named with other words, "Mairie de Vichy", and its kind or ``ANY``."""
        found = named_within(self.strict.decode("ascii").strip())
        if not found:
            return None
        kind, name = found[0], f" {found[1]} ".encode()
        return kind, SearchTerms(name, loosen(name), where=self.where)

    @cached_property
    def joined(self) -> bytes:
        """Name in one word."""
        return self.strict.replace(b" ", b"")

    @cached_property
    def words(self) -> list[bytes]:
        """Return the words of the name that matter."""
        return self.loose.split()


def understand(text: str) -> SearchTerms:
    """Parse what somebody typed; any text is accepted, at least as a name.

    "44000 Nantes", "Nantes (44)", "Lyon 3e", "département 44", "crte-84-01-1", "75 011".
    """
    folded = _COUNTRY.sub(b" ", fold(text))
    plain = folded.decode("ascii").strip()
    place = named_within(plain)
    if ward := as_arrondissement(place[1] if place else plain):
        return SearchTerms(folded, loosen(folded), arrondissement=ward)
    if plain.startswith("crte ") and _CRTE.fullmatch(plain):
        return SearchTerms(folded, loosen(folded), code=plain.replace(" ", "-"))
    if code := departement_code(plain):
        return SearchTerms(folded, loosen(folded), code=code, kind="departement")
    if found := _KIND_CODE.fullmatch(plain):
        return SearchTerms(folded, loosen(folded), code=found["where"].upper(), kind=found["kind"])
    if found := _NAME_WHERE.fullmatch(plain) or _WHERE_NAME.fullmatch(plain):
        name = f" {found['name']} ".encode()
        if any(letter.isalpha() for letter in found["name"]):
            return SearchTerms(name, loosen(name), where=found["where"].upper().zfill(2))
    return SearchTerms(folded, loosen(folded), code=_as_code(plain))


def as_arrondissement(plain: str) -> tuple[str, int] | None:
    """Recognise "paris 11", "paris xie" or "8e arrondissement de marseille", folded."""
    found = _ARRONDISSEMENT.fullmatch(plain) or _ARRONDISSEMENT_FIRST.fullmatch(plain)
    if not found:
        return None
    number = _ROMAN.get(found["number"]) or int(found["number"])
    return (found["city"], number) if 1 <= number <= _WARDS[found["city"]] else None


def _as_code(plain: str) -> str:
    """Write a text the way codes are written, digits of "75 011" brought together."""
    if _DIGITS_IN_GROUPS.fullmatch(plain):
        return plain.replace(" ", "")
    return plain.upper() if plain.isalnum() else ""
