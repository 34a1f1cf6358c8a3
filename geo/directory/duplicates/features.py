"""What identifies a record beside its name: numbers, site, telephone, address, place.

Each sign becomes one column of whole numbers, the same number for the same value and -1 for
none, so that pairs are compared at once.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.duplicates.names import Floats, Ints, fold_names

Bools = npt.NDArray[np.bool_]
NONE: Final = -1
SIRET_DIGITS, SIREN_DIGITS, _NATIONAL = 14, 9, 9
# Hosts where many organisations have a page each: the page is the sign, not the host.
_SHARED: Final = frozenset(
    [
        "facebook.com",
        "fb.com",
        "fb.me",
        "instagram.com",
        "twitter.com",
        "x.com",
        "linkedin.com",
        "youtube.com",
        "sites.google.com",
        "google.com",
        "google.fr",
        "goo.gl",
        "bit.ly",
        "linktr.ee",
        "helloasso.com",
        "net1901.org",
        "service-public.fr",
        "lannuaire.service-public.fr",
        "annuaire.service-public.fr",
        "france-services.gouv.fr",
        "conseiller-numerique.gouv.fr",
        "cartographie.societenumerique.gouv.fr",
        "pagesjaunes.fr",
        "laposte.fr",
        "mappy.com",
        "wordpress.com",
        "blogspot.com",
        "wixsite.com",
        "societe.com",
        "tierslieux.net",
        "coop.tierslieux.net",
        "movilab.org",
        "fablabs.io",
        "coworkies.com",
        "meetup.com",
        "framasite.org",
        "gogocarto.fr",
        "umap.openstreetmap.fr",
    ]
)
_PRECISE: Final = frozenset(("adresse", "rue"))
_VAGUE: Final = frozenset(("departement", "region", "national", "unknown"))
_NUMBER: Final = re.compile(r"^(\d+)")
_STREETS: Final = {
    **dict.fromkeys(("avenue", "ave", "av"), "av"),
    **dict.fromkeys(("boulevard", "bvd", "bld", "bd"), "bd"),
    **dict.fromkeys(("place", "pl", "plc"), "pl"),
    **dict.fromkeys(("rue", "r"), ""),
    **dict.fromkeys(("chemin", "che", "chem", "ch"), "ch"),
    **dict.fromkeys(("route", "rte"), "rte"),
    **dict.fromkeys(("impasse", "imp"), "imp"),
    **dict.fromkeys(("allee", "allees", "all"), "all"),
    **dict.fromkeys(("square", "sq"), "sq"),
    **dict.fromkeys(("general", "gal", "gen"), "gal"),
    **dict.fromkeys(("docteur", "dr"), "dr"),
    **dict.fromkeys(("marechal", "mal"), "mal"),
    **dict.fromkeys(("bis", "ter", "quater", "b", "t"), ""),
}


@dataclass(frozen=True)
class Features:
    """Signs of each record, as codes; -1 where it has none."""

    siret: Ints
    siren: Ints
    site: Ints
    phone: Ints
    email: Ints
    address: Ints
    street: Ints
    commune: Ints
    town: Ints  # its name and département, else the commune code
    longitude: Floats  # NaN without a point
    latitude: Floats
    exact: Bools  # the point is that of an address, not of a commune


def read_features(actors: pd.DataFrame) -> Features:
    """Read the signs of every actor, in the frame's order."""
    towns = _towns(actors)
    numbers, streets = _addresses(actors["address"], towns)
    exact = actors["longitude"].notna() & ~actors["location_precision"].isin(["commune", *_VAGUE])
    vague = actors["location_precision"].isin(_VAGUE)
    return Features(
        siret=_codes(actors["siret"], lambda text: _digits(text, SIRET_DIGITS)),
        siren=_codes(actors["siret"], siren),
        site=_codes(actors["website"], site),
        phone=_codes(actors["phone"], phone),
        email=_codes(actors["email"], lambda text: text.strip().lower()),
        address=code(numbers),
        street=code(streets),
        commune=code(actors["commune_code"]),
        town=code(towns),
        longitude=actors["longitude"].mask(vague).to_numpy(dtype=np.float64, na_value=np.nan),
        latitude=actors["latitude"].mask(vague).to_numpy(dtype=np.float64, na_value=np.nan),
        exact=exact.to_numpy(dtype=np.bool_),
    )


def code(values: Iterable[str]) -> Ints:
    """Return values numbers from 0, the same for the same; -1 for an empty text."""
    seen: dict[str, int] = {"": NONE}
    return np.array(
        [seen.setdefault(value, len(seen) - 1) for value in values], dtype=np.int64
    ).reshape(-1)


def _codes(column: "pd.Series[str]", read: Callable[[str], str]) -> Ints:
    return code(read(text) if text else "" for text in column)


def _digits(text: str, length: int) -> str:
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) == length and digits.strip("0") else ""


def siren(text: str) -> str:
    """Return the nine digits that name the organisation, out of a SIRET or a SIREN."""
    return _digits(text, SIREN_DIGITS) or _digits(text, SIRET_DIGITS)[:SIREN_DIGITS]


def phone(text: str) -> str:
    """Return the nine national digits of a telephone, the country's own written before."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return digits[-_NATIONAL:] if len(digits) > _NATIONAL else ""


def site(text: str) -> str:
    """Return the host of a site, with its path where the host is shared by many."""
    address = text.strip().lower()
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("fr-fr.")
    except ValueError:
        return ""
    if "." not in host:
        return ""
    if host.removeprefix("m.") not in _SHARED:
        return host
    page = parts.path.strip("/")
    return f"{host}/{page}?{parts.query}" if page else ""


def _towns(actors: pd.DataFrame) -> list[str]:
    """Name the town and its département, the commune code for want of a name."""
    folded = _folded(actors["town"])
    return [
        f"{_departement(own or postcode)} {name}" if name and (own or postcode) else own
        for own, postcode, name in zip(
            actors["commune_code"],
            actors["postcode"],
            (folded[town].rstrip("0123456789e ") for town in actors["town"]),
            strict=True,
        )
    ]


def _departement(numbers: str) -> str:
    """Return the département a commune code or a postcode begins with, the two Corsicas as one."""
    start = numbers[: 3 if numbers.startswith("97") else 2]
    return "20" if start in {"2A", "2B"} else start


def _folded(texts: Iterable[str]) -> dict[str, str]:
    unique = list(dict.fromkeys(texts))
    return {text: " ".join(words) for text, words in zip(unique, fold_names(unique), strict=True)}


def _addresses(addresses: Iterable[str], towns: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return number and street in town, then the street alone; "" where it has none."""
    numbers, streets = [], []
    known = {text: _street(folded) for text, folded in _folded(addresses).items()}
    for text, town in zip(addresses, towns, strict=True):
        number, street = known[text]
        streets.append(f"{street}|{town}" if street and town else "")
        numbers.append(f"{number} {street}|{town}" if number and street and town else "")
    return numbers, streets


def _street(folded: str) -> tuple[str, str]:
    number = _NUMBER.match(folded)
    words = folded[number.end() :].split() if number else folded.split()
    words = [_STREETS.get(word, word) for word in words if not word.isdigit()]
    return (number.group(1) if number else "", " ".join(word for word in words if word))
