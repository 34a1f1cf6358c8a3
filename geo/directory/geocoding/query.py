"""What is asked of a geocoder, and what it answers."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from geo.french import CONTROLS

_SHORTEST, _LONGEST = 3, 200  # What the Géoplateforme accepts in ``q``.
# Sorting codes of the post office name no place: boxes, special carriers, CEDEX and its number.
_POSTAL_ONLY: Final = re.compile(
    r"\b(?:(?:bp|cs|tsa)\s*(?:n°\s*)?(?:\d{1,3} \d{3}(?=\s*(?:$|[,;\n]|\d{5}))|\d{1,6}\b)"
    r"|cedex\b(?:\s+\d{1,2}\b)?)",
    re.IGNORECASE,
)
_SEPARATORS: Final = re.compile(rf"(?:{CONTROLS}|[\s,;|\"])+")
_NOT_WORDS: Final = re.compile(r"[^0-9a-z]+")
_POSTCODE: Final = re.compile(r"\d{5}")


@dataclass(frozen=True)
class GeocodingQuery:
    """One address to find; ``postcode`` and ``commune_code`` narrow the search when not empty."""

    text: str
    postcode: str = ""
    commune_code: str = ""

    @cached_property
    def key(self) -> tuple[str, str, str]:
        """Text that is the same for two spellings of one question, and its filters."""
        return normalised(self.text), self.postcode, self.commune_code


@dataclass(frozen=True)
class Answer:
    """A place that a geocoder found: WGS 84, its likeness to the question from 0 to 1.

    ``kind`` is housenumber, street, locality or municipality.
    """

    longitude: float
    latitude: float
    score: float
    kind: str
    label: str
    commune_code: str


def sendable(text: str) -> str:
    """Write an address as geocoders take it: one line, no sorting code, 200 characters at most.

    Empty when nothing is left to look for: they want three characters, the first of them a letter
    or a digit.
    """
    line = _SEPARATORS.sub(" ", _POSTAL_ONLY.sub(" ", unicodedata.normalize("NFC", text)))
    start = next((at for at, sign in enumerate(line) if _starts(sign)), len(line))
    line = line[start:].strip()
    if len(line) > _LONGEST:
        line = line[: _LONGEST + 1].rpartition(" ")[0] or line[:_LONGEST]
    return line.strip() if len(line.strip()) >= _SHORTEST else ""


def normalised(text: str) -> str:
    """Fold an address into plain words: two spellings of one address fold into one."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).casefold()
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NOT_WORDS.sub(" ", plain).strip()


def question(address: str, postcode: str, town: str, commune_code: str) -> GeocodingQuery | None:
    """Ask for the address of a record; None when it has none to look for.

    The commune narrows the search where it is known, else the postcode.
    """
    if not sendable(address):
        return None
    normalised_address = normalised(address)
    parts = [
        part for part in (postcode, town) if part and normalised(part) not in normalised_address
    ]
    code = "" if commune_code or not _POSTCODE.fullmatch(postcode) else postcode
    return GeocodingQuery(sendable(" ".join((address, *parts))), code, commune_code)


def _starts(sign: str) -> bool:
    return sign.lower() != sign.upper() or sign in "0123456789"
