"""Outlines of territories as GeoJSON that a browser fetches once and keeps.

For display only: shared edges were simplified together (500 m or 1,000 m) and coordinates are
rounded to 4 decimals (11 m). A single territory is given in full detail, to 5 decimals (1 m).
"""

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc
import shapely

from geo.errors import MissingDataError, UnknownCodeError
from geo.output.webfiles import WebFile, web_file
from geo.query.parameters import DRAWN_KINDS
from geo.reference import france
from geo.reference.parquet import parquet
from geo.settings import settings

TOLERANCES: Final = (500, 1000)
MEMBERS_IN_FULL: Final = 80
_DECIMALS, _FULL_DECIMALS = 4, 5
_SPECK: Final = 1.2e-6  # square degrees, about a hectare in France


def _path(tolerance: int) -> Path:
    path = settings().reference / f"outlines_{tolerance}.parquet"
    if not path.is_file():
        raise MissingDataError(f"Les contours manquent : {path}. Lancez « make reference ».")
    return path


@cache
def _version(tolerance: int) -> str:
    return sha256(_path(tolerance).read_bytes()).hexdigest()[:12]


def layers_version() -> str:
    """Return what the address of a layer in full detail ends with: it changes with the build."""
    return _version(500)


def _wkb(kind: str, tolerance: int) -> tuple[list[str], npt.NDArray[np.object_]]:
    """Read codes and geometries of one kind, ordered by code."""
    table = parquet(_path(tolerance)).read()
    rows = table.filter(pc.equal(table["territory_kind"], kind)).sort_by("territory_code")
    codes: list[str] = rows["territory_code"].to_pylist()
    return codes, shapely.from_wkb(rows["geometry"].to_numpy())


@cache
def outline_codes(kind: str) -> list[str]:
    """List the codes of one kind in the order of its outlines, at every tolerance."""
    return _wkb(kind, 1000)[0]


@cache
def outline_shapes(kind: str, tolerance: int) -> npt.NDArray[np.object_]:
    """Return the outlines of one kind, simplified to a tolerance in metres (WGS 84, lon/lat)."""
    return _wkb(kind, tolerance)[1]


def outline_url(kind: str, tolerance: int = 1000) -> str:
    """Return the address of the outlines of one kind; it changes with their content."""
    return f"/layers/{kind}_{tolerance}.geojson?v={_version(tolerance)}"


def boxes(kind: str) -> dict[str, list[float]]:
    """Return the box of every territory of one kind: west, south, east, north, to a kilometre."""
    codes, shapes = _wkb(kind, 1000)
    return dict(zip(codes, shapely.bounds(shapes).round(2).tolist(), strict=True))


def _rounded(geometries: Iterable[Any], decimals: int) -> npt.NDArray[np.object_]:
    found = np.asarray(list(geometries), dtype=object)
    rounded = shapely.transform(found, lambda pairs: np.round(pairs, decimals))
    return np.array([_without_specks(shape) for shape in rounded], dtype=object)


def _without_specks(shape: Any) -> Any:
    """Fill holes under a hectare: where two edges do not quite meet, they draw as dots."""
    parts = [
        shapely.Polygon(part.exterior, [r for r in part.interiors if _area(r) > _SPECK])
        for part in shapely.get_parts(shape)
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _area(ring: Any) -> float:
    return float(shapely.area(shapely.Polygon(ring)))


def _collection(
    properties: list[dict[str, str]], geometries: Iterable[Any], decimals: int = _DECIMALS
) -> WebFile:
    shapes = shapely.to_geojson(_rounded(geometries, decimals))
    features = ",".join(
        f'{{"type":"Feature","properties":{json.dumps(attributes, ensure_ascii=False)},'
        f'"geometry":{shape}}}'
        for attributes, shape in zip(properties, shapes, strict=True)
    )
    text = f'{{"type":"FeatureCollection","features":[{features}]}}'
    return web_file(text.encode(), ".geojson")


@cache
def outlines(kind: str, tolerance: int) -> WebFile:
    """Write the outlines of every territory of one kind, with code and name.

    Raises
    ------
    UnknownCodeError
        No outlines are drawn for that kind or tolerance.
    """
    if kind not in DRAWN_KINDS or tolerance not in TOLERANCES:
        raise UnknownCodeError(f"Aucun contour n’est dessiné pour « {kind} » à {tolerance} m.")
    codes, geometries = _wkb(kind, tolerance)
    names = france.territories().loc[kind]["territory_name"]
    return _collection([{"code": code, "name": str(names[code])} for code in codes], geometries)


def territory_url(kind: str, code: str) -> str:
    """Return the address of one territory's perimeter and communes."""
    return f"/layers/{kind}/{code}.geojson?v={_version(500)}"


@lru_cache(maxsize=128)
def territory(kind: str, code: str) -> WebFile:
    """Write one perimeter, in full detail, and the communes in it.

    Communes come in full detail up to 80 of them, else simplified (500 m).

    Raises
    ------
    UnknownCodeError
        No territory of that kind has that code.
    """
    perimeter = france.geometry(kind, code)
    properties = [{"role": "perimeter", "code": code}]
    members = [] if kind == "commune" else _members(kind, code)
    names = france.communes()["commune_name"]
    properties += [{"role": "commune", "code": one, "name": str(names[one])} for one in members]
    return _collection(properties, [perimeter, *_commune_shapes(members)], _FULL_DECIMALS)


def _members(kind: str, code: str) -> list[str]:
    rows = france.membership()
    chosen = rows[(rows["territory_kind"] == kind) & (rows["territory_code"] == code)]
    return sorted(chosen["commune_code"])


def _commune_shapes(codes: list[str]) -> list[Any]:
    if not codes:
        return []
    if len(codes) <= MEMBERS_IN_FULL:
        known = france.communes().index.get_indexer(pd.Index(codes))
        return list(france.commune_geometries()[known])
    all_codes, shapes = _simplified_communes()
    return [shapes[all_codes[code]] for code in codes]


@cache
def _simplified_communes() -> tuple[dict[str, int], npt.NDArray[np.object_]]:
    codes, shapes = _wkb("commune", 500)
    return {code: index for index, code in enumerate(codes)}, shapes
