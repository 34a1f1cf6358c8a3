"""Look inside a zipped spreadsheet before it is read: how large, how wide, how deep.

What a zip declares may be false: its parts are inflated, counted and dropped piece by piece.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from geo.directory.importing.errors import bad_file, bomb, check_size
from geo.directory.importing.header_row import LOOKED_AT
from geo.directory.importing.limits import MEGABYTE, Limits
from geo.french import quoted

_PIECE: Final = 1 << 20
_LOCAL_HEADER: Final = 30
_STORED: Final = 0
_DEFLATED: Final = 8
# What can be inflated piece by piece, and counted: the others swell a thousand times at once.
_COUNTED: Final = (_STORED, _DEFLATED)
_REPAIR: Final = "ouvrez-le dans un tableur et enregistrez-le à nouveau"
_ORDINARY: Final = "compressez-le en .zip ordinaire (méthode « Deflate »), ou décompressez-le"
_AGAIN: Final = "téléchargez-le ou compressez-le à nouveau"
_XLSX_CELL: Final = re.compile(rb'<(?:\w+:)?c [^<>]*?\br="([A-Z]{1,4})(\d{1,9})"')
_ODS_ROW: Final = re.compile(rb"<table:table-row\b([^<>]*)>")
_ODS_CELL: Final = re.compile(rb"<table:table-cell\b([^<>]*)>")
_TIMES: Final = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,12})"')
_TAIL: Final = 4096
_MAX_PARTS: Final = 2_000
_FAULTS: Final = (
    *(zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, RuntimeError),
    *(KeyError, zlib.error, lzma.LZMAError),
)
"""What a damaged zip makes of its reading."""


def check_zip(data: bytes, name: str, limits: Limits) -> list[str]:
    """Inflate every part of a zip within the limit, and check the cells of its sheets.

    Returns
    -------
    Names of the parts.

    Raises
    ------
    BadFileError
        No zip, encrypted, compressed in a rare way, too large once inflated, or a cell beyond
        the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _FAULTS:
        raise bad_file(name, "il est abîmé ou incomplet", _REPAIR) from None
    if any(part.flag_bits & 1 for part in parts):
        raise bad_file(name, "il est protégé par un mot de passe", "enregistrez-le sans")
    if any(part.compress_type not in _COUNTED for part in parts):
        raise bad_file(name, "il est compressé d’une façon rare", _ORDINARY)
    if len(parts) > _MAX_PARTS:
        raise bad_file(name, "il contient trop de parties", _REPAIR)
    room = limits.unzipped_megabytes * MEGABYTE
    if sum(part.file_size for part in parts) > room:
        raise bomb(name, limits)
    for part in parts:
        room = _check_part(data, part, name, limits, room)
    return [part.filename for part in parts]


def names_of(data: bytes) -> list[str]:
    """List the parts of a zip that ``check_zip`` looked into."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def part_of(data: bytes, part: str, name: str) -> bytes:
    """Read one part of a zip that ``check_zip`` looked into.

    Raises
    ------
    BadFileError
        The part is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(part)
    except _FAULTS:
        raise bad_file(name, f"{quoted(part[:60])} y est abîmé ou incomplet", _AGAIN) from None


def _check_part(data: bytes, part: zipfile.ZipInfo, name: str, limits: Limits, room: int) -> int:
    """Inflate one part, look at its cells; give the room left."""
    watch = _watch(part.filename)
    tail = b""
    for piece in _pieces(data, part, name):
        room -= len(piece)
        if room < 0:
            raise bomb(name, limits)
        if watch:
            text = tail + piece
            rows, columns = watch(text)
            check_size(name, rows - LOOKED_AT, columns, limits)  # titles are no records
            tail = text[text.rfind(b"<", -_TAIL) :] if b"<" in text[-_TAIL:] else b""
    return room


def _pieces(data: bytes, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Return the bytes of a part as they are, whatever size it declares."""
    at = part.header_offset
    lengths = data[at + 26 : at + _LOCAL_HEADER]
    start = at + _LOCAL_HEADER + sum(int.from_bytes(lengths[i : i + 2], "little") for i in (0, 2))
    raw = data[start : start + part.compress_size]
    if part.compress_type == _STORED:
        yield raw
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while raw and not inflate.eof:
            yield inflate.decompress(raw, _PIECE)
            raw = inflate.unconsumed_tail
    except zlib.error:
        raise bad_file(name, "il est abîmé ou incomplet", _REPAIR) from None


def _watch(part: str) -> Callable[[bytes], tuple[int, int]] | None:
    if part.startswith("xl/worksheets/") and part.endswith(".xml"):
        return _xlsx_reach
    return _ods_reach if part == "content.xml" else None


def _xlsx_reach(text: bytes) -> tuple[int, int]:
    """Tell the furthest row and column of some cells of a sheet: a reader fills all between."""
    cells = _XLSX_CELL.findall(text)
    columns = {letters for letters, _ in cells}
    return (
        max((int(row) for _, row in cells), default=0),
        max((_column(letters) for letters in columns), default=0),
    )


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _ods_reach(text: bytes) -> tuple[int, int]:
    """Tell the greatest repetition of a filled cell, and of a row that holds one."""
    widest = max((_times(cell) for cell in _ODS_CELL.findall(text) if b"value" in cell), default=0)
    starts = [*_ODS_ROW.finditer(text)]
    ends = [*(row.start() for row in starts), len(text)][1:]
    rows = [
        _times(row[1])
        for row, end in zip(starts, ends, strict=True)
        if _times(row[1]) > 1 and b"value-type" in text[row.end() : end]
    ]
    return max(rows, default=0), widest


def _times(attributes: bytes) -> int:
    found = _TIMES.search(attributes)
    return int(found[1]) if found else 1
