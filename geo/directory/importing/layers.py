"""Read files of maps through GDAL: the layers that hold records, one under the other."""

import codecs
import re
import tempfile
import warnings
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyogrio._ogr import _register_drivers
from pyogrio.errors import DataLayerError, DataSourceError

from geo.directory.importing.coordinate_systems import geometries_of, in_wgs84
from geo.directory.importing.errors import bad_file, check_size
from geo.directory.importing.geopackage_tables import check_tables
from geo.directory.importing.header_row import sheets_notice
from geo.directory.importing.json_records import frame
from geo.directory.importing.limits import Limits
from geo.directory.importing.table import Table
from geo.french import count, quoted, typeset

_REMEDY: Final = "vérifiez-le dans QGIS puis exportez-le à nouveau"
# What LIBKML adds to every placemark: how it is drawn, not what it is.
_DRAWN: Final = frozenset(
    ("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
     "drawOrder", "icon", "snippet")
)  # fmt: skip
_FOLDER: Final = "dossier"
_TITLES: Final = {"gpkg": "GPKG", "kml": "KML", "gpx": "GPX", "gml": "GML", "fgb": "FlatGeobuf",
                  "shp": "Shapefile"}  # fmt: skip
_XML: Final = frozenset(("kml", "gpx", "gml"))
_DRIVERS: Final = {
    "gpkg": {"GPKG"},
    "kml": {"LIBKML", "KML"},
    "gpx": {"GPX"},
    "gml": {"GML"},
    "fgb": {"FlatGeobuf"},
    "shp": {"ESRI Shapefile"},
}
"""Of the formats that GDAL reads, those of each form."""
# An address where GDAL would go to fetch the description of a GML.
_SCHEMA: Final = re.compile(
    rb"""\s[\w.-]+:(?:noNamespaceS|s)chemaLocation\s*=\s*(?:"[^"]*"|'[^']*')"""
)
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARED: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_LINK: Final = b"<NetworkLink"
_ABOUT: Final = "a_propos"
_OURS: Final = ("catalysts", "actors")
_PLACES: Final = "waypoints"
_LINES: Final = (("tracks", "trace"), ("routes", "itinéraire"))


def forget_other_formats() -> None:
    """Leave GDAL, in this process, the formats read here.

    It tells a file by its content, whatever its name and its beginning: three lines in a KML make
    it a virtual format, which reads any file of this machine or asks any server for one.
    """
    own = set().union(*_DRIVERS.values())
    others = sorted(pyogrio.list_drivers().keys() - own)
    pyogrio.set_gdal_config_options({"GDAL_SKIP": ",".join(others)})
    _register_drivers()  # what takes the option into account; of pyogrio's, nothing public does
    if left := pyogrio.list_drivers().keys() - own:
        raise RuntimeError(f"GDAL keeps {sorted(left)}")


def read_layers(
    parts: dict[str, bytes], name: str, limits: Limits, form: str, sheet: str = ""
) -> Table:
    """Read the layers of a file of maps: all of a KML, the first that is not empty of another.

    Parameters
    ----------
    parts
        What the file is made of, by suffix: several for a Shapefile.

    Raises
    ------
    BadFileError
        Damaged, without a record, or in a system of coordinates that nobody knows.
    """
    title = _TITLES[form]
    if form == "gpkg":
        check_tables(parts[".gpkg"], name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"import.{form}"
        for suffix, data in parts.items():
            path.with_suffix(suffix).write_bytes(_safe(data, name, form))
        try:
            with warnings.catch_warnings(action="ignore"):  # GDAL's, on what it then refuses
                return _read(path, name, limits, sheet)
        except (DataSourceError, DataLayerError, ValueError, UnicodeDecodeError):
            raise bad_file(name, f"le {title} est illisible", _REMEDY) from None


def _safe(data: bytes, name: str, form: str) -> bytes:
    """Leave out of an XML what would send its reader elsewhere."""
    if form not in _XML:
        return data
    if data.startswith(_UTF_16):  # which GDAL does not read
        data = _DECLARED.sub("", data.decode("utf-16", "replace")).encode()
    if re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        why = f"il contient une déclaration DOCTYPE, que le {_TITLES[form]} n’utilise pas"
        raise bad_file(name, why, _REMEDY)
    return _SCHEMA.sub(b"", data)


def _read(path: Path, name: str, limits: Limits, sheet: str) -> Table:
    form = path.suffix[1:]
    if pyogrio.read_info(path)["driver"] not in _DRIVERS[form]:
        raise DataSourceError
    found = {str(layer): kind for layer, kind in pyogrio.list_layers(path)}
    if sheet and sheet not in found:
        raise bad_file(name, f"aucune couche ne s’appelle « {sheet[:60]} »", "choisissez-en une")
    wanted = [sheet] if sheet else _wanted(path, found)
    sentences, texts, shapes = list[str](), list[dict[str, str]](), list[Any]()
    for layer in wanted:
        info = pyogrio.read_info(path, layer=layer)
        check_size(name, len(texts) + max(info["features"], 0), len(info["fields"]), limits)
        meta, _, geometry, fields = pyogrio.raw.read(path, layer=layer)
        some = len(geometry) if geometry is not None else len(fields[0])
        places = np.full(some, None, dtype=object)
        if geometry is not None:
            places, bad = geometries_of(geometry, shapely.from_wkb, len(texts) + 1)
            places, moved = in_wgs84(places, str(meta["crs"] or ""), name, len(texts) + 1)
            sentences.extend((*bad, *moved))
        names = [str(field) for field in meta["fields"]]
        texts.extend(_records(names, fields, layer if len(wanted) > 1 else "", form, some))
        shapes.extend(places)
    if not texts and form == "kml" and _LINK in path.read_bytes():
        why = "il ne contient qu’un lien vers une carte en ligne"
        raise bad_file(name, why, "exportez la carte elle-même en KML, sans « lien réseau »")
    if not texts:
        nothing = "aucun point d’intérêt" if form == "gpx" else "aucun élément"
        raise bad_file(name, f"il ne contient {nothing}", "vérifiez la couche exportée")
    sentences = [
        f"{_TITLES[form]}, {count(len(texts), 'élément')}.",
        *_layers_said(path, found, wanted),
        *sentences,
    ]
    rows = np.arange(1, len(texts) + 1, dtype=np.int64)
    geometries = np.array([*shapes, None], dtype=object)[:-1]  # else an array of their points
    return Table(
        name, form, frame(texts, name, limits), rows, geometries,
        header_row=0, sheet=wanted[0], sheets=tuple(found),
        notices=tuple(typeset(text) for text in dict.fromkeys(sentences)),
    )  # fmt: skip


def _wanted(path: Path, found: dict[str, Any]) -> list[str]:
    """Choose layers: every one of a KML, the places of a GPX, else the first that holds some."""
    if path.suffix == ".gpx":
        return [_PLACES]
    placed = [layer for layer, kind in found.items() if kind is not None] or [*found]
    if path.suffix == ".kml":
        return placed
    ours = [layer for layer in _OURS if layer in found and _ABOUT in found]
    filled = (one for one in ours or placed if _element_count(path, one))
    return [next(filled, placed[0])]


def _element_count(path: Path, layer: str) -> int:
    """Count the elements of a layer."""
    return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])


def _layers_said(path: Path, found: dict[str, Any], wanted: list[str]) -> Iterator[str]:
    """Say which layers are read, and what is left of those that are not."""
    if path.suffix == ".gpx":
        tracks = {noun: _element_count(path, one) for one, noun in _LINES}
        if any(tracks.values()):
            left = " et ".join(count(times, noun) for noun, times in tracks.items() if times)
            yield f"Points d’intérêt lus ; non repris, faute d’être des acteurs : {left}."
    elif len(wanted) < len(found):
        yield sheets_notice([*found], wanted[0])
    elif len(wanted) > 1:
        yield f"Dossiers lus : {', '.join(quoted(layer) for layer in wanted)}."


def _records(
    names: list[str], fields: list[Any], layer: str, form: str, times: int
) -> Iterator[dict[str, str]]:
    indices = [i for i, name in enumerate(names) if form != "kml" or name not in _DRAWN]
    more = {_FOLDER: layer} if layer else {}
    columns = (
        zip(*(fields[i].tolist() for i in indices), strict=True) if indices else repeat((), times)
    )
    for values in columns:
        pairs = zip(indices, values, strict=True)
        yield {**{names[i]: _text(value) for i, value in pairs}, **more}


def _text(value: Any) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
