"""Where the links of a sheet of an ODS lead: in a cell's text, or in its formula."""

import re
from typing import Final

from geo.directory.importing.workbook_xml import Targets, attributes_of, text_of

_PART: Final = "content.xml"
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
    row = next_row = column = next_column = 0
    for token in _TOKEN.finditer(text, *_span(text, sheet)):
        tag, said = token[1], attributes_of(token[2])
        if tag == "table:table-row":
            row, column, next_column = next_row, 0, 0
            next_row = row + _times(said, "table:number-rows-repeated")
        elif tag == "text:a":
            found.setdefault((row, column), said.get("xlink:href", ""))
        else:
            column = next_column
            next_column = column + _times(said, "table:number-columns-repeated")
            if formula := _FORMULA.search(said.get("table:formula", "")):
                found.setdefault((row, column), formula[1])
    return found


def _span(text: str, sheet: str) -> tuple[int, int]:
    """Return where a sheet begins and ends."""
    for tag in _SHEET.finditer(text):
        if attributes_of(tag[1]).get("table:name") == sheet:
            end = text.find("</table:table>", tag.end())
            return tag.end(), end if end >= 0 else len(text)
    return 0, 0


def _times(said: dict[str, str], name: str) -> int:
    times = said.get(name, "1")
    return int(times) if times.isdigit() else 1
