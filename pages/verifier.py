"""À vérifier : the points that look wrong, one at a time, put right on a map."""

import streamlit as st

from pages.components.nothing_waits import closed_room
from pages.components.submit import book, may_write
from pages.sections.verifier import check_places

st.title("À vérifier", anchor=False)
store = book()
if may_write():
    doubtful = check_places.places_to_check(store)
    if not doubtful.empty:
        check_places.put_right(check_places.chosen(doubtful))
else:
    closed_room("Ici le point d’un acteur dont l’adresse est douteuse est remis à sa place.")
