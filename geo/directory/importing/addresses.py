"""The postcode and the town at the end of a postal address."""

import re
from typing import Final

_END: Final = re.compile(
    r"(?:^|[\s,;(–-])(?:F-?)?(?P<postcode>\d{2} ?\d{3})[\s,–-]+(?P<town>[^\d\W][^,;()\d]*)"
)
# A postcode that ends the address; « BP 40123 » and « CS 40123 » are boxes.
_LAST: Final = re.compile(
    r"(?<!\bBP)(?<!\bCS)(?<!\bTSA)[\s,;(–-](?:F-?)?(?P<postcode>\d{2} ?\d{3})"
    r"(?:[\s,–-]+(?:cedex(?: \d+)?|france))?\W*$",
    re.IGNORECASE,
)
_CEDEX: Final = re.compile(r"\bcedex\b.*", re.IGNORECASE)
_COUNTRY: Final = re.compile(r"[\s–-]+france$", re.IGNORECASE)
_ROADS: Final = re.compile(
    r"(rue|avenue|av|bd|boulevard|place|chemin|route|impasse|allee|allée|quai|cours|square)\b",
    re.IGNORECASE,
)


def postcode_and_town(address: str) -> tuple[str, str]:
    """Read « 63000 Clermont-Ferrand », « F-63000 … », « … CEDEX 9 » in an address; else nothing."""
    found = [one for one in _END.finditer(address) if not _ROADS.match(one["town"])]
    if not found:
        alone = _LAST.search(address)
        return (alone["postcode"].replace(" ", ""), "") if alone else ("", "")
    town = _COUNTRY.sub("", _CEDEX.sub("", found[-1]["town"]).strip(" -–"))
    return found[-1]["postcode"].replace(" ", ""), town.strip(" -–")
