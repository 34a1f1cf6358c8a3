"""What a page that is not made for frames says in one."""

import streamlit as st

from pages.components import embed

st.title("Catalyseurs territoriaux", anchor=False)
embed.nothing_here("Cette page ne se montre pas dans un autre site.")
