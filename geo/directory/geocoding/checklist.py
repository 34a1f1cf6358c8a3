"""Records to look at on a map, and what a person's hand does to one."""

from typing import Any, Final

import numpy as np
import pandas as pd

from geo.crs import check_lonlat
from geo.directory.geocoding.location_checks import strays
from geo.directory.geocoding.place import CHECKED
from geo.french import typeset
from geo.reference import france
from geo.reference.old_codes import commune_today

_POINT: Final = ("longitude", "latitude")


def checklist(actors: pd.DataFrame) -> pd.DataFrame:
    """List the records whose place is to be checked, the least sure first.

    Order: by score of the geocoder, those without one first; then by name. Those that have no
    point come last: they are to be placed, not put right.
    """
    doubtful = actors[actors["location_check"] != ""]
    ranked = doubtful.sort_values(["location_score", "actor_name"], na_position="first")
    pointless = ranked["longitude"].isna() | ranked["latitude"].isna()
    return ranked.loc[pointless.sort_values(kind="stable").index]


def moved(record: dict[str, Any], lon: float, lat: float) -> dict[str, Any]:
    """Return the record after a person put its point somewhere; it is theirs from then on.

    In another commune, the codes and the town become those of that commune. Off every commune
    (beyond the tolerance for quays), the codes stay and the record stays to be checked.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.

    Raises
    ------
    BadCoordinatesError
        It is no place on Earth.
    """
    check_lonlat(lon, lat)
    new = record | {
        "longitude": lon,
        "latitude": lat,
        "location_precision": "adresse",
        "location_source": CHECKED,
        "location_score": None,
        "location_check": "",
    }
    stated = commune_today(record["commune_code"])
    home, sure = _home(stated, lon, lat)
    if not sure:
        new["location_check"] = typeset("Point posé à la main hors de toute commune.")
    elif home and home != stated:
        new |= _in_commune(record, home)
    return new


def _home(stated: str, lon: float, lat: float) -> tuple[str, bool]:
    """Find the commune of a point, and whether it is in one, or on its quays."""
    codes = np.array([stated or france.communes().index[0]], dtype=object)
    seen = strays(codes, np.array([lon]), np.array([lat]))
    found, metres = str(seen.found[0]), float(seen.distance_m[0])
    if metres == 0:
        return str(codes[0]), True
    if stated and seen.tolerated[0]:
        return stated, True
    return found, bool(found)


def _in_commune(record: dict[str, Any], code: str) -> dict[str, Any]:
    row = france.communes().loc[code]
    postcodes = list(row["postcodes"])
    keeps_postcode = record["postcode"] in postcodes or len(postcodes) != 1
    return {
        "commune_code": code,
        "departement_code": row["departement_code"],
        "region_code": row["region_code"],
        "town": row["commune_name"],
        "postcode": record["postcode"] if keeps_postcode else postcodes[0],
    }
