"""Fields that a column of a file may feed, and the names columns give them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.directory.schema import ACTOR, PERSONAL, Field
from geo.reference.gazetteer.spelling import fold, fold_lines

EXTERNAL_ID: Final = "external_id"
LONLAT: Final = "lonlat"
LATLON: Final = "latlon"
GEOMETRY: Final = "geometry"
CONTACT: Final = tuple(field.name for field in PERSONAL)


@dataclass(frozen=True)
class Target:
    """A field to feed: what a person reads, the names it is known by, whether columns add up."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    several: bool = False


def _target(field: Field) -> Target:
    return Target(field.name, field.label, _split(field.aliases or ""), field.several)


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in aliases.split(",") if alias)


_FILE_ID: Final = Target(
    EXTERNAL_ID,
    "Identifiant dans le fichier",
    _split(
        "id, identifiant, identifiant unique, uid, uuid, code structure, num, numero, "
        "ref, reference, id structure, id acteur, id lieu, source key"
    ),
)
_POINT: Final = (
    Target(
        LATLON,
        "Latitude et longitude (une colonne)",
        _split(
            "coordonnees, coordonnees gps, gps, geo point, geo point 2d, geopoint, geoloc, "
            "geolocalisation, lat lon, latlon, latitude longitude, lat long, latlng, "
            "coordonnees geographiques, position, point geo"
        ),
    ),
    Target(
        LONLAT,
        "Longitude et latitude (une colonne)",
        _split("coordonnees xy, coordonneesxy, lon lat, lonlat, longitude latitude, lnglat"),
    ),
)
_BESIDE: Final = {
    "latitude": _POINT,
    "siret": tuple(_target(field) for field in PERSONAL),
}
"""What is no field of an actor, after the field that it is chosen beside."""


def _targets() -> Iterator[Target]:
    # The file's own first: an « identifiant » of somebody else's list is none of ours.
    yield _FILE_ID
    for field in ACTOR.fields:
        if field.is_imported:
            yield _target(field)
        yield from _BESIDE.get(field.name, ())


TARGETS: Final = tuple(_targets())
"""Every field that a column may feed, in the order a person chooses it."""

BY_NAME: Final = {target.name: target for target in TARGETS}


def plain(column: str) -> str:
    """Write a column's name as its aliases are: no accent, case nor mark."""
    return fold(column).decode().strip()


def plain_all(texts: Iterable[str]) -> dict[str, str]:
    """Write many names plainly at once, far faster than one by one."""
    distinct = [*dict.fromkeys(["", *texts])]
    lines = "\n".join(text.replace("\n", " ") for text in distinct)
    folded = fold_lines(lines).decode().split("\n")
    return {text: line.strip() for text, line in zip(distinct, folded, strict=True)}


@cache  # asked for each field at each file, and they never change
def names_of(target: Target) -> tuple[str, ...]:
    """List the plain names of a field: its own, its French label, its aliases."""
    return tuple(
        dict.fromkeys(plain(text) for text in (target.name, target.label, *target.aliases))
    )
