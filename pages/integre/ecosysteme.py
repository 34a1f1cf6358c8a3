"""Écosystème, in another site's frame: locked to the ecosystem of its link, nothing to write."""

import streamlit as st

from geo.analysis.ecosystem import ecosystem
from geo.query.selection import Selection
from pages.widgets import ecosystems, embed
from pages.widgets.desk import open_desk
from pages.widgets.frame import open_directory
from pages.widgets.link import notices, open_link, share_link

desk = open_desk()
open_link("ecosysteme", ecosysteme=desk.knows("ecosystem"))
chosen, odd = (st.session_state.get(name, "") for name in ("ecosysteme", "odd"))
st.title("Un écosystème d’alliances", anchor=False)
notices()
embed.nothing_locked("un écosystème", chosen)
share_link(Selection(), ecosysteme=chosen, odd=odd)
found = ecosystem(chosen, desk.seen, drafts=False)
embed.way_out("ecosysteme", {"ecosysteme": chosen, "odd": odd})
ecosystems.head(found)
ecosystems.show_on_map(desk, found, "", odd)
ecosystems.key_figures(found)
ecosystems.actors_table(found)
embed.sources(open_directory(), catalysts=False)
