"""Indicators of one territory, as a table on its page."""

import streamlit as st

from geo.analysis.indicators import territory_indicators
from geo.output.indicators import grid_table, indicator_table
from geo.reference.grids import classes
from geo.reference.territory import COMMUNE, Territory


def indicators_of(found: Territory) -> None:
    """Show every indicator with its year, the rule that gave it and its source."""
    readings = territory_indicators(found.kind, found.code)
    if not readings:
        return
    st.subheader("Indicateurs", anchor=False)
    st.html(indicator_table(readings))
    st.html(grid_table(classes(found.kind, found.code), alone=found.kind == COMMUNE))
