"""Downloads: built only when asked for, following the view exactly."""

import pandas as pd
import streamlit as st

from geo.output.caption import Caption
from geo.output.datasets import catalysts
from geo.output.exports import FORMATS, Export


def catalyst_downloads(rows: pd.DataFrame, caption: Caption, *, name: str) -> None:
    """Offer the catalysts of a view as GeoJSON and CSV."""
    unplaced = int(rows["longitude"].isna().sum())
    file = f"{caption.mark}{name}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "CSV (tableur)",
            lambda: FORMATS["csv"].content(Export((catalysts(rows),), caption, name)),
            f"{file}.csv",
            "text/csv",
            key=f"csv_{name}",
            on_click="ignore",
            icon=":material/table:",
        )
        with_unplaced = bool(unplaced) and st.session_state.get(f"all_{name}", False)
        st.download_button(
            "GeoJSON (carte)",
            lambda: FORMATS["geojson"].content(
                Export((catalysts(rows),), caption, name, with_unplaced)
            ),
            f"{file}.geojson",
            "application/geo+json",
            key=f"geojson_{name}",
            on_click="ignore",
            icon=":material/map:",
        )
        if unplaced:
            st.checkbox(
                f"GeoJSON : écrire aussi les {unplaced} sans point"
                if unplaced > 1
                else "GeoJSON : écrire aussi celui sans point",
                key=f"all_{name}",
            )
