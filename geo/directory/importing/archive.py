"""Read what a zip holds: a workbook, a KMZ, a Shapefile, or one file of another form."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Final

from geo.directory.importing.errors import bad_file
from geo.directory.importing.header_row import sheets_notice
from geo.directory.importing.layers import read_layers
from geo.directory.importing.limits import Limits
from geo.directory.importing.spreadsheet import read_spreadsheet
from geo.directory.importing.table import Table
from geo.directory.importing.zipped import check_zip, names_of, part_of
from geo.french import either, quoted

_BOOKS: Final = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
_DOCUMENTS: Final = {
    "word/document.xml": "un document Word",
    "ppt/presentation.xml": "une présentation PowerPoint",
}
_COPY: Final = "recopiez son tableau dans un tableur et enregistrez-le en .xlsx"
_SHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST: Final = "META-INF/manifest.xml"
_SEALED: Final = b"encryption-data"
_OF_SHAPEFILE: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_ASIDE: Final = (".txt", ".md", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".xsd", ".sbn", ".sbx")
_MAIN: Final = "doc.kml"
_TABLES: Final = frozenset(
    (".csv", ".tsv", ".xlsx", ".xlsb", ".xls", ".ods", ".json", ".geojson", ".parquet", ".gpkg",
     ".fgb", ".gpx", ".gml", ".zip")
)  # fmt: skip
_OTHERS: Final = {
    ".iwa": ("c’est un classeur Numbers d’Apple", "exportez-le de Numbers en .xlsx ou en CSV"),
    ".tab": ("c’est une table MapInfo", "exportez-la en GeoJSON ou en GeoPackage depuis QGIS"),
    ".qgs": ("c’est un projet QGIS, sans ses données", "exportez la couche en GeoPackage"),
}
"""What is known by one of its parts and not read: what it is, what to do."""
_SHOWN: Final = 5
Read = Callable[[bytes], Table]


def read_archive(data: bytes, name: str, limits: Limits, sheet: str, read: Read) -> Table:
    """Read a zip, whatever it is called; ``read`` reads a single file that it holds.

    Raises
    ------
    BadFileError
        Damaged, encrypted, too large, of no known content, or of several files.
    """
    parts = [part for part in check_zip(data, name, limits) if not part.endswith("/")]
    book = next((form for part, form in _BOOKS.items() if part in parts), "")
    if book or "content.xml" in parts:
        return read_spreadsheet(data, name, limits, sheet, book or _office(data, name))
    if "encrypted-package" in parts:
        raise _sealed(name)
    if what := next((what for part, what in _DOCUMENTS.items() if part in parts), ""):
        raise bad_file(name, f"c’est {what}", _COPY)
    seen = [part for part in parts if not _hidden(part)]
    shapes = [part for part in seen if _suffix(part) == ".shp"]
    if shapes:
        return _shapefile(data, name, limits, sheet, shapes)
    if other := next((_OTHERS[_suffix(part)] for part in seen if _suffix(part) in _OTHERS), None):
        raise bad_file(name, *other)
    useful = _document(seen) or [part for part in seen if _suffix(part) not in _ASIDE]
    if len(useful) == 1:
        return read(part_of(data, useful[0], name))
    if not useful:
        raise bad_file(name, "cette archive ne contient aucun tableau", "vérifiez l’export")
    found = ", ".join(quoted(part[:60]) for part in useful[:_SHOWN])
    remedy = "décompressez-la et choisissez un fichier"
    raise bad_file(name, f"cette archive contient plusieurs fichiers ({found})", remedy)


def _document(parts: list[str]) -> list[str]:
    """Return the document of a KMZ, whose other parts are what it draws with; else nothing.

    A table beside it, or another document when none is the main one, may be what was meant.
    """
    documents = [part for part in parts if _suffix(part) == ".kml"]
    main = [part for part in documents if part.lower() == _MAIN] or documents
    beside = any(_suffix(part) in _TABLES for part in parts)
    return main if len(main) == 1 and not beside else []


def _office(data: bytes, name: str) -> str:
    if _MANIFEST in names_of(data) and _SEALED in part_of(data, _MANIFEST, name):
        raise _sealed(name)
    kind = part_of(data, "mimetype", name) if "mimetype" in names_of(data) else _SHEET
    if not kind.startswith(_SHEET):
        raise bad_file(name, "c’est un document LibreOffice qui n’est pas un classeur", _COPY)
    return "ods"


def _sealed(name: str) -> Exception:
    why = "c’est un classeur protégé par un mot de passe"
    return bad_file(name, why, "ouvrez-le dans un tableur et enregistrez-le sans mot de passe")


def _shapefile(data: bytes, name: str, limits: Limits, sheet: str, shapes: list[str]) -> Table:
    """Read one Shapefile, the first unless another is named; its parts share a name."""
    stems = [PurePosixPath(shape).stem for shape in shapes]
    if sheet and sheet not in stems:
        raise bad_file(name, f"aucune couche ne s’appelle « {sheet[:60]} »", "choisissez-en une")
    at = stems.index(sheet) if sheet else 0
    stem = shapes[at][: -len(".shp")]
    parts = {
        _suffix(part): part_of(data, part, name)
        for part in names_of(data)
        if part[: -len(".shp")] == stem and _suffix(part) in _OF_SHAPEFILE
    }
    if lacking := [suffix for suffix in _OF_SHAPEFILE[:3] if suffix not in parts]:
        why = f"le Shapefile de cette archive est incomplet, il lui manque {either(lacking)}"
        raise bad_file(name, why, "réunissez .shp, .shx, .dbf, .prj et .cpg dans le .zip")
    table = read_layers(parts, name, limits, "shp")
    return table.noting(sheets_notice(stems, stems[at])) if len(stems) > 1 else table


def _suffix(part: str) -> str:
    return PurePosixPath(part).suffix.lower()


def _hidden(part: str) -> bool:
    """Tell what a system adds to a zip by itself."""
    return part.startswith("__MACOSX/") or PurePosixPath(part).name.startswith((".", "Thumbs.db"))
