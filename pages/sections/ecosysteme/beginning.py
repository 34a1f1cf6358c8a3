"""The page of ecosystems before one is shown: the form that is open, or how to begin."""

import streamlit as st

from geo.analysis.ecosystem import Ecosystem
from geo.french import typeset
from geo.query.selection import Selection
from pages.components import shipped
from pages.components.link import share_link
from pages.components.session_user import person
from pages.components.store_view import StoreView
from pages.sections.ecosysteme import ecosystem_form as form
from pages.sections.ecosysteme import ecosystem_view, network


def begin(store_view: StoreView, *, writes: bool) -> None:
    """Draw the form that is open, else lead to an ecosystem; the page ends here."""
    ecosystem_view.begin(store_view)
    if writes and form.form_open():
        form.ecosystem_form(store_view, form.form_open())
        st.stop()
    ecosystem_view.invite()
    shipped.begin(store_view)
    if writes:
        form.buttons("", example=False)
    form.open_example()
    share_link(Selection())
    network.show_network(store_view)
    st.stop()


def first_actors(found: Ecosystem) -> None:
    """Say how actors come into an ecosystem that has none, to those who may bring them."""
    if found.linked.empty and person().may_propose:
        sentence = (
            "Aucun acteur ici pour l’instant. [Apportez vos acteurs](/contribuer) par un tableau "
            "ou une carte, ou [un à un](/acteurs) : ceux de ces communes y entrent d’eux-mêmes."
        )
        st.info(typeset(sentence), icon=":material/groups:")
