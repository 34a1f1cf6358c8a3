"""GeoJSON, RFC 7946: WGS 84 longitude and latitude, right-hand rings, stable ids."""

import json
from typing import Any, Final

import pandas as pd
import shapely

from geo.output.caption import Caption
from geo.output.records import records

_DECIMALS: Final = 6


def catalysts_geojson(rows: pd.DataFrame, caption: Caption, *, with_unplaced: bool = False) -> str:
    """Write catalysts as points, with foreign members that say what they are.

    Catalysts without a point are counted in ``unplaced_count``; ``with_unplaced`` writes them
    too, with a null geometry. A catalyst's ``id`` is its ``catalyst_id``.
    """
    kept = rows if with_unplaced else rows[rows["longitude"].notna()]
    points = zip(kept["longitude"], kept["latitude"], strict=True)
    features = [
        {
            "type": "Feature",
            "id": record["catalyst_id"],
            "geometry": _point(lon, lat),
            "properties": record,
        }
        for record, (lon, lat) in zip(records(kept), points, strict=True)
    ]
    return _collection(caption.members(len(rows), int(rows["longitude"].notna().sum())), features)


def territories_geojson(
    rows: pd.DataFrame, geometries: list[shapely.Geometry], caption: Caption
) -> str:
    """Write territories as polygons: rows have ``territory_kind`` and ``territory_code``."""
    features = [
        {
            "type": "Feature",
            "id": f"{row['territory_kind']}:{row['territory_code']}",
            "geometry": _polygon(geometry),
            "properties": row,
        }
        for row, geometry in zip(rows.to_dict("records"), geometries, strict=True)
    ]
    return _collection(caption.members(len(rows), len(rows)), features)


def _point(lon: float, lat: float) -> dict[str, Any] | None:
    if lon != lon:  # noqa: PLR0124 - NaN: no point is known
        return None
    return {"type": "Point", "coordinates": [round(lon, _DECIMALS), round(lat, _DECIMALS)]}


def _polygon(geometry: shapely.Geometry) -> Any:
    oriented = shapely.orient_polygons(geometry)  # exterior rings run counter-clockwise
    return json.loads(shapely.to_geojson(shapely.set_precision(oriented, 0)))


def _collection(members: dict[str, object], features: list[dict[str, Any]]) -> str:
    document = {"type": "FeatureCollection", **members, "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
