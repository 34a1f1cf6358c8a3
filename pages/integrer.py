"""Intégrer : the code by which another site shows a map and its list, with its preview."""

import streamlit as st

from geo.query.parameter import in_address
from geo.query.parameters import FRAMED, TERRITORY
from pages.components.link import notices, open_link, share_link
from pages.components.place_search import place_search
from pages.components.shipped import warn_of_trial
from pages.components.store_view import open_store_view
from pages.sections.carte import atlas
from pages.sections.ecosysteme import ecosystem_view
from pages.sections.integrer import snippet
from pages.sections.territoire import territory_view

store_view = open_store_view()
open_link(
    "integrer",
    territoire=territory_view.known,
    ecosysteme=store_view.knows("ecosystem"),
    indicateur=atlas.indicator,
)
st.title("Intégrer une carte dans un site", anchor=False)
st.markdown(
    "La carte et sa liste, sans menus, dans une page de votre site : choisissez, puis copiez le "
    "code. Elle suit les données\u00a0: rien à refaire quand elles changent."
)
notices()
page = snippet.choose_subject()
own: dict[str, str] = {}
if page == "territoire":
    place = place_search(
        "territoire",
        label=TERRITORY.label,
        placeholder=territory_view.EXAMPLES,
    )
    own["territoire"] = place or ""
elif page == "ecosysteme":
    own["ecosysteme"] = ecosystem_view.choose(store_view, everything="Choisissez un écosystème")
    warn_of_trial(own["ecosysteme"])
else:
    own = atlas.in_url(*atlas.choose())
selection = snippet.filters(page)
share_link(selection, **in_address({FRAMED: page}), **own)
start = snippet.start_view()
snippet.warn_of_elsewhere(start, own.get("territoire", ""))
width, height = snippet.size()
frame = snippet.EmbedFrame(page, selection.to_url() | own | start, snippet.named(store_view, own))
title = snippet.frame_title(frame)
if page == "carte" or any(own.values()):
    snippet.show(frame, title, width, height)
else:
    st.info(snippet.TO_CHOOSE[page], icon=":material/pin_drop:")
