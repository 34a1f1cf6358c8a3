"""The filters every page shares, the sentence that says them, and their reset."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.french import typeset
from geo.query.selection import FACETS, Selection
from geo.vocabulary import choices, items, label
from pages.widgets.text import plain

TITLES = {"practices": "Pratique", "profiles": "Profil", "evidence": "Preuve publique"}


def filter_bar(more_label: str = "Plus de filtres") -> tuple[Selection, DeltaGenerator]:
    """Draw the filters; give the selection they make and the fold where a page adds its own."""
    practices = _facet("practices")
    more = st.expander(more_label, icon=":material/tune:")
    with more:
        profiles, evidence = _facet("profiles"), _facet("evidence")
    text = st.session_state.get("texte", "")
    return Selection(tuple(practices), tuple(profiles), tuple(evidence), text.strip()), more


def text_filter() -> None:
    """Draw the filter on words, for the pages that list; it counts wherever it was typed."""
    st.text_input(
        "Nom, commune ou note",
        key="texte",
        type="search",
        placeholder="Par exemple : alliance, Vincennes, fondation…",
        live=True,
        max_chars=200,
        persist_state="session",
    )


def _facet(field: str) -> list[str]:
    name, vocabulary_id = FACETS[field]
    helps = [f"{item.label} : {typeset(item.help)}" for item in items(vocabulary_id) if item.help]
    return st.pills(
        TITLES[field],
        choices(vocabulary_id),
        selection_mode="multi",
        format_func=lambda code: label(vocabulary_id, code),
        key=name,
        help="  \n".join(helps) or None,
        persist_state="session",
    )


def reset_filters() -> None:
    """Empty every filter; a callback."""
    for name, _ in FACETS.values():
        st.session_state[name] = []
    st.session_state["texte"] = ""


def say_selection(selection: Selection, found: int, *, key: str, lead: str = "") -> None:
    """Say the selection as a sentence with its count; offer to reset when something is filtered."""
    # A place of its own: were the button's coming to move what follows, the map would be remade.
    with st.container(gap="small"):
        st.markdown(f"**{lead if found else ''}{plain(selection.sentence(found))}**")
        if not selection.is_empty():
            st.button(
                "Enlever les filtres",
                key=f"reset_{key}",
                on_click=reset_filters,
                icon=":material/filter_alt_off:",
                type="primary" if not found else "tertiary",
            )
