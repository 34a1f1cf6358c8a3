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

__all__ = ["FORMATS", "GRAPHS", "LAYERED", "NETWORK", "TABLES", "Format", "export_url"]
