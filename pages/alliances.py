"""Alliances : who works with whom, as a map, a graph, a matrix or a table."""

import streamlit as st

from geo.analysis.network import choose
from geo.query.selection import Selection
from pages.components import contracts, shipped
from pages.components.downloads import downloads
from pages.components.link import notices, open_link, share_link
from pages.components.place_tabs import place_tabs
from pages.components.store_view import open_store_view
from pages.components.submit import may_write
from pages.sections.alliances import alliance_form, alliances
from pages.sections.ecosysteme import ecosystem_view

desk = open_store_view()
open_link(
    "alliances",
    ecosysteme=desk.knows("ecosystem"),
    acteur=desk.knows("actor"),
    alliance=desk.knows("alliance"),
)
st.title("Les alliances", anchor=False)
notices()
writes = may_write()
shipped.begin_when_empty(desk, ecosystem_view.choose(desk))
place_tabs("alliances")
every = alliances.chosen_alliances(desk)
choice = alliances.filters(desk, every)
found = choose(every, choice, alliances.today())
opened = alliance_form.now_open(desk)
view = alliances.choose_view()
beside = alliances.contracts_beside(desk)
share_link(Selection(), **ecosystem_view.in_url(view, choice, opened))
if writes and not alliance_form.form_open():
    alliance_form.new_button()
if alliance_form.form_open():
    alliance_form.alliance_form(desk, alliance_form.form_open())
elif opened:
    alliance_form.show_alliance(desk, opened, writes=writes)
alliances.say(desk, found, choice)
if choice.actor:
    alliances.own_network(desk, every, choice.actor)
if len(found) or beside:
    alliances.show(view, desk, found, choice, beside)
    contracts.contract_table(beside)
if len(found):
    downloads(alliances.offer(desk, found, ecosystem_view.in_url(view, choice)))
else:
    alliances.no_alliance(desk)
if choice.actor and writes:
    alliances.actor_removal(desk, choice.actor)
