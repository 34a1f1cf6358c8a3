"""Indicators of one territory, as a table on its page; a region among the others, as bars."""

import streamlit as st

from geo.analysis.coverage import coverage
from geo.analysis.indicators import territory_indicators
from geo.analysis.territory import Sheet
from geo.french import typeset
from geo.output.indicators import grid_table, indicator_table
from geo.output.territory_bars import territory_bars
from geo.reference.grids import classes
from geo.reference.territory import COMMUNE

_COMPARED = "region"


def indicators_of(answer: Sheet) -> None:
    """Show every indicator with its year, the rule that gave it and its source."""
    found = answer.territory
    _among_regions(answer)
    readings = territory_indicators(found.kind, found.code)
    if not readings:
        return
    st.subheader("Indicateurs", anchor=False)
    st.html(indicator_table(readings))
    st.html(grid_table(classes(found.kind, found.code), alone=found.kind == COMMUNE))


def _among_regions(answer: Sheet) -> None:
    """Draw a region beside the others: the catalysts known in each, for its inhabitants."""
    found = answer.territory
    if found.kind != _COMPARED:
        return
    frame = coverage(answer.directory, _COMPARED, answer.selection).frame
    values = {str(code): float(value) for code, value in frame["per_100k"].items()}
    st.subheader("Les régions, côte à côte", anchor=False)
    st.html(
        territory_bars(
            f"Catalyseurs connus pour 100\u202f000 habitants ({answer.selection.alone.in_words()})",
            _COMPARED,
            frame["territory_name"],
            values,
            decimals=2,
            here=found.code,
        )
    )
    st.caption(
        typeset("Ce que des textes publics nomment, et non un jugement : voir la page Méthode.")
    )
