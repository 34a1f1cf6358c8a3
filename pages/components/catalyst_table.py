"""Catalysts in a sortable table; the one that a link opens."""

from typing import Final
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.directory.directory import Directory
from geo.errors import AtlasError
from geo.french import typeset
from geo.output.cards import CATALYST_PAGE, LISTED, catalyst_list, place_of
from geo.output.records import practice_labels, records
from geo.query.parameters import RECORD
from geo.vocabulary import label
from pages.components.link import current_query
from pages.components.paging import one_page, page_shown
from pages.components.sortable import name_column, sortable
from pages.components.text import plain

_A_PAGE: Final = 500
_OFFERED: Final = 2_000
_TABLE: Final = "catalyseurs"
_OF_THE_PAGE: Final = (
    "Les noms de la page du tableau, plus bas. Pour un autre, cherchez-le par son nom."
)


def catalyst_table(rows: pd.DataFrame) -> None:
    """Show catalysts as a table to sort and search, by pages; each name opens its own page."""
    shown = one_page(rows, _TABLE, _A_PAGE)
    table = pd.DataFrame(
        [
            {
                "fiche": f"{CATALYST_PAGE}{quote(record['catalyst_id'])}#{record['catalyst_name']}",
                "ce qu’ils font": record["summary"],
                "où": place_of(record),
                "pratiques": practice_labels(record["practices"]),
                "profil": label("any_profile", record["profile"]),
                "preuve": label("evidence", record["evidence"]),
                "source": record["source_title"] or record["source_url"],
                "note": record["note"],
            }
            for record in records(shown)
        ]
    )
    sortable(
        table,
        {
            "fiche": name_column("Catalyseur", table["fiche"]),
            "ce qu’ils font": st.column_config.TextColumn("Ce qu’ils font"),
            "où": st.column_config.TextColumn("Lieu connu"),
            "pratiques": st.column_config.TextColumn("Pratiques"),
            "profil": st.column_config.TextColumn("Profil"),
            "preuve": st.column_config.TextColumn("Ce qui les fait connaître"),
            "source": st.column_config.TextColumn("Source"),
            "note": st.column_config.TextColumn("Note"),
        },
        "Catalyseurs",
    )


def catalyst_cards(rows: pd.DataFrame) -> None:
    """List the first catalysts as cards, as the painted page does; all are in the table."""
    with st.container(key="fiches"):  # on paper, the table of all stands alone
        st.header("En fiches", anchor=False)
        st.html(catalyst_list(rows.head(LISTED)))
        if len(rows) > LISTED:
            st.caption(f"Les {LISTED} premiers ici, tous dans le tableau plus bas.")


def open_one(rows: pd.DataFrame) -> None:
    """Offer to open a page by its name, without going down the list.

    Of a crowd, the names of the table's page alone are sent to the browser.
    """

    def follow() -> None:
        if st.session_state["ouvrir"]:
            st.query_params[RECORD.name] = st.session_state["ouvrir"]

    crowd = len(rows) > _OFFERED
    offered = page_shown(rows, _TABLE, _A_PAGE) if crowd else rows
    names = offered["catalyst_name"].to_dict()
    st.selectbox(
        "Ouvrir une fiche",
        [*names],
        index=None,
        format_func=lambda one: str(names.get(one, one)),
        placeholder="Nom du catalyseur",
        key="ouvrir",
        on_change=follow,
        help=typeset(_OF_THE_PAGE) if crowd else None,
    )


def requested_catalyst(book: Directory) -> str:
    """Return the catalyst that the link names; one that does not exist is said and left out."""
    catalyst_id = current_query()[RECORD]
    if not catalyst_id:
        return ""
    try:
        book.catalyst(catalyst_id)
    except AtlasError as fault:
        st.warning(plain(str(fault)), icon=":material/link_off:")
        return ""
    return catalyst_id
