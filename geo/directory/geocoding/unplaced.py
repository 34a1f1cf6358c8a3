"""Actors that have no point, and ways to place many at once: each sure of its commune, or left."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import pandas as pd

from geo.directory.geocoding.commune import communes, stated_commune
from geo.directory.geocoding.place import Placed, place
from geo.reference import france

_COARSE: Final = ("departement", "region", "national")
_SAID: Final = ("address", "postcode", "town")
_LEFT: Final = ("refusee", "archivee", "doublon")
Codes = dict[str, str]


def unplaced(actors: pd.DataFrame) -> pd.DataFrame:
    """List the actors without a point that have, or ought to have, one; by name.

    One known to a département, a région or the whole country, and that says no town, has none on
    purpose. Refused and archived records are left out.
    """
    pointless = actors["longitude"].isna() | actors["latitude"].isna()
    has_address = (actors[[*_SAID]] != "").any(axis=1)
    wanted = has_address | ~actors["location_precision"].isin(_COARSE)
    rows = actors[pointless & wanted & ~actors["status"].isin(_LEFT)]
    return rows.sort_values("actor_name", key=lambda names: names.str.casefold())


def by_town(actors: pd.DataFrame) -> Codes:
    """Return the commune that the town of each actor names, in its postcode or département.

    Where the two contradict each other, or several communes have the name, there is none.
    """
    columns = (actors[name] for name in ("commune_code", "postcode", "town", "departement_code"))
    found = zip(actors.index, *columns, strict=True)
    codes = {str(actor_id): stated_commune(*parts) for actor_id, *parts in found}
    return {actor_id: code for actor_id, code in codes.items() if code}


def by_postcode(actors: pd.DataFrame) -> Codes:
    """Return the commune of the postcode of each actor, where only one commune has it."""
    only = _only_communes()
    found = zip(actors.index, actors["postcode"].str.strip(), strict=True)
    return {str(actor_id): only[code] for actor_id, code in found if code in only}


def in_communes(actors: pd.DataFrame, codes: Mapping[str, str]) -> Placed:
    """Place actors at the point of a commune each; what they say of their address stays.

    Parameters
    ----------
    codes
        Commune in force of each, by id; actors that it leaves out are left as they are.
    """
    rows = actors[actors.index.isin([*codes])].copy()
    found = [codes[str(actor_id)] for actor_id in rows.index]
    homes = communes()
    rows["commune_code"] = found
    rows["departement_code"] = [homes[code].departement_code for code in found]
    rows["region_code"] = [homes[code].region_code for code in found]
    names = pd.Series([homes[code].name for code in found], rows.index, dtype=object)
    rows["town"] = rows["town"].where(rows["town"] != "", names)
    return place(rows)


@cache
def _only_communes() -> Codes:
    """Map the postcodes that one commune only has to that commune."""
    postcodes = france.communes()["postcodes"].explode()
    alone = postcodes[~postcodes.duplicated(keep=False)]
    return {str(postcode): str(code) for code, postcode in alone.items()}
