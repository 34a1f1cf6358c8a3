"""A table to sort on screen, the same whole on paper: a canvas prints only the rows in sight."""

from collections.abc import Mapping
from statistics import fmean
from typing import Any, Final

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.french import NBSP, count
from geo.output.html import table as html_table

_ROW_PX: Final = 38
_HEAD_PX: Final = 42
_PRINTED: Final = 500
_NARROWEST: Final = 14  # letters
Columns = Mapping[str, Any]
"""Column configurations by column, as Streamlit takes them; a text is a label."""


def sortable(rows: pd.DataFrame, columns: Columns, height: int = 640, caption: str = "") -> None:
    """Show rows in a table to sort, as high as they need and at most ``height`` pixels.

    A cell of a link is « address#label »: the label is printed.
    """
    st.dataframe(
        rows,
        hide_index=True,
        height=min(_ROW_PX * len(rows) + _HEAD_PX, height),
        column_config=dict(columns),
    )
    left = len(rows) - _PRINTED
    more = f" ; {count(left, 'autre ligne', 'autres lignes')} dans l’export" if left > 0 else ""
    titles = [_title(name, columns.get(name, name)) for name in rows.columns]
    cells = [[_cell(one) for one in row] for row in rows.head(_PRINTED).itertuples(index=False)]
    printed = html_table(
        f"{caption or 'En tableau'}{more}",
        titles,
        cells,
        shares=_shares(titles, cells),
    )
    st.html(Markup('<div class="a-imprimer">{}</div>').format(printed))


def _shares(titles: list[str], cells: list[list[str]]) -> list[int]:
    """Share the width of a sheet: a column of twice as much text gets half as much again."""
    lengths = [fmean(map(len, column)) for column in zip(titles, *cells, strict=True)]
    weights = [max(length, _NARROWEST) ** 0.6 for length in lengths]
    return [round(100 * weight / sum(weights)) for weight in weights]


def _title(name: str, config: Any) -> str:
    return str(config if isinstance(config, str) else config.get("label") or name)


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    text = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    address, mark, label = text.partition("#")
    return label if mark and address.startswith("/") else text.replace(" km", f"{NBSP}km")
