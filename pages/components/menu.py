"""The pages, in the order of the menu: what anybody reads, a territory makes, its team tends."""

from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.directory.access import Person


def menu(who: Person) -> dict[str, list[StreamlitPage]]:
    """Return the pages by section of the menu; those that this person may not use are hidden."""
    return {
        "": [
            st.Page("trouver.py", title="Trouver", default=True),
            st.Page("carte.py", title="Carte"),
            st.Page("couverture.py", title="Couverture"),
            st.Page("territoire.py", title="Territoire"),
            st.Page("catalyseurs.py", title="Catalyseurs"),
            st.Page("methode.py", title="Méthode", url_path="methode"),
            st.Page("integrer.py", title="Intégrer"),
            st.Page("ressources.py", title="Ressources"),
            st.Page("reperes.py", title="Repères", url_path="reperes"),
            st.Page("etre_mis_en_lien.py", title="Être mis en lien", url_path="etre_mis_en_lien"),
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
            st.Page("moderation.py", title="Modération", visibility=_to(who.may_propose)),
            st.Page("demandes.py", title="Demandes", visibility=_to(who.may_see_contacts)),
            st.Page("completer.py", title="Complétez votre fiche", visibility="hidden"),
        ],
    }


def _to(allowed: bool) -> Literal["visible", "hidden"]:  # noqa: FBT001 - read at its two calls
    return "visible" if allowed else "hidden"
