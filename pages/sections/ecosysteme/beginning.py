"""The page of ecosystems before one is shown: the form that is open, or how to begin."""

from typing import Final

import streamlit as st

from geo.analysis.ecosystem import Ecosystem
from geo.french import typeset
from geo.query.selection import Selection
from pages.components import shipped
from pages.components.link import share_link
from pages.components.map_frame import MAP, listed, map_frame, switch
from pages.components.session_user import person
from pages.components.store_view import StoreView
from pages.sections.ecosysteme import ecosystem_form as form
from pages.sections.ecosysteme import ecosystem_view, network

_SHOWN_FIRST: Final = "Montré d’abord : celui du réseau"
_NONE: Final = "Aucun écosystème choisi"


def begin(store_view: StoreView, *, writes: bool) -> None:
    """Draw the form that is open, else the network's own ecosystem; the page ends here."""
    if writes and form.form_open():
        ecosystem_view.begin(store_view)
        form.ecosystem_form(store_view, form.form_open())
        st.stop()
    share_link(Selection())
    found = network.shipped_network(store_view)
    panel, view = map_frame() if found else (st.container(), st.container())
    with panel:
        ecosystem_view.begin(store_view, _SHOWN_FIRST if found else _NONE)
        if writes:
            form.buttons("", example=False)
        if found:
            ecosystem_view.head(found)
            switch(MAP, ecosystem_view.view_name(found))
        with listed():
            _lead(store_view, found)
    if found:
        with view:
            ecosystem_view.show_on_map(store_view, found, "", "")
        ecosystem_view.alliances_table(store_view, found)
    st.stop()


def _lead(store_view: StoreView, found: Ecosystem | None) -> None:
    """Say what to do, what is shown meanwhile, then how to begin one's own."""
    ecosystem_view.invite(shown=found is not None)
    if found:
        ecosystem_view.note(found)
        ecosystem_view.key_figures(found)
    form.open_example()
    shipped.begin(store_view, shown=found is not None)


def first_actors(found: Ecosystem) -> None:
    """Say how actors come into an ecosystem that has none, to those who may bring them."""
    if found.linked.empty and person().may_propose:
        sentence = (
            "Aucun acteur ici pour l’instant. [Apportez vos acteurs](/contribuer) par un tableau "
            "ou une carte, ou [un à un](/acteurs) : ceux de ces communes y entrent d’eux-mêmes."
        )
        st.info(typeset(sentence), icon=":material/groups:")
