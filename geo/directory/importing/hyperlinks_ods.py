"""What the reader of an ODS leaves out: where its links lead, which of its cells are merged."""

import re
from collections.abc import Iterator
from typing import Final

from geo.directory.importing.workbook_xml import Targets, attributes_of, text_of

Merged = tuple[tuple[int, int], tuple[int, int]]
_PART: Final = "content.xml"
_SPANS: Final = re.compile(r'-spanned="(?!1")')
_TOKEN: Final = re.compile(
    r"<(table:table-row|table:(?:covered-)?table-cell|text:a)\b([^<>]*)>", re.DOTALL
)
_FORMULA: Final = re.compile(r"HYPERLINK\(\s*\"(.{1,2000}?)\"", re.IGNORECASE)
_SHEET: Final = re.compile(r"<table:table\b([^<>]*)>")


def of_ods(data: bytes, _parts: list[str], sheet: str, name: str) -> Targets:
    """Return where the links of one sheet lead; the first of a cell counts."""
    text = text_of(data, _PART, name)
    if "xlink:href" not in text and "HYPERLINK" not in text.upper():
        return {}
    found: Targets = {}
    for place, tag, attributes in _walk(text, sheet):
        if tag == "text:a":
            found.setdefault(place, attributes.get("xlink:href", ""))
        elif formula := _FORMULA.search(attributes.get("table:formula", "")):
            found.setdefault(place, formula[1])
    return found


def merged_of(data: bytes, sheet: str, name: str) -> list[Merged]:
    """List the cells of a sheet that cover several: first and last, row then column, from 0."""
    text = text_of(data, _PART, name)
    if not _SPANS.search(text):
        return []
    found = []
    for (row, column), _, attributes in _walk(text, sheet):
        tall = _times(attributes, "table:number-rows-spanned")
        wide = _times(attributes, "table:number-columns-spanned")
        if tall > 1 or wide > 1:
            found.append(((row, column), (row + tall - 1, column + wide - 1)))
    return found


def _walk(text: str, sheet: str) -> Iterator[tuple[tuple[int, int], str, dict[str, str]]]:
    """Go through the cells of a sheet and their links: where, which tag, its attributes."""
    row = next_row = column = next_column = 0
    for token in _TOKEN.finditer(text, *_span(text, sheet)):
        tag, attributes = token[1], attributes_of(token[2])
        if tag == "table:table-row":
            row, column, next_column = next_row, 0, 0
            next_row = row + _times(attributes, "table:number-rows-repeated")
            continue
        if tag != "text:a":
            column = next_column
            next_column = column + _times(attributes, "table:number-columns-repeated")
        yield (row, column), tag, attributes


def _span(text: str, sheet: str) -> tuple[int, int]:
    """Return where a sheet begins and ends."""
    for tag in _SHEET.finditer(text):
        if attributes_of(tag[1]).get("table:name") == sheet:
            end = text.find("</table:table>", tag.end())
            return tag.end(), end if end >= 0 else len(text)
    return 0, 0


def _times(attributes: dict[str, str], name: str) -> int:
    times = attributes.get(name, "1")
    return int(times) if times.isdigit() else 1
