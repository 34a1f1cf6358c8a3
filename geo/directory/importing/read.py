"""Read any file a territory may hold, by what it is and not by what it is called."""

import re
from pathlib import Path
from typing import Final

from geo.directory.importing.delimited import read_csv
from geo.directory.importing.features import read_json
from geo.directory.importing.layers import read_layers
from geo.directory.importing.limits import Limits
from geo.directory.importing.parquet import MAGIC, read_parquet
from geo.directory.importing.refusal import content, refused
from geo.directory.importing.spreadsheet import looks_zipped, read_spreadsheet
from geo.directory.importing.table import Table

_NO_LIMITS: Final = Limits()
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_SQLITE: Final = b"SQLite format 3"
_KML: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:\?xml|kml)", re.IGNORECASE)
_JSON: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*[\[{]")
_HTML: Final = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)", re.IGNORECASE)
_HEAD: Final = 4096


def read_table(
    source: Path | str | bytes, name: str = "", *, limits: Limits = _NO_LIMITS, sheet: str = ""
) -> Table:
    """Read a file: CSV, XLSX, ODS, GeoJSON, GeoPackage, KML, uMap or GoGoCarto export.

    Parameters
    ----------
    source
        Its path, or its bytes.
    name
        What to call it; the name of the path when empty.
    sheet
        Sheet or layer to read; the first that holds something when empty.

    Raises
    ------
    BadFileError
        It cannot be read, or is beyond the limits: one sentence says why and what to do.
    """
    source = Path(source) if isinstance(source, str) else source
    name = name or (source.name if isinstance(source, Path) else "fichier")
    data = content(source, name, limits)
    head = data[:_HEAD]
    if data.startswith(_OLD_EXCEL):
        raise refused(name, "c’est un ancien classeur Excel (.xls)", "enregistrez-le en .xlsx")
    if _HTML.match(head):
        raise refused(name, "c’est une page web, pas un fichier de données", "exportez le fichier")
    if looks_zipped(data):
        return read_spreadsheet(data, name, limits, sheet)
    if data.startswith(_SQLITE) or (_KML.match(head) and b"<kml" in head):
        return read_layers(data, name, limits, sheet)
    if data.startswith(MAGIC):
        return read_parquet(data, name, limits)
    return read_json(data, name, limits) if _JSON.match(head) else read_csv(data, name, limits)
