"""Read GeoPackage and KML through GDAL: the layers that hold records, one under the other."""

import re
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from geo.directory.importing.features import frame
from geo.directory.importing.header import sheets_notice
from geo.directory.importing.limits import Limits
from geo.directory.importing.refusal import check_size, refused
from geo.directory.importing.systems import in_wgs84
from geo.directory.importing.table import Table
from geo.french import count, quoted, typeset

_REMEDY: Final = "vérifiez-le dans QGIS puis exportez-le à nouveau"
# What LIBKML adds to every placemark: how it is drawn, not what it is.
_DRAWN: Final = frozenset(
    ("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
     "drawOrder", "icon", "snippet")
)  # fmt: skip
_FOLDER: Final = "dossier"


def read_layers(data: bytes, name: str, limits: Limits, sheet: str = "") -> Table:
    """Read the layers of a GeoPackage or a KML file: all of a KML, one of a GeoPackage.

    Raises
    ------
    BadFileError
        Damaged, without a record, or in a system of coordinates that nobody knows.
    """
    form = "gpkg" if data.startswith(b"SQLite format 3") else "kml"
    if form == "kml" and re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        why = "il contient une déclaration DOCTYPE, que le KML n’utilise pas"
        raise refused(name, why, _REMEDY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"import.{form}"
        path.write_bytes(data)
        try:
            with warnings.catch_warnings(action="ignore"):  # GDAL's, on what it then refuses
                return _read(path, name, limits, sheet)
        except (DataSourceError, DataLayerError, ValueError, UnicodeDecodeError):
            raise refused(name, f"le {form.upper()} est illisible", _REMEDY) from None


def _read(path: Path, name: str, limits: Limits, sheet: str) -> Table:
    form = path.suffix[1:]
    found = {str(layer): kind for layer, kind in pyogrio.list_layers(path)}
    if sheet and sheet not in found:
        raise refused(name, f"aucune couche ne s’appelle « {sheet[:60]} »", "choisissez-en une")
    drawn = [layer for layer, kind in found.items() if kind is not None] or [*found]
    wanted = [sheet] if sheet else (drawn if form == "kml" else drawn[:1])
    said, texts, shapes = list[str](), list[dict[str, str]](), list[Any]()
    for layer in wanted:
        info = pyogrio.read_info(path, layer=layer)
        check_size(name, len(texts) + max(info["features"], 0), len(info["fields"]), limits)
        meta, _, geometry, fields = pyogrio.raw.read(path, layer=layer)
        places = shapely.force_2d(shapely.from_wkb(geometry)) if geometry is not None else None
        if places is not None:
            places, moved = in_wgs84(np.asarray(places), str(meta["crs"] or ""), name)
            said.extend(moved)
        names = [str(field) for field in meta["fields"]]
        some = [*_records(names, fields, layer if len(wanted) > 1 else "", form)]
        texts.extend(some)
        shapes.extend([None] * len(some) if places is None else places)
    if not texts:
        raise refused(name, "il ne contient aucun élément", "vérifiez la couche exportée")
    said.insert(0, f"{form.upper()}, {count(len(texts), 'élément')}.")
    if len(wanted) < len(found):
        said.append(sheets_notice([*found], wanted[0]))
    elif len(wanted) > 1:
        said.append(f"Dossiers lus : {', '.join(quoted(layer) for layer in wanted)}.")
    rows = np.arange(1, len(texts) + 1, dtype=np.int64)
    geometries = np.array([*shapes, None], dtype=object)[:-1]  # else an array of their points
    return Table(
        name, form, frame(texts, name, limits), rows, geometries,
        header_row=0, sheet=wanted[0], sheets=tuple(found),
        notices=tuple(typeset(text) for text in dict.fromkeys(said)),
    )  # fmt: skip


def _records(
    names: list[str], fields: list[Any], layer: str, form: str
) -> Iterator[dict[str, str]]:
    kept = [i for i, name in enumerate(names) if form != "kml" or name not in _DRAWN]
    more = {_FOLDER: layer} if layer else {}
    for values in zip(*(fields[i].tolist() for i in kept), strict=True):
        pairs = zip(kept, values, strict=True)
        yield {**{names[i]: _text(value) for i, value in pairs}, **more}


def _text(value: Any) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
