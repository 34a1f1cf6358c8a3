"""À vérifier : the points that look wrong, one at a time, put right on a map."""

import streamlit as st

from pages.widgets import check_places
from pages.widgets.write import book, may_write

st.title("À vérifier", anchor=False)
store = book()
if may_write():
    doubtful = check_places.listed(store)
    if not doubtful.empty:
        check_places.put_right(check_places.chosen(doubtful))
