"""Tell what a file is by its content, whatever its name; refuse by name what is not read."""

import re
from typing import Final

from geo.directory.importing.delimited import decoded
from geo.directory.importing.errors import bad_file

_AS_TABLE: Final = "exportez-le en CSV, XLSX ou GeoJSON"
_COPY: Final = "recopiez son tableau dans un tableur et enregistrez-le en .xlsx"
_UNPACK: Final = "décompressez-le et choisissez le fichier qu’il contient"
_MAGIC: Final = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"SQLite format 3\0": "gpkg",
    b"PAR1": "parquet",
    b"fgb\x03": "fgb",
}
# Where SQLite says whose file it is, and what a GeoPackage says there.
_APPLICATION: Final = slice(68, 72)
_OF_GPKG: Final = (b"GPKG", b"GP10", b"GP11")
_FOREIGN: Final = {
    b"%PDF": ("un PDF", _COPY),
    b"{\\rtf": ("un document de texte (RTF)", _COPY),
    b"\x89PNG": ("une image (PNG)", "choisissez le tableau, pas son image"),
    b"\xff\xd8\xff": ("une image (JPEG)", "choisissez le tableau, pas son image"),
    b"GIF8": ("une image (GIF)", "choisissez le tableau, pas son image"),
    b"II*\0": ("une image (TIFF)", "choisissez le tableau, pas son image"),
    b"7z\xbc\xaf": ("une archive 7z", _UNPACK),
    b"Rar!": ("une archive RAR", _UNPACK),
    b"\x1f\x8b": ("une archive gzip", _UNPACK),
    b"\0\0\x27\x0a": (
        "une seule des parties d’un Shapefile",
        "réunissez .shp, .shx, .dbf, .prj et .cpg dans un .zip",
    ),
}
_FOREIGN_TEXT: Final = {
    "BEGIN:VCARD": ("un carnet d’adresses (vCard)", "exportez vos contacts en CSV"),
    "BEGIN:VCALENDAR": ("un agenda (iCalendar)", "choisissez le tableau des acteurs"),
}
_OLE: Final = b"\xd0\xcf\x11\xe0"
_OLD: Final = {
    "EncryptedPackage": (
        "un classeur protégé par un mot de passe",
        "ouvrez-le dans un tableur et enregistrez-le sans mot de passe",
    ),
    "WordDocument": ("un document Word", _COPY),
    "PowerPoint Document": ("une présentation PowerPoint", _COPY),
}
"""Older Office files, by the name of the part that only they have."""
_SEALED: Final = "EncryptedPackage"
# The record that begins an Excel workbook of 1995 or 1997, and the one that says a password.
_BEGINS: Final = re.compile(rb"\x09\x08[\x08\x10]\0\0[\x05\x06]\x05\0", re.DOTALL)
_FILEPASS: Final = 0x2F
_FIRST: Final = 8

_ASIDE: Final = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE
)
_ROOT: Final = re.compile(r"\s*<(?:[\w.-]+:)?([\w.-]+)")
_DOCTYPE_HTML: Final = re.compile(r"<!doctype html", re.IGNORECASE)
_XML: Final = {"kml": "kml", "gpx": "gpx", "featurecollection": "gml"}
_HTML: Final = frozenset(("html", "head", "body", "table", "div", "style", "meta", "center", "p"))
_ROOTS: Final = {
    **dict.fromkeys(
        _HTML,
        ("une page web (HTML)", "ouvrez-la dans un tableur et enregistrez son tableau en .xlsx"),
    ),
    "osm": (
        "un extrait d’OpenStreetMap (XML OSM)",
        "exportez-le en GeoJSON, par exemple depuis QGIS ou overpass turbo",
    ),
    "workbook": ("un classeur XML d’Excel 2003", "enregistrez-le en .xlsx"),
    "svg": ("une image (SVG)", "choisissez le tableau, pas son image"),
}


def form_of(data: bytes, name: str) -> str:
    """Return the form of a file: « csv » for a text that is no other form.

    Raises
    ------
    BadFileError
        It is of a kind that is known and not read, or no text at all.
    """
    form = next((form for magic, form in _MAGIC.items() if data.startswith(magic)), "")
    if form == "gpkg" and data[_APPLICATION] not in _OF_GPKG:
        remedy = "exportez sa table en CSV, ou sa couche en GeoPackage"
        raise bad_file(name, "c’est une base SQLite ou SpatiaLite", remedy)
    if form:
        return form
    if data.startswith(_OLE):
        return _old_office(data, name)
    for magic, (what, remedy) in _FOREIGN.items():
        if data.startswith(magic):
            raise bad_file(name, f"c’est {what}", remedy)
    text = decoded(data, name)[1].removeprefix("\ufeff").lstrip()
    for beginning, (what, remedy) in _FOREIGN_TEXT.items():
        if text.startswith(beginning):
            raise bad_file(name, f"c’est {what}", remedy)
    if text.startswith("<"):
        return _xml(text, name)
    return "json" if text.startswith(("{", "[", "\x1e")) else "csv"


def _old_office(data: bytes, name: str) -> str:
    for part, (what, remedy) in _OLD.items():
        if part.encode("utf-16-le") in data or (part == _SEALED and _is_sealed(data)):
            raise bad_file(name, f"c’est {what}", remedy)
    return "xls"


def _is_sealed(data: bytes) -> bool:
    """Tell an older workbook whose records are encrypted: one of the first says so."""
    found = _BEGINS.search(data)
    at = found.start() if found else len(data)
    for _ in range(_FIRST):
        kind, size = (int.from_bytes(data[i : i + 2], "little") for i in (at, at + 2))
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False


def _xml(text: str, name: str) -> str:
    """Tell a text of tags by its first one, past what may stand before it."""
    at = 0
    while aside := _ASIDE.match(text, at):
        if _DOCTYPE_HTML.search(aside[0]):
            raise _not_read("html", name)
        at = aside.end()
    root = _ROOT.match(text, at)
    tag = root[1].lower() if root else ""
    if tag not in _XML:
        raise _not_read(tag, name)
    return _XML[tag]


def _not_read(tag: str, name: str) -> Exception:
    unknown = (f"un document XML (« {tag[:40]} »)" if tag else "un texte de balises", _AS_TABLE)
    what, remedy = _ROOTS.get(tag, unknown)
    return bad_file(name, f"c’est {what}", remedy)
