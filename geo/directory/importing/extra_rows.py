"""Rows of a sheet that are no records: totals, units below the titles, notes at the end."""

import re
from itertools import pairwise
from typing import Final

from geo.directory.importing.table import Rows
from geo.french import count, typeset

_LEAST_COLUMNS: Final = 2
_SHOWN: Final = 5
_NUMBER: Final = re.compile(r"[-+]?\d[\d \u00a0\u202f]*([.,]\d+)?\s?(%|€|m²|km²)?")
_TOTAL: Final = re.compile(
    r"(sous[ -]?|grand )?tota(l|ux)( (général|généraux|general|hors|des|de|du|par) ?.{0,40})?|"
    r"total d['’].{1,40}|moyenne|médiane|(sous[ -]?)?total\s?:\s?[\d \u00a0\u202f]+",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(
    r"[\[(]?(texte?s?( libre)?|nombre|nb|numérique|alphanumérique|entier|date|booléen|url|liste.*|"
    r"oui ?/ ?non|m²|m2|km²|km2|km|m|ha|hab\.?|€|euros?|k€|%|en .{1,20}|unité|"
    r"(jj|dd)[/-]mm[/-]a+|aaaa|obligatoire|facultatif|optionnel|requis|"
    r"\d+ (chiffres?|caractères?|car\b).*|°|degrés?|:?-{2,}:?|"
    r"string|integer|float|number|boolean|(var)?char\(?\d*\)?)[\])]?",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"(sources?|notes?|nota( bene)?|nb|lecture|champ|légende|avertissement|mise à jour|extraction|"
    r"(nombre|effectif) d.{1,40}|fait le|édité le|export(é|ation)? (le|du))\s?:|\*{1,3} ?\w|"
    r"(édité|exporté|extrait|imprimé|mis à jour) le \d|©",
    re.IGNORECASE,
)


_COUNT: Final = re.compile(r"(nombre|nb|effectif)\s(total\s)?d.{1,40}", re.IGNORECASE)
_EXAMPLE: Final = re.compile(
    r"\(?(ex|exemple)(\.|\s?:|\s?\()|exemple à (supprimer|effacer)", re.IGNORECASE
)
_FIRST: Final = 3
_GROUP: Final = re.compile(
    r"(anciennes? )?(région|département|territoire|secteur|catégorie|rubrique|th[èé]m(e|atique)|"
    r"axe|partie)s?\b.{0,60}|\d\w\d? ?[-–:] ?\D{3,50}|.{2,60}:",
    re.IGNORECASE,
)
_WIDE, _FEWEST_GROUPS = 3, 2


def records_only(rows: Rows, header: int) -> tuple[Rows, tuple[str, ...]]:
    """Blank the rows below a header that are no records, and say which; numbers are kept.

    A total has a word for its first cell and numbers only beside; units fill the first row; a note
    stands alone in one of the last rows; the title of a group stands alone above the rows of a wide
    table. In a list of one column every row is a record.
    """
    width = max((len([cell for cell in row if cell]) for row in rows[max(header, 0) :]), default=0)
    if width < _LEAST_COLUMNS:
        return rows, ()
    below = range(header + 1, len(rows))
    filled = {at: [cell for cell in rows[at] if cell] for at in below if any(rows[at])}
    units = [at for at in [*filled][:1] if header >= 0 and _is_of_units(filled[at])]
    totals = [at for at, cells in filled.items() if _is_total(cells)]
    examples = [at for at in [*filled][:_FIRST] if header >= 0 and _EXAMPLE.match(filled[at][0])]
    notes: list[int] = []
    for at in reversed(filled):
        if at not in totals and not _is_note(filled[at]):
            break
        notes += [at] if at not in totals else []
    groups = _group_titles({at: cells for at, cells in filled.items() if at not in notes})
    dropped = {*units, *examples, *totals, *notes, *groups}
    record_rows = [[""] * len(row) if at in dropped else row for at, row in enumerate(rows)]
    sentences = (
        _sentence("d’unités", units),
        _sentence("d’exemple", examples),
        _sentence("de total", totals),
        _sentence("de note", notes),
        _sentence("d’intertitre", groups),
    )
    return record_rows, tuple(text for text in sentences if text)


def _is_total(cells: list[str]) -> bool:
    only = all(map(_NUMBER.fullmatch, cells[1:]))
    return only and (len(cells) > 1 or ":" in cells[0]) and bool(_TOTAL.fullmatch(cells[0]))


def _is_of_units(cells: list[str]) -> bool:
    return all(map(_UNIT.fullmatch, cells))


def _is_note(cells: list[str]) -> bool:
    if len(cells) > 1:
        return bool(_COUNT.fullmatch(cells[0])) and all(map(_NUMBER.fullmatch, cells[1:]))
    return bool(_NOTE.match(cells[0]))


def _group_titles(filled: dict[int, list[str]]) -> list[int]:
    """Return the rows of one cell that name a group: as groups are named, or all in capitals.

    Capitals name groups where two rows or more are so, each above a whole record, and no record is:
    an actor may be known by its initials alone.
    """
    places = [*filled]
    wide = [at for at in places if len(filled[at]) >= _WIDE]
    if len(wide) * 2 < len(places):
        return []
    alone = [at for at in places if len(filled[at]) == 1]
    capitals = [
        at
        for at, following in pairwise(places)
        if at in alone and following in wide and filled[at][0].isupper()
    ]
    if len(capitals) < _FEWEST_GROUPS or any(filled[at][0].isupper() for at in wide):
        capitals = []
    return [at for at in alone if at in capitals or _GROUP.fullmatch(filled[at][0])]


def _sentence(what: str, places: list[int]) -> str:
    if not places:
        return ""
    numbers = ", ".join(str(at + 1) for at in sorted(places)[:_SHOWN])
    more = "…" if len(places) > _SHOWN else ""
    left = "laissée" if len(places) == 1 else "laissées"
    rows = count(len(places), "ligne")
    return typeset(f"{rows} {what} (n° {numbers}{more}), {left} de côté.")
