"""Read any file a territory may hold, by what it is and not by what it is called."""

from pathlib import Path
from typing import Final

from geo.directory.importing.archive import read_archive
from geo.directory.importing.delimited import read_csv
from geo.directory.importing.errors import bad_file, content
from geo.directory.importing.file_format import form_of
from geo.directory.importing.json_records import read_json
from geo.directory.importing.layers import read_layers
from geo.directory.importing.limits import Limits
from geo.directory.importing.mojibake import with_whole_words
from geo.directory.importing.parquet import read_parquet
from geo.directory.importing.presets import OWN, recognised, refuse_others
from geo.directory.importing.spreadsheet import read_spreadsheet
from geo.directory.importing.table import Table
from geo.directory.importing.wkt import with_drawings

_NO_LIMITS: Final = Limits()
_DEEPEST: Final = 2  # a workbook, zip itself, in a zip


def read_table(
    source: Path | str | bytes, name: str = "", *, limits: Limits = _NO_LIMITS, sheet: str = ""
) -> Table:
    """Read a table or a map, zipped or not, of any form that ``recognise`` tells.

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
    table = _read(data, name, limits, sheet)
    if recognised(table) not in OWN:  # what we wrote is whole: it says what a person typed
        table = with_whole_words(table)
    refuse_others(table)
    return table if table.geometry is not None else with_drawings(table)


def _read(data: bytes, name: str, limits: Limits, sheet: str, depth: int = 0) -> Table:
    """Read a file, or one that a zip holds, ``depth`` zips down."""
    form = form_of(data, name)
    match form:
        case "zip" if depth >= _DEEPEST:
            raise bad_file(name, "ce sont des archives dans une archive", "décompressez-la")
        case "zip":

            def inside(part: bytes) -> Table:
                return _read(content(part, name, limits), name, limits, sheet, depth + 1)

            return read_archive(data, name, limits, sheet, inside)
        case "csv":
            return read_csv(data, name, limits)
        case "json":
            return read_json(data, name, limits)
        case "parquet":
            return read_parquet(data, name, limits)
        case "xls":
            return read_spreadsheet(data, name, limits, sheet, form)
        case _:
            return read_layers({f".{form}": data}, name, limits, form, sheet)
