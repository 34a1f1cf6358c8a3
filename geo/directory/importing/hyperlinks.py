"""Where the links of an XLSX sheet lead: a cell shows a name, its target is the address."""

import re
from typing import Final
from urllib.parse import unquote

from geo.directory.importing.column_titles import readings
from geo.directory.importing.table import Rows
from geo.directory.importing.zipped import part_of

_LINKED: Final = frozenset(("website", "email", "source_url", "contact_email"))
_OF_MAIL: Final = frozenset(("email", "contact_email"))
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?:\w+:)?(hyperlink|Relationship|sheet)\b([^>]*?)/?>")
_ATTRIBUTE: Final = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMULA: Final = re.compile(
    r'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f[^>]*>\s*HYPERLINK\('
    r'(?:"|&quot;)(.{1,2000}?)(?:"|&quot;)',
    re.IGNORECASE,
)
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_WEB: Final = ("http://", "https://", "mailto:", "www.")
_LOOKED_AT: Final = 30
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


def follow(data: bytes, parts: list[str], sheet: str, rows: Rows, name: str) -> int:
    """Write, under the titles of links and mails, where each link leads; count the cells changed.

    Elsewhere a name keeps its text: it is what a person reads.
    """
    path = _path(data, parts, sheet, name)
    if path not in parts or b"hyperlink" not in part_of(data, path, name).lower():
        return 0
    titled: dict[int, set[str]] = {}
    for line in rows[:_LOOKED_AT]:
        for at, cell in enumerate(line):
            titled.setdefault(at, set()).update(_LINKED & {*readings(cell, "")} if cell else ())
    found = 0
    for (row, column), target in _targets(data, parts, path, name).items():
        fits = _OF_MAIL if "@" in target and "/" not in target else _LINKED - _OF_MAIL
        if row < len(rows) and column < len(rows[row]) and titled.get(column, set()) & fits:
            if _ADDRESS.fullmatch(rows[row][column]):
                continue  # what a person reads; its link may be that of a line copied
            rows[row][column] = target
            found += 1
    return found


def _path(data: bytes, parts: list[str], sheet: str, name: str) -> str:
    """Return the part of a sheet, by its name in the workbook."""
    if "xl/workbook.xml" not in parts or _RELATIONS not in parts:
        return ""
    sheets = {one.get("name"): one for one in _tags(data, "xl/workbook.xml", "sheet", name)}
    wanted = next((v for k, v in sheets.get(sheet, {}).items() if k.endswith(":id")), "")
    target = _relations(data, _RELATIONS, name).get(wanted, "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _targets(data: bytes, parts: list[str], path: str, name: str) -> dict[tuple[int, int], str]:
    folder, _, file = path.rpartition("/")
    beside = f"{folder}/_rels/{file}.rels"
    relations = _relations(data, beside, name) if beside in parts else {}
    said = {found[1]: _plain(found[2]) for found in _FORMULA.finditer(_text(data, path, name))}
    for one in _tags(data, path, "hyperlink", name):
        wanted = next((value for key, value in one.items() if key.endswith(":id")), "")
        said[one.get("ref", "").partition(":")[0]] = relations.get(wanted, "")
    return {
        place: _address(target)
        for cell, target in said.items()
        if target.lower().startswith(_WEB) and (place := _place(cell))
    }


def _address(target: str) -> str:
    if not target.lower().startswith("mailto:"):
        return target
    return unquote(target[len("mailto:") :].partition("?")[0])


def _place(cell: str) -> tuple[int, int] | None:
    found = _CELL.fullmatch(cell)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _relations(data: bytes, part: str, name: str) -> dict[str, str]:
    found = _tags(data, part, "Relationship", name)
    return {one.get("Id", ""): one.get("Target", "") for one in found}


def _tags(data: bytes, part: str, tag: str, name: str) -> list[dict[str, str]]:
    found = (one[2] for one in _TAG.finditer(_text(data, part, name)) if one[1] == tag)
    return [
        {key: _plain(double or single) for key, double, single in _ATTRIBUTE.findall(attributes)}
        for attributes in found
    ]


def _text(data: bytes, part: str, name: str) -> str:
    return part_of(data, part, name).decode("utf-8", "replace")


def _plain(text: str) -> str:
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text
