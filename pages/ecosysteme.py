"""Écosystème : one territory's actors, alliances and projects, and what it lacks."""

import streamlit as st

from geo.analysis.ecosystem import ecosystem
from geo.query.selection import Selection
from pages.components import gaps, shipped
from pages.components.downloads import Offer, downloads
from pages.components.link import notices, open_link, share_link
from pages.components.place_tabs import place_tabs
from pages.components.store_view import open_store_view
from pages.components.submit import may_write
from pages.sections.ecosysteme import ecosystem_form as form
from pages.sections.ecosysteme import ecosystem_view, maturity, network

desk = open_store_view()
open_link("ecosysteme", ecosysteme=desk.knows("ecosystem"))
st.title("Un écosystème d’alliances", anchor=False)
notices()
writes = may_write()
form.just_created()
chosen = ecosystem_view.choose(desk, everything="Choisissez un écosystème")
place_tabs("ecosysteme")
example = bool(chosen) and bool(desk.seen["ecosystem"].loc[chosen, "example"])
if writes and form.form_open():
    form.ecosystem_form(desk, form.form_open())
    st.stop()
if not chosen:
    ecosystem_view.invite()
    shipped.begin(desk)
if writes:
    form.buttons(chosen, example=example or shipped.ships(chosen))
if not chosen:
    form.open_example()
    share_link(Selection())
    network.show_network(desk)
    st.stop()

found = ecosystem(chosen, desk.seen, drafts=desk.drafts)
ecosystem_view.head(found)
ecosystem_view.key_figures(found)
ecosystem_view.elsewhere(found)
project, odd, shown = ecosystem_view.map_filters(found)
share_link(gaps.shown_beside(), ecosysteme=chosen, odd=odd, contrats=shown.kind if shown else "")
ecosystem_view.show_on_map(desk, found, project, odd, shown)
gaps.show_gaps(found)
maturity.resources_of(found)
ecosystem_view.actors_table(found)
fictive = found.fictive or bool(found.linked["fictive"].any())
downloads(Offer("ecosystem", {"ecosysteme": chosen}, "ecosysteme", fictive, drafts=desk.drafts))
st.caption(
    "Ces fichiers se lisent ailleurs\u00a0; pour reprendre une base entière ici, `catalyse backup` "
    "et `catalyse restore`\u00a0: un fichier importé ne rapporte que ses acteurs."
)
gaps.downloads(found)
if shipped.ships(chosen):
    shipped.removal(desk, chosen)
elif writes and not example:
    maturity.own_assessment(desk, found)
    ecosystem_view.removal(desk, found)
