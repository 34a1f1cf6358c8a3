"""Where the links of a sheet lead: a cell shows a name, its target is the address."""

import re
from typing import Final
from urllib.parse import unquote

from geo.directory.importing.column_titles import readings
from geo.directory.importing.hyperlinks_ods import of_ods
from geo.directory.importing.hyperlinks_xlsb import of_xlsb
from geo.directory.importing.table import Rows
from geo.directory.importing.workbook_xml import Targets, plain, relations, tags, text_of
from geo.directory.importing.zipped import names_of, part_of

_LINKED: Final = frozenset(("website", "email", "source_url", "contact_email"))
_OF_MAIL: Final = frozenset(("email", "contact_email"))
_PERSON: Final = "contact_name"
_WRITE: Final = frozenset(
    ("écrire", "nous écrire", "contact", "contacter", "nous contacter", "mail", "e-mail", "email",
     "courriel", "ici", "lien")
)  # fmt: skip
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+", re.IGNORECASE)
_FORMULA: Final = re.compile(
    r'<(?:\w+:)?c\b[^<>]{0,300}?\br="([A-Z]{1,3}\d{1,7})"[^<>]{0,300}>\s*'
    r"<(?:\w+:)?f[^<>]{0,300}>\s*HYPERLINK\("
    r'(?:"|&quot;)(.{1,2000}?)(?:"|&quot;)',
    re.IGNORECASE,
)
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_WEB: Final = ("http://", "https://", "mailto:", "www.")
_LOOKED_AT: Final = 30
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


def follow(data: bytes, form: str, sheet: str, rows: Rows, name: str) -> int:
    """Write, under the titles of links and mails, where each link leads; count the cells changed.

    Elsewhere a name keeps its text: it is what a person reads. ``form``: xlsx, xlsb or ods.
    """
    links = _READERS[form](data, names_of(data), sheet, name) if form in _READERS else {}
    if not links:
        return 0
    titled: dict[int, set[str]] = {}
    for line in rows[:_LOOKED_AT]:
        for at, cell in enumerate(line):
            known = {*readings(cell, "")} if cell else set()
            titled.setdefault(at, set()).update((_LINKED | {_PERSON}) & known)
    found = 0
    for (row, column), link in links.items():
        if not link.lower().startswith(_WEB):
            continue
        target = _address(link)
        fits = _OF_MAIL if "@" in target and "/" not in target else _LINKED - _OF_MAIL
        if row < len(rows) and column < len(rows[row]) and titled.get(column, set()) & fits:
            if _ADDRESS.fullmatch(rows[row][column]):
                continue  # what a person reads; its link may be that of a line copied
            rows[row][column] = target
            found += 1
        elif fits is _OF_MAIL and row < len(rows) and _PERSON in titled.get(column, set()):
            found += _beside(rows[row], column, target)
    return found


def _beside(row: list[str], column: int, mail: str) -> bool:
    """Write the address that the name of a person leads to beside it, or over « Écrire »."""
    text = row[column] if column < len(row) else ""
    if not text or mail in text:
        return False
    row[column] = mail if text.lower() in _WRITE else f"{text} {mail}"
    return True


def _of_xlsx(data: bytes, parts: list[str], sheet: str, name: str) -> Targets:
    path = _path(data, parts, sheet, name)
    if path not in parts or b"hyperlink" not in part_of(data, path, name).lower():
        return {}
    return _targets(data, parts, path, name)


def _path(data: bytes, parts: list[str], sheet: str, name: str) -> str:
    """Return the part of a sheet, by its name in the workbook."""
    if "xl/workbook.xml" not in parts or _RELATIONS not in parts:
        return ""
    sheets = {one.get("name"): one for one in tags(data, "xl/workbook.xml", "sheet", name)}
    wanted = next((v for k, v in sheets.get(sheet, {}).items() if k.endswith(":id")), "")
    target = relations(data, _RELATIONS, name).get(wanted, "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _targets(data: bytes, parts: list[str], path: str, name: str) -> Targets:
    folder, _, file = path.rpartition("/")
    beside = f"{folder}/_rels/{file}.rels"
    known = relations(data, beside, name) if beside in parts else {}
    links = {found[1]: plain(found[2]) for found in _FORMULA.finditer(text_of(data, path, name))}
    for one in tags(data, path, "hyperlink", name):
        wanted = next((value for key, value in one.items() if key.endswith(":id")), "")
        links[one.get("ref", "").partition(":")[0]] = known.get(wanted, "")
    return {place: target for cell, target in links.items() if (place := _place(cell))}


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


_READERS: Final = {"xlsx": _of_xlsx, "xlsb": of_xlsb, "ods": of_ods}
