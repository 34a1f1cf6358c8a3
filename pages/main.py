"""The router: five pages, one bar at the top."""

import streamlit as st

st.set_page_config(
    page_title="Catalyseurs territoriaux", page_icon="data/web/favicon.svg", layout="wide"
)

st.navigation(
    [
        st.Page("trouver.py", title="Trouver", default=True),
        st.Page("carte.py", title="Carte"),
        st.Page("territoire.py", title="Territoire"),
        st.Page("catalyseurs.py", title="Catalyseurs"),
        st.Page("methode.py", title="Méthode", url_path="methode"),
    ],
    position="top",
).run()
