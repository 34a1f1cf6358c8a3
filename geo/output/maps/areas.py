"""Areas that no reference holds: a list of communes, a drawn perimeter, one being drawn."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import shapely

from geo.output.maps.places import Bounds
from geo.output.webfiles import publish
from geo.reference import france

Layer = dict[str, Any]


@lru_cache(maxsize=32)
def _published(area: bytes, communes: tuple[str, ...], name: str) -> str:
    edge = {
        "type": "Feature",
        "properties": {"role": "perimeter", "name": name},
        "geometry": json.loads(shapely.to_geojson(shapely.from_wkb(area))),
    }
    names = france.communes()["commune_name"]
    inside = [
        {
            "type": "Feature",
            "properties": {"role": "commune", "code": code, "name": str(names[code])},
            "geometry": json.loads(shapely.to_geojson(france.geometry("commune", code))),
        }
        for code in communes
    ]
    return publish({"type": "FeatureCollection", "features": [edge, *inside]})


def own_area_layer(area: shapely.Geometry, communes: Sequence[str], name: str) -> Layer:
    """Draw an area (WGS 84) and, faint, the communes that make it, if any."""
    address = _published(shapely.to_wkb(area), tuple(communes), name)
    return {"type": "territory", "url": address, "name": name}


def sketch_layer(corners: Sequence[tuple[float, float]]) -> Layer:
    """Draw a perimeter in the making: its corners (longitude, latitude), numbered, and sides."""
    return {"type": "sketch", "corners": [[lat, lon] for lon, lat in corners]}


def area_bounds(area: shapely.Geometry) -> Bounds:
    """Return the box that holds an area, degrees."""
    west, south, east, north = (float(side) for side in area.bounds)
    return west, south, east, north
