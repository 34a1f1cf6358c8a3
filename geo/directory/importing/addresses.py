"""The postcode and the town at the end of a postal address, and the numbers beside a town."""

import re
from typing import Final

_END: Final = re.compile(
    r"(?:^|[\s,;(–-])(?:F-?)?(?P<postcode>\d{2} ?\d{3})[\s,–-]+(?P<town>[^\d\W][^,;()\d]*)"
)
_CEDEX: Final = re.compile(r"\bcedex\b.*", re.IGNORECASE)
_COUNTRY: Final = re.compile(r"[\s–-]+france$", re.IGNORECASE)
_ROADS: Final = re.compile(
    r"(rue|avenue|av|bd|boulevard|place|chemin|route|impasse|allee|allée|quai|cours|square)\b",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(r"(?<!\d)(\d{2} ?\d{3})(?!\d)")
_AREA: Final = re.compile(r"\((\d{1,3}|2[ab])\)\s*$|^(\d{2,3}|2[ab])[\s–-]+(?=\D)", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(paris|lyon|marseille)\b", re.IGNORECASE)  # « Paris (11) »


def numbers_of(town: str) -> tuple[str, str, str]:
    """Part a town, its postcode and its département: « Vincennes (94) », « 94300 Vincennes »."""
    found = _POSTCODE.search(town)
    if found:
        name = f"{town[: found.start()]} {town[found.end() :]}".strip(" -–,;()")
        return name, found[1].replace(" ", ""), ""
    area = None if _NUMBERED.match(town.strip()) else _AREA.search(town.strip())
    return town, "", (area[1] or area[2]).upper().zfill(2) if area else ""


def postcode_and_town(address: str) -> tuple[str, str]:
    """Read « 63000 Clermont-Ferrand », « F-63000 … », « … CEDEX 9 » in an address; else nothing."""
    found = [one for one in _END.finditer(address) if not _ROADS.match(one["town"])]
    if not found:
        return "", ""
    town = _COUNTRY.sub("", _CEDEX.sub("", found[-1]["town"]).strip(" -–"))
    return found[-1]["postcode"].replace(" ", ""), town.strip(" -–")
