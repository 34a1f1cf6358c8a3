"""The formats that a person is offered, in order, and the stable address of a file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from geo.errors import AtlasError

if TYPE_CHECKING:  # to name the formats of a page needs none of the tables that they hold
    from geo.output.exports.model import Export

Writer = Callable[["Export"], Iterator[bytes]]


@dataclass(frozen=True)
class Format:
    """One format: what a person reads of it, its type, and where its writer is."""

    id: str
    label: str
    help: str
    media_type: str
    module: str
    writer: str

    def write(self, export: "Export") -> Iterator[bytes]:
        """Write an export piece by piece; the writer is imported when first asked for.

        Raises
        ------
        AtlasError
            The format holds one table and the export is whole only with all of its own, or it
            draws places and the export has none.
        """
        if not export.main.shape and self.id not in TABLES:
            raise AtlasError(
                f"{export.main.title} : pas de lieu, donc pas de fichier {self.label}. "
                f"Choisissez {' ou '.join(TABLES)}."
            )
        if self.id in GRAPHS and export.main.subject != NETWORK:
            raise AtlasError(
                f"{export.caption.title} : un fichier {self.label} ne tient qu’un réseau. "
                f"Demandez celui des alliances : /exports/{NETWORK}.{self.id}"
            )
        if export.whole and self.id not in LAYERED:
            raise AtlasError(
                f"{export.caption.title} ne tient pas dans un fichier {self.label}, qui n’a qu’une "
                f"table. Choisissez {', '.join(LAYERED)}, ou exportez à part les acteurs, les "
                "alliances et les projets."
            )
        writer: Writer = getattr(import_module(f"geo.output.exports.{self.module}"), self.writer)
        return writer(export if self.id in (*LAYERED, *GRAPHS) else export.alone)

    def content(self, export: "Export") -> bytes:
        """Write an export whole."""
        return b"".join(self.write(export))


_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final = {
    one.id: one
    for one in (
        Format("xlsx", "Excel", "un classeur, codes et libellés", _XLSX, "xlsx", "xlsx"),
        Format("csv", "CSV (tableur)", "à relire ici ou ailleurs", "text/csv", "csv", "table_csv"),
        Format("geojson", "GeoJSON (carte)", "pour une autre carte", "application/geo+json",
               "geojson", "geojson"),
        Format("gpkg", "QGIS (GeoPackage)", "toutes les couches, déjà dessinées",
               "application/geopackage+sqlite3", "geopackage", "geopackage"),
        Format("html", "Carte à ouvrir sans Internet (HTML)", "un seul fichier, filtres et liste",
               "text/html", "html", "html"),
        Format("kml", "Google Earth (KML)", "points, lignes et périmètres",
               "application/vnd.google-earth.kml+xml", "kml", "kml"),
        Format("parquet", "GeoParquet", "pour DuckDB, Python ou R",
               "application/vnd.apache.parquet", "parquet", "parquet"),
        Format("graphml", "GraphML", "le réseau, pour Gephi, Kumu ou yEd",
               "application/graphml+xml", "graphs", "graphml"),
        Format("gexf", "GEXF", "le réseau déjà dessiné, pour Gephi", "application/gexf+xml",
               "graphs", "gexf"),
    )
}  # fmt: skip
"""Every format, by the ending of its files, in the order a person is offered them."""


LAYERED: Final = ("gpkg", "html", "xlsx", "kml")
"""Formats that hold several tables."""
TABLES: Final = ("xlsx", "csv")
"""Formats that draw nothing: those of what has no place."""
GRAPHS: Final = ("graphml", "gexf")
"""Formats of who is joined to whom: those of a network alone."""
NETWORK: Final = "network"
"""The subject whose rows are joined."""


def export_url(subject: str, form: str, query: Mapping[str, Any]) -> str:
    """Return the stable address of an export: the view's own parameters, empty ones left out."""
    pairs = [
        (name, one)
        for name, value in query.items()
        for one in (value if isinstance(value, (list, tuple)) else [value])
        if str(one or "")
    ]
    return f"/exports/{subject}.{form}{f'?{urlencode(pairs)}' if pairs else ''}"
