"""Where the links of a sheet of an XLSB lead: records of its parts, as MS-XLSB lays them out.

Source: Microsoft, [MS-XLSB], « Record », BrtBundleSh (156), BrtEndSheetData (146), BrtHLink (494).
"""

import struct
from collections.abc import Iterator
from typing import Final

from geo.directory.importing.workbook_xml import Targets, relations
from geo.directory.importing.zipped import part_of

_BOOK: Final = "xl/workbook.bin"
_RELATIONS: Final = "xl/_rels/workbook.bin.rels"
_SHEET, _LINK = 156, 494
_END_OF_CELLS: Final = b"\x92\x01\x00"
_AREA: Final = struct.Struct("<4I")
_COUNT: Final = struct.Struct("<I")
_NOTHING: Final = 0xFFFFFFFF
_MORE, _BITS = 0x80, 7
_MOST_ROWS: Final = 2_000


def of_xlsb(data: bytes, parts: list[str], sheet: str, name: str) -> Targets:
    """Return where the links of one sheet lead; one that covers several cells counts in each."""
    path = _path(data, parts, sheet, name)
    folder, _, file = path.rpartition("/")
    beside = f"{folder}/_rels/{file}.rels"
    if path not in parts or beside not in parts:
        return {}
    known, content = relations(data, beside, name), part_of(data, path, name)
    found: Targets = {}
    for kind, body in _records(content, max(0, content.rfind(_END_OF_CELLS))):
        if kind == _LINK and len(body) > _AREA.size:
            top, bottom, left, right = _AREA.unpack_from(body)
            target = known.get(_text(body, _AREA.size)[0], "")
            if bottom - top < _MOST_ROWS and left == right:
                found |= {(row, left): target for row in range(top, bottom + 1)}
    return found


def _path(data: bytes, parts: list[str], sheet: str, name: str) -> str:
    """Return the part of a sheet, by its name in the workbook."""
    if _BOOK not in parts or _RELATIONS not in parts:
        return ""
    known = relations(data, _RELATIONS, name)
    for kind, body in _records(part_of(data, _BOOK, name), 0):
        if kind == _SHEET and len(body) > 2 * _COUNT.size:
            relation, at = _text(body, 2 * _COUNT.size)
            if _text(body, at)[0] == sheet:
                target = known.get(relation, "")
                return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Read the records of a part: kind and size by seven bits a byte, then so many bytes."""
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for turn in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & (_MORE - 1)) << (_BITS * turn)
        if not byte & _MORE:
            break
    return value, at


def _text(body: bytes, at: int) -> tuple[str, int]:
    """Read a text and tell where it ends; none is empty."""
    if at + _COUNT.size > len(body):
        return "", at
    [length] = _COUNT.unpack_from(body, at)
    at += _COUNT.size
    if length == _NOTHING:
        return "", at
    end = at + 2 * length
    return body[at:end].decode("utf-16-le", "replace"), end
