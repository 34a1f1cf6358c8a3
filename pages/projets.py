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

desk = open_store_view()
open_link("projets", ecosysteme=desk.knows("ecosystem"), projet=desk.knows("project"))
st.title("Les projets de territoire", anchor=False)
notices()
writes = may_write()
shipped.begin_when_empty(desk, ecosystem_view.chosen_now(desk))
left, right = st.columns(2)
with left:
    chosen = ecosystem_view.choose(desk)
with right:
    found, odd = projects.chosen_projects(desk, chosen)
opened = projects.now_open(desk)
place_tabs("projets")
share_link(Selection(), ecosysteme=chosen, odd=odd, projet=opened)
if writes and not project_form.form_open():
    project_form.new_button()
if writes and project_form.form_open():
    project_form.project_form(desk, project_form.form_open(), chosen)
elif opened:
    projects.show_project(desk, opened, writes=writes)
projects.say(desk, found, odd)
show_board(desk, found, opened=opened, moves=writes)
if len(found):
    fictive = bool(found["fictive"].any())
    query = {"ecosysteme": chosen, "odd": odd}
    downloads(Offer("projects", query, "projets", fictive, drafts=desk.drafts))
