"""Words whose accents a former export broke, « Ã© » for « é »: put right wherever they stand."""

import re
from dataclasses import replace
from typing import Final

from geo.directory.importing.header_row import unique
from geo.directory.importing.table import Table, named_rows
from geo.french import count, typeset

# What the bytes 80 to 9F of Windows-1252 show, by their sign.
_SHOWN: Final = {
    bytes([byte]).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_TAIL: Final = f"[\\x80-\\xbf{''.join(map(re.escape, _SHOWN))}]"
# Letters of the west, signs of print and pictures: « É » before a quote is whole as it is.
_BROKEN: Final = re.compile(f"[\\xc2-\\xc5]{_TAIL}|\\xe2{_TAIL}{{2}}|\\xf0{_TAIL}{{3}}")
# « à », whose second half is a space that no break crosses, often made a plain one since.
_LOST: Final = re.compile(r"\u00c3 +(?=\w|$)|\u00c3(?=\u00a0|\u202f)")
_MARK: Final = re.compile(f"[\\u00c2\\u00c3\\u00c5\\u00e2]{_TAIL}")
_TWICE: Final = 3
_GONE: Final = "\ufffd"


def mended(text: str) -> str:
    """Return a text with each broken letter whole again, however many times it was broken."""
    for _ in range(_TWICE):
        if not _MARK.search(text):
            break
        text = _LOST.sub("à ", _BROKEN.sub(_whole, text))
    return text


def _whole(found: re.Match[str]) -> str:
    try:
        data = bytes(_SHOWN.get(sign, ord(sign)) for sign in found[0])
        return data.decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return found[0]


def _lost(table: Table) -> tuple[str, ...]:
    """Say in which rows a sign stands for a letter that was lost."""
    holding = [table.cells[column].str.contains(_GONE, regex=False) for column in table.columns]
    rows = sorted(
        {int(row) for is_holding in holding for row in table.rows[is_holding.to_numpy(bool)]}
    )
    if not rows:
        return ()
    remark = f"{named_rows(rows)} : lettre perdue par un ancien export (« {_GONE} ») ; corrigez-la."
    return (typeset(remark),)


def with_whole_words(table: Table) -> Table:
    """Return a table whose broken words are put right, and say in how many cells.

    A letter that a former export lost for good cannot be: its rows are told.
    """
    table = table.noting(*_lost(table))
    cells, changed = table.cells, 0
    titles = unique([mended(column) for column in table.columns])
    for column in table.columns:
        distinct = [one for one in cells[column].unique() if _MARK.search(one)]
        known = {one: new for one in distinct if (new := mended(one)) != one}
        if known:
            changed += int(cells[column].isin([*known]).sum())
            cells = cells.assign(
                **{column: cells[column].map(lambda one, k=known: k.get(one, one))}
            )
    if not changed and titles == [*table.columns]:
        return table
    sentence = (
        f"Accents abîmés par un ancien export (« Ã© ») : rétablis, {count(changed, 'cellule')}."
    )
    mending = replace(table, cells=cells.set_axis(titles, axis=1))
    return replace(mending, notices=(*table.notices, typeset(sentence)))
