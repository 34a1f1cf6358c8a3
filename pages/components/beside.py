"""What is shown beside the catalysts: resource places and accompanied territories, said apart."""

import pandas as pd
import streamlit as st

from geo.analysis import programmes
from geo.output import maps
from geo.output.programmes import (
    TITLES,
    badge_table,
    definitions,
    gaps_table,
    programme_list,
)
from geo.query.selection import Selection
from geo.reference.programmes import programme
from geo.reference.territory import Territory
from pages.components.downloads import Offer, Query, downloads
from pages.components.text import plain

_APART = "Lieux ressources et territoires accompagnés, à part"
_MOST = 50


def list_beside(
    selection: Selection, rows: pd.DataFrame, title: str = _APART, files: Query | None = None
) -> None:
    """List what was asked beside the catalysts, with what it is and the lists it was read in.

    ``files``: what the files of these rows are filtered by besides; none is offered without it.
    """
    if not selection.also:
        return
    st.subheader(title, anchor=False)
    st.caption(plain(f"{_sentence(selection, rows)}. Ce ne sont pas des catalyseurs."))
    if len(rows):
        st.html(programme_list(rows.head(_MOST)))
        more = f" Les {_MOST} premiers sont montrés ici, tous dans les fichiers."
        shown = more if len(rows) > _MOST else ""
        st.caption(plain(f"Source : {programmes.vintage(rows)}.{shown}"))
    with st.expander("Ce que sont ces programmes", icon=":material/info:"):
        st.html(definitions(selection.also))
    if files is not None and len(rows):
        _offer(selection, files)


def _offer(selection: Selection, files: Query) -> None:
    """Offer the rows of each nature as a file of their own."""
    for nature, (subject, _) in TITLES.items():
        chosen = tuple(one for one in selection.also if programme(one).nature == nature)
        if chosen:
            nature_selection = Selection(
                practices=selection.practices, text=selection.text, also=chosen
            )
            downloads(Offer(subject, nature_selection.to_url() | dict(files), f"{subject}-a-part"))


def _sentence(selection: Selection, rows: pd.DataFrame) -> str:
    sentence = programmes.beside(selection, rows)
    return sentence[:1].upper() + sentence[1:]


def legend_beside(rows: pd.DataFrame) -> str:
    """Explain, as HTML, the marks of what is beside the catalysts; "" when nothing is."""
    return maps.programme_legend(rows) if len(rows) else ""


def gaps_beside(rows: pd.DataFrame) -> None:
    """Say, apart from who is known, which practices resource places have here."""
    if programmes.by_practice(rows):
        st.markdown(
            "À part, des **lieux ressources** exercent une pratique par la définition de leur "
            "programme\u00a0; ce ne sont pas des catalyseurs."
        )
        st.html(gaps_table(rows))


def badges_of(found: Territory) -> None:
    """Show which programmes of the State chose this commune, or communes of this territory."""
    badges = badge_table(found.kind, found.code)
    if badges:
        st.subheader("Programmes de l’État", anchor=False)
        st.html(badges)
