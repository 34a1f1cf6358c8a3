"""The layers of one build, computed from bridged outlines and membership."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.reference.build import dissolve, simplify
from geo.reference.build.bridge import town_halls
from geo.reference.build.clean import Shapes, area_m2
from geo.reference.build.read import Divisions

_KM2: Final = 1e6
_DEGREE_DIGITS: Final = 6


def communes(divisions: Divisions, outlines: pd.DataFrame, shapes: Shapes) -> pd.DataFrame:
    """Describe every commune, in the order of its shape."""
    rows = divisions.current.values()
    home = {
        kind: {m["code"]: group["code"] for group in groups for m in group["membres"]}
        for kind, groups in divisions.groups().items()
    }
    points, basis = commune_points(shapes, town_halls(divisions.current, outlines))
    codes = [row["code"] for row in rows]
    return pd.DataFrame(
        {
            "commune_code": codes,
            "commune_name": [row["nom"] for row in rows],
            "population": [int(row["population"]) for row in rows],
            "departement_code": [row["departement"] for row in rows],
            "region_code": [row["region"] for row in rows],
            **{f"{kind}_code": [of.get(code) for code in codes] for kind, of in home.items()},
            "postcodes": [sorted(row["codesPostaux"]) for row in rows],
            "longitude": shapely.get_x(points).round(_DEGREE_DIGITS),
            "latitude": shapely.get_y(points).round(_DEGREE_DIGITS),
            "point_basis": basis,
            "area_km2": [round(area_m2(shape) / _KM2, 3) for shape in shapes],
        }
    )


def commune_points(shapes: Shapes, halls: Shapes) -> tuple[Shapes, np.ndarray[Any, Any]]:
    """Take the town hall that lies in its commune, else a point inside the commune."""
    inside = shapely.contains(shapes, halls)  # False where there is no town hall
    points = np.where(inside, halls, shapely.point_on_surface(shapes))
    return points, np.where(inside, "mairie", "surface")


def territories(
    members: pd.DataFrame, table: pd.DataFrame, titles: pd.DataFrame, shapes: Shapes
) -> tuple[pd.DataFrame, Shapes]:
    """Describe and dissolve every territory, in (kind, code) order."""
    codes = table["commune_code"].to_numpy()
    keys, united = dissolve.dissolve(members, codes, shapes)
    points = label_points(united)
    named = titles.set_index(["territory_kind", "territory_code"]).loc[keys]
    summed = dissolve.totals(members, table).loc[keys]
    frame = pd.concat([named, summed[["population", "commune_count"]]], axis=1)
    frame["longitude"] = shapely.get_x(points).round(_DEGREE_DIGITS)
    frame["latitude"] = shapely.get_y(points).round(_DEGREE_DIGITS)
    frame["area_km2"] = summed["area_km2"]
    return frame.reset_index(), united


def label_points(shapes: Shapes) -> Shapes:
    """Put each label deep inside its territory: the centre of the widest circle in it.

    The circle is sought in a simplified outline; where its centre falls out of the full one, a
    point of the surface replaces it.
    """
    parts = [max(shapely.get_parts(shape), key=shapely.area) for shape in shapes]
    light = shapely.simplify(dissolve.as_objects(parts), 0.005)  # half a kilometre, in degrees
    centres = np.empty(len(shapes), dtype=object)
    for at, shape in enumerate(light):
        circle = shapely.maximum_inscribed_circle(shape, tolerance=0.002)
        centres[at] = shapely.Point(circle.coords[0])
    inside = shapely.contains(shapes, centres)
    return np.where(inside, centres, shapely.point_on_surface(shapes))


@dataclass(frozen=True)
class Light:
    """One display layer: kinds, codes and simplified shapes."""

    frame: pd.DataFrame
    shapes: Shapes


def light_500(members: pd.DataFrame, table: pd.DataFrame, shapes: Shapes) -> Light:
    """Simplify communes by 500 m and dissolve every territory from them."""
    codes = table["commune_code"].to_numpy()
    light = simplify.simplify(shapes, table["departement_code"].to_numpy(), 500)
    keys, united = dissolve.dissolve(members, codes, light)
    own = pd.DataFrame({"territory_kind": "commune", "territory_code": codes})
    frame = pd.concat([own, keys.to_frame(index=False)], ignore_index=True)
    return Light(frame, np.concatenate([light, united]))


def light_1000(members: pd.DataFrame, table: pd.DataFrame, shapes: Shapes) -> Light:
    """Simplify by 1,000 m the zones of communes that no territory separates; dissolve these."""
    codes = table["commune_code"].to_numpy()
    zone = simplify.zones(members, codes)
    _, first = np.unique(zone, return_index=True)
    departements = table["departement_code"].to_numpy()[first]
    light = simplify.simplify(simplify.unite(shapes, zone), departements, 1000)
    by_zone = members.assign(commune_code=codes[first][zone[_rows(members, codes)]])
    keys, united = dissolve.dissolve(by_zone.drop_duplicates(), codes[first], light)
    return Light(keys.to_frame(index=False), united)


def _rows(members: pd.DataFrame, codes: Shapes) -> np.ndarray[Any, Any]:
    place = pd.Series(np.arange(len(codes)), index=codes)
    return place.loc[members["commune_code"]].to_numpy()
