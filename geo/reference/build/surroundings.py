"""Build ``data/surroundings.geojson``: the land around France, its rivers and its lakes.

For display only, from Natural Earth (public domain, 1:10,000,000): the map's own ground, where no
tile server answers. ``python -m geo.reference.build --ground FOLDER`` reads a folder with
``countries-10m.json`` of the npm package world-atlas and four files of Natural Earth as GeoJSON.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.errors import MissingDataError
from geo.reference.build import fetch, toml
from geo.reference.build.clean import Shapes
from geo.reference.surroundings import ABROAD, LAKE, NAME, RIVER, STREAM

_LOG: Final = logging.getLogger(__name__)
COUNTRIES: Final = "countries-10m.json"
WATERS: Final = {
    "ne_10m_rivers_lake_centerlines.json": RIVER,
    "ne_10m_rivers_europe.json": STREAM,
    "ne_10m_lakes.json": LAKE,
    "ne_10m_lakes_europe.json": LAKE,
}
_IN_WORDS: Final = {
    "ne_10m_rivers_lake_centerlines.json": "cours d’eau",
    "ne_10m_rivers_europe.json": "cours d’eau d’Europe",
    "ne_10m_lakes.json": "lacs",
    "ne_10m_lakes_europe.json": "lacs d’Europe",
}
# West, south, east, north (degrees) of what a map of a part of France may show around it.
_AROUND: Final = (
    (-11.5, 38.0, 17.0, 55.0),
    (-66.0, 9.0, -57.0, 20.0),
    (-62.0, -4.0, -47.0, 9.0),
    (52.0, -24.0, 60.0, -18.0),
    (42.0, -16.0, 51.0, -10.0),
)
_FAR: Final = (  # what a phone, or the way from one island to the next, shows around
    (-25.0, 25.0, 35.0, 64.0),
    (-75.0, -6.0, -42.0, 24.0),
    (30.0, -28.0, 62.0, 0.0),
)
_WORLD: Final = ((-180.0, -60.0, 180.0, 85.0),)  # no map ends where its ground would be cut
_REACH: Final = 1.0  # degrees beyond France where waters are still drawn
_STRIP: Final = 0.12  # degrees of France under its own finer land: no gap along a border
_FINE: Final = {ABROAD: 0.008, RIVER: 0.004, STREAM: 0.004, LAKE: 0.003}  # degrees
_COARSER: Final = ((_FAR, 0.08, 0.003), (_WORLD, 0.7, 0.8))
"""What is farther, without waters: where, its detail (degrees), the least land (square degrees)."""
_HALF: Final = 180.0  # degrees of longitude
_DECIMALS: Final = 3  # 110 m, far under what the source knows
_FAR_DECIMALS: Final = 2
_LAND_GRID: Final = 0.01  # degrees: as much as land is simplified; a phone fetches a seventh less
_SPECK: Final = 2e-5  # square degrees: an islet that no map from afar shows


def build(data: Path, folder: Path) -> None:
    """Write the file and say in ``sources.toml`` where it comes from.

    Raises
    ------
    MissingDataError
        A file of the folder is absent: nothing is written then.
    """
    names = (COUNTRIES, *WATERS)
    if absent := [name for name in names if not (folder / name).is_file()]:
        raise MissingDataError(f"Il manque dans {folder} : {', '.join(absent)}.")
    france, others = _countries(folder / COUNTRIES)
    shapes = {ABROAD: _abroad(france, others)}
    reach = _clipped(france).buffer(_REACH)
    for name, role in WATERS.items():
        found = _clipped(_valid(gpd.read_file(folder / name, engine="pyogrio").geometry))
        near = shapely.intersection(found, reach)
        shapes[role] = shapely.union_all([*filter(None, [shapes.get(role)]), near])
    path = data / NAME
    path.write_text(json.dumps(_collection(shapes), separators=(",", ":")), encoding="utf-8")
    toml.save(data / "sources.toml", _sources(folder, path))
    _LOG.info("Terminé : %s (%d octets)", path, path.stat().st_size)


def _countries(path: Path) -> tuple[Shapes, Shapes]:
    """Return the shapes of France, then those of the other countries."""
    rows = gpd.read_file(path, engine="pyogrio", layer="countries")
    is_france = rows["name"] == "France"
    return _valid(rows[is_france].geometry), _cut_at_180(_valid(rows[~is_france].geometry))


def _cut_at_180(shapes: Shapes) -> Shapes:
    """Cut in two what goes over the 180th meridian, and would else go around the Earth."""
    parts = shapely.get_parts(shapes)
    west, _, east, _ = shapely.bounds(parts).T
    over = east - west > _HALF
    eastward = shapely.make_valid(
        shapely.transform(
            parts[over], lambda pairs: pairs + np.where(pairs[:, :1] < 0, (2 * _HALF, 0), 0)
        )
    )
    here = shapely.clip_by_rect(eastward, -_HALF, -90, _HALF, 90)
    beyond = shapely.clip_by_rect(eastward, _HALF, -90, 3 * _HALF, 90)
    back = shapely.transform(beyond, lambda pairs: pairs - (2 * _HALF, 0))
    return np.asarray(shapely.make_valid(np.concatenate([parts[~over], here, back])))


def _abroad(france: Shapes, others: Shapes) -> shapely.Geometry:
    """Return the land of the neighbours, a strip of France along it, and the rest of the world."""
    near = _clipped(others)
    strip = shapely.intersection(_clipped(france), near.buffer(_STRIP))
    whole = [_without_specks(shapely.simplify(near.union(strip), _FINE[ABROAD]), _SPECK)]
    nearer = _boxes(_AROUND)
    for boxes, detail, least in _COARSER:
        # What is far goes a little under what is near: its cut is simplified too.
        inner = nearer.buffer(-2 * detail, join_style="mitre")
        there = shapely.difference(_boxes(boxes), inner)
        far = shapely.union_all(shapely.intersection(others, there))
        coarse = _without_specks(shapely.simplify(far, detail), least)
        whole.append(shapely.make_valid(_rounded(coarse, _FAR_DECIMALS)))
        nearer = nearer.union(there)
    return _without_specks(shapely.set_precision(shapely.union_all(whole), _LAND_GRID), _SPECK)


def _boxes(boxes: Sequence[tuple[float, float, float, float]]) -> shapely.Geometry:
    return shapely.union_all([shapely.box(*one) for one in boxes])


def _without_specks(shape: shapely.Geometry, least: float) -> shapely.Geometry:
    """Keep the parts larger than so many square degrees."""
    return shapely.MultiPolygon([one for one in shapely.get_parts(shape) if one.area > least])


def _valid(shapes: gpd.GeoSeries) -> Shapes:
    geometries = shapes.to_numpy()
    return np.asarray(shapely.make_valid(geometries[~shapely.is_missing(geometries)]), dtype=object)


def _clipped(shapes: Shapes) -> shapely.Geometry:
    """Return what of the shapes is around a part of France."""
    parts = [shapely.clip_by_rect(shapes, *box) for box in _AROUND]
    return shapely.union_all(np.concatenate(parts))


def _rounded(shape: shapely.Geometry, decimals: int) -> shapely.Geometry:
    return shapely.transform(shape, lambda pairs: np.round(pairs, decimals))


def _collection(shapes: dict[str, shapely.Geometry]) -> dict[str, Any]:
    """Write one feature a role, simplified and rounded."""
    features = []
    for role, shape in shapes.items():
        light = shape if role == ABROAD else shapely.simplify(shape, _FINE[role])
        rounded = _rounded(light, _DECIMALS)
        properties = {"role": role}
        features.append({"type": "Feature", "properties": properties, "geometry": rounded})
    written = [
        {**feature, "geometry": shapely.geometry.mapping(feature["geometry"])}
        for feature in features
    ]
    return {"type": "FeatureCollection", "features": written}


def _sources(folder: Path, path: Path) -> list[dict[str, Any]]:
    shared = {
        "publisher": "Natural Earth",
        "vintage": "1:10 000 000",
        "url": "https://www.naturalearthdata.com",
        "licence": "Domaine public",
        "credit": "",
        "role": "input",
    }
    countries = {
        "id": "natural-earth-countries",
        "title": "Natural Earth, pays",
        "used_for": "terres voisines de la France, sur le fond du site",
        "date": "2019-03-17",
        "sha256": fetch.sha256(folder / COUNTRIES),
        "through": "npm world-atlas 2.0.2 (licence ISC)",
    }
    waters = [
        {
            "id": name.removesuffix(".json").replace("ne_10m_", "natural-earth-").replace("_", "-"),
            "title": f"Natural Earth, {_IN_WORDS[name]}",
            "used_for": "cours d’eau et lacs, sur le fond du site",
            "date": "2017-11-09",
            "sha256": fetch.sha256(folder / name),
            "through": "GitHub martynafford/natural-earth-geojson @0b9a6ce (CC0)",
        }
        for name in WATERS
    ]
    derived = {
        "id": NAME,
        "title": f"data/{NAME}",
        "publisher": "Catalyse",
        "vintage": "1:10 000 000",
        "url": "https://www.naturalearthdata.com",
        "used_for": "fond du site sans réseau : terres voisines, cours d’eau, lacs",
        "licence": "Domaine public",
        "date": "2019-03-17",
        "sha256": fetch.sha256(path),
        "role": "file",
    }
    return [*({**shared, **one} for one in (countries, *waters)), derived]
