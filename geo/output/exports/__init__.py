"""Files that leave the app: one writer a format over the same tables, and their address."""

from geo.output.exports.formats import (
    FORMATS,
    GRAPHS,
    LAYERED,
    NETWORK,
    TABLES,
    Format,
    export_url,
)
from geo.output.exports.model import Export

__all__ = ["FORMATS", "GRAPHS", "LAYERED", "NETWORK", "TABLES", "Export", "Format", "export_url"]
