"""The outlines that ship: how old, how fine, and where the coast is."""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from geo.reference.build import contours
from tests.reference.test_reference_data import frame, said, shapes, table


def test_each_departement_says_how_old_its_outlines_are() -> None:
    vintages = said()["vintage"]["outlines"]
    assert vintages["COG 2018"] == list(contours.OLDER)
    assert sorted([*vintages["COG 2018"], *vintages["COG 2026"]]) == sorted(
        set(frame("communes")["departement_code"])
    )


def test_outlines_are_as_fine_as_their_sources() -> None:
    communes = frame("communes")
    old = communes["departement_code"].isin(contours.OLDER)
    recent, former = (
        np.median(shapely.length(parts)) * 1e5
        for parts in (sides(communes[~old]), sides(communes[old]))
    )
    assert recent < 120 < former < 400  # metres, more or less


def sides(rows: gpd.GeoDataFrame) -> Any:
    """Cut a tenth of some outlines in their sides."""
    found = []
    for shape in shapes(rows.iloc[::10]):
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            spots = shapely.get_coordinates(ring)
            found.append(shapely.linestrings(np.stack([spots[:-1], spots[1:]], axis=1)))
    return np.concatenate(found)


def test_the_coast_is_what_no_two_communes_share() -> None:
    coast = table("coast")
    assert set(coast["commune_code"]) < set(frame("communes")["commune_code"])
    codes = set(coast["commune_code"])
    assert {"22016", "29083", "2A041", "50353"} <= codes  # islands and shores
    assert not {"45234", "87085"} & codes  # Orléans, Limoges
