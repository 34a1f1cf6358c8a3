"""Projets : the board of a territory's projects, and each project's actions."""

import streamlit as st

from geo.query.selection import Selection
from pages.components import shipped
from pages.components.downloads import Offer, downloads
from pages.components.link import notices, open_link, share_link
from pages.components.place_tabs import place_tabs
from pages.components.store_view import open_store_view
from pages.components.submit import may_write
from pages.sections.ecosysteme import ecosystem_view
from pages.sections.projets import project_form, projects
from pages.sections.projets.board import show_board

store_view = open_store_view()
open_link("projets", ecosysteme=store_view.knows("ecosystem"), projet=store_view.knows("project"))
st.title("Les projets de territoire", anchor=False)
notices()
writes = may_write()
left, right = st.columns(2)
with left:
    chosen = ecosystem_view.choose(store_view)
with right:
    found, odd = projects.chosen_projects(store_view, chosen)
shipped.warn_of_trial(chosen)
opened = projects.now_open(store_view)
place_tabs("projets")
share_link(Selection(), ecosysteme=chosen, odd=odd, projet=opened)
if writes and not project_form.form_open():
    project_form.new_button()
if writes and project_form.form_open():
    project_form.project_form(store_view, project_form.form_open(), chosen)
elif opened:
    projects.show_project(store_view, opened, writes=writes)
projects.say(store_view, found, odd)
shipped.begin_when_empty(store_view, chosen)
if len(found):
    show_board(store_view, found, opened=opened, moves=writes)
    fictive = bool(found["fictive"].any())
    query = {"ecosysteme": chosen, "odd": odd}
    downloads(Offer("projects", query, "projets", fictive, drafts=store_view.drafts))
