"""Ressources : what to read, follow or use next; by kind, practice, step, goal, maturity."""

import streamlit as st

from geo.query.selection import Selection
from pages.components.downloads import Offer, downloads
from pages.components.link import notices, open_link, share_link
from pages.components.needs import resources_in_force
from pages.components.submit import receives, writes_at_once
from pages.sections.ressources import loading, resource_form, resources

open_link("ressources")
st.title("Des ressources pour faire alliance", anchor=False)
notices()
drafts = receives()
every = resources_in_force(drafts=drafts)
choice = resources.filters()
share_link(
    Selection(choice.practices, choice.profiles, text=choice.text), **resources.in_url(choice)
)
found = choice.keep(every)
resources.say(choice, found, every)
resources.show(found)
downloads(
    Offer("resources", choice.to_url(), "ressources", bool(found["fictive"].any()), drafts=drafts)
)
resources.announced(every)
if drafts:
    resource_form.edit_resource(every)
if writes_at_once():
    loading.load_file()
