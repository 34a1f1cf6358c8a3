"""« Être mis en lien », wherever a need shows; and, for the coordination, what became of it."""

from collections.abc import Sequence

import streamlit as st

from geo.analysis.territory import Sheet
from geo.directory.requests.figures import states_of, unanswered_in
from geo.directory.requests.states import today
from geo.directory.store.open import open_store
from geo.errors import AtlasError
from geo.french import NBSP, count
from geo.output.request_link import ask_query
from geo.vocabulary import UNSTATED, label
from pages.components.session_user import person


def ask_link(what: str = "", **known: str) -> None:
    """Link to the form, with all that is known already written in it: see ``ask_query``."""
    st.page_link(
        "etre_mis_en_lien.py",
        label=f"Être mis en lien{NBSP}: {what}" if what else "Être mis en lien",
        query_params=ask_query(**known),
        icon=":material/handshake:",
    )


def only(codes: Sequence[str]) -> str:
    """Return the one practice that a filter keeps, or goal, none when it keeps several."""
    return codes[0] if len(codes) == 1 and codes[0] != UNSTATED else ""


def unanswered(answer: Sheet) -> None:
    """Tell the coordination how many requests from a territory nobody could answer."""
    if not person().may_see_contacts:
        return
    found = answer.territory
    try:
        counts = unanswered_in(open_store(), found.kind, found.code, today())
    except AtlasError:  # the page says elsewhere that the base cannot be read
        return
    if not counts:
        return
    practices = ", ".join(
        f"{label('practice', code)} ({number})" for code, number in counts.items()
    )
    many = count(sum(counts.values()), "demande restée", "demandes restées")
    st.warning(f"{many} sans réponse ici{NBSP}: {practices}.", icon=":material/person_alert:")
    st.page_link("demandes.py", label="Voir les demandes", icon=":material/inbox:")


def requests_to(actor_id: str) -> None:
    """Tell the coordination how many requests were sent to an organisation, and their states."""
    if not person().may_see_contacts:
        return
    try:
        states = states_of(open_store(), actor_id, today())
    except AtlasError:
        return
    if states:
        by_state = ", ".join(
            f"{label('request_state', one).lower()} {n}" for one, n in states.items()
        )
        many = count(sum(states.values()), "demande")
        st.page_link(
            "demandes.py",
            label=f"{many} de mise en lien{NBSP}: {by_state}",
            icon=":material/inbox:",
        )
