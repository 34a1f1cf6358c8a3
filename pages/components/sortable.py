"""A table to sort by its titles, or by a list on a phone: text, that wraps and prints whole."""

import re
from collections.abc import Iterable, Mapping
from itertools import repeat
from statistics import fmean
from typing import Any, Final

import pandas as pd
import streamlit as st
from markupsafe import Markup
from pandas.api.types import is_numeric_dtype

from geo.dates import in_words
from geo.french import NBSP, count, number
from geo.output.html import link, sorted_table
from pages.components.embed import as_framed

_ROW_PX: Final = 38
_HEAD_PX: Final = 42
_WRITTEN: Final = 500
_NARROWEST: Final = 14  # letters
_LETTER_PX: Final = 7
_NAME_PX: Final = (160, 510)
_LONG_RUN: Final = re.compile(r"[^\s-]{24,}")
_PIECE: Final = re.compile(r"[^/._?&=@]{0,23}[/._?&=@]|[^/._?&=@]{1,23}")
_YEAR: Final = re.compile(rf"(?<=[a-zéû]){NBSP}(?=\d{{4}}\b)")
_DATE: Final = "selectbox"
_DATE_PX: Final = 145
_NO_DATE: Final = " "  # a choice left empty would read « None »
Columns = Mapping[str, Any]
"""Column configurations by column, as Streamlit takes them; a text is a label."""


def name_column(label: str, cells: Iterable[str]) -> Any:
    """Configure a column of links « address#name », as wide as its names ask within reason."""
    longest = max((len(one.partition("#")[2]) for one in cells), default=0)
    least, most = _NAME_PX
    width = min(max(longest * _LETTER_PX + 24, least), most)
    return st.column_config.LinkColumn(label, display_text="#(.*)$", width=width)


def date_column(label: str, cells: Iterable[str]) -> Any:
    """Configure a column of ISO dates, whole or not: read in French, sorted as they are.

    A column of choices alone shows one text and sorts by another; of dates, it wants whole days.
    """
    options = sorted({one or _NO_DATE for one in cells})
    return st.column_config.SelectboxColumn(
        label, options=options, format_func=_french, width=_DATE_PX
    )


def _french(iso: str | float | bool) -> str:  # noqa: FBT001 - what Streamlit may hand over
    return in_words(str(iso))


def sortable(rows: pd.DataFrame, columns: Columns, caption: str, height: int = 640) -> None:
    """Show rows in a table to sort, as high as they need and at most ``height`` pixels.

    A cell of a link is « address#label »; a column with nothing in it is left out. ``caption`` says
    of what it is, as no other table of its page. Of a crowd a canvas cuts what is long; a phone and
    a sheet then show the first rows.
    """
    if rows.empty:  # its frame would say « empty »
        st.caption("Rien à lister ici.")
        return
    rows = rows.loc[:, [bool((rows[name].astype(str) != "").any()) for name in rows.columns]]
    crowd = len(rows) > _WRITTEN
    if crowd:
        _canvas(rows, columns, height)
    # Its sort is remembered under its caption: web/scripts/page.js.
    whole = Markup('<div class="en-texte{}" data-table="{}" style="--haut: {}px">{}</div>')
    text = _text(rows, columns, caption)
    st.html(as_framed(whole.format(" foule" if crowd else "", caption, height, text)))


def _canvas(rows: pd.DataFrame, columns: Columns, height: int) -> None:
    configs = {str(name): columns.get(str(name), name) for name in rows.columns}
    dates = [name for name, one in configs.items() if _kind(one).get("type") == _DATE]
    st.dataframe(
        rows.assign(**{name: rows[name].replace("", _NO_DATE) for name in dates}),
        hide_index=True,
        height=min(_ROW_PX * len(rows) + _HEAD_PX, height),
        column_config=dict(columns),
    )


def _text(rows: pd.DataFrame, columns: Columns, caption: str) -> Markup:
    configs = [columns.get(name, name) for name in rows.columns]
    left = len(rows) - _WRITTEN
    more = f" ; {count(left, 'autre ligne', 'autres lignes')} dans l’export" if left > 0 else ""
    titles = [_title(str(name), one) for name, one in zip(rows.columns, configs, strict=True)]
    fine = [_decimals(rows[name]) for name in rows.columns]
    cells = [
        [_cell(one, *how) for one, *how in zip(row, configs, fine, strict=True)]
        for row in rows.head(_WRITTEN).itertuples(index=False)
    ]
    orders = [_orders(rows[name], one) for name, one in zip(rows.columns, configs, strict=True)]
    return sorted_table(
        f"{caption}{more}",
        titles,
        [
            [*zip(*line, strict=True)]
            for line in zip(cells, zip(*orders, strict=False), strict=False)
        ],
        [n for n, name in enumerate(rows.columns) if is_numeric_dtype(rows[name])],
        _shares(titles, cells),
    )


def _orders(column: pd.Series, config: Any) -> Iterable[str | None]:
    """Return what each cell sorts by where it is not what it shows: a number, a day."""
    if is_numeric_dtype(column) or _kind(config).get("type") == _DATE:
        return ["" if pd.isna(one) else str(one) for one in column.head(_WRITTEN)]
    return repeat(None, len(column))


def _shares(titles: list[str], cells: list[list[str]]) -> list[int]:
    """Share the width of a sheet: a column of twice as much text gets half as much again."""
    lengths = [fmean(map(_length, column)) for column in zip(titles, *cells, strict=True)]
    weights = [max(length, _NARROWEST) ** 0.6 for length in lengths]
    return [round(100 * weight / sum(weights)) for weight in weights]


def _length(cell: str) -> int:
    return len(cell.striptags() if isinstance(cell, Markup) else cell)


def _title(name: str, config: Any) -> str:
    return str(config if isinstance(config, str) else config.get("label") or name)


def _kind(config: Any) -> dict[str, Any]:
    return {} if isinstance(config, str) else config.get("type_config") or {}


def _figure(value: float, form: str, decimals: int) -> str:
    """Write a number as the table shows it: in percent, or with its thousands apart."""
    if "%" in form:
        return (form % value).replace(" ", NBSP)
    return number(value, decimals) if form else str(value).replace(".", ",")


def _decimals(column: pd.Series) -> int:
    """Return how many decimals the finest number of a column has: all have as many."""
    if not is_numeric_dtype(column):
        return 0
    return max((len(str(one).partition(".")[2]) for one in column.dropna()), default=0)


def _cell(value: Any, config: Any, decimals: int) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    kind = _kind(config)
    if isinstance(value, int | float):
        return _figure(value, str(kind.get("format") or ""), decimals)
    text = in_words(str(value)) if kind.get("type") == _DATE else str(value)
    text = _YEAR.sub(" ", text)  # on a sheet the column is narrow: below its month, not cut in two
    address, mark, label = text.partition("#")
    if mark and address.startswith("/"):
        return link(address, label)
    return _breakable(text.replace(" km", f"{NBSP}km"))


def _breakable(text: str) -> str:
    """Let a run too long for a column, as an address, go on below: no word is cut for it."""
    if not _LONG_RUN.search(text):
        return text
    pieces = _LONG_RUN.sub(lambda run: "\n".join(_PIECE.findall(run[0])), text).split("\n")
    return Markup("<wbr>").join(pieces)
