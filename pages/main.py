"""The router: what anybody reads, what a territory makes, what its team tends."""

import streamlit as st

from geo.templates import web_path
from pages.components.embed import embedded, framed_pages
from pages.components.link import carry_over
from pages.components.page_frame import warn_of_fiction, warn_of_loss
from pages.components.session_user import person, user_bar
from pages.components.undo_bar import undo_bar

proposes = person().may_propose
sections = {
    "": [
        st.Page("trouver.py", title="Trouver", default=True),
        st.Page("carte.py", title="Carte"),
        st.Page("territoire.py", title="Territoire"),
        st.Page("catalyseurs.py", title="Catalyseurs"),
        st.Page("methode.py", title="Méthode", url_path="methode"),
        st.Page("integrer.py", title="Intégrer"),
    ],
    "Faire alliance": [
        st.Page("ecosysteme.py", title="Écosystème", url_path="ecosysteme"),
        st.Page("acteurs.py", title="Acteurs"),
        st.Page("alliances.py", title="Alliances"),
        st.Page("projets.py", title="Projets"),
    ],
    "Gérer": [
        st.Page("contribuer.py", title="Contribuer"),
        st.Page("verifier.py", title="À vérifier"),
        st.Page("doublons.py", title="Doublons"),
        st.Page("historique.py", title="Historique"),
        st.Page(
            "moderation.py", title="Modération", visibility="visible" if proposes else "hidden"
        ),
        st.Page("completer.py", title="Complétez votre fiche", visibility="hidden"),
    ],
}
in_frame = embedded()
page = st.navigation(
    framed_pages(sections) if in_frame else sections, position="hidden" if in_frame else "top"
)
st.set_page_config(
    page_title=f"{page.title} · Catalyseurs territoriaux",
    page_icon=str(web_path("favicon.svg")),
    layout="wide",
)
carry_over(page.url_path)
if not in_frame:
    st.logo(str(web_path("logo.svg")), size="large")
    user_bar()
    undo_bar()
warn_of_fiction()
warn_of_loss()
page.run()
