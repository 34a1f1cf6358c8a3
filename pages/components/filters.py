"""The filters every page shares, the sentence that says them, and their reset."""

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from geo.analysis.programmes import beside
from geo.french import typeset
from geo.query.parameter import Facet
from geo.query.parameters import ALSO, EVIDENCE, PRACTICE, PROFILE, TEXT
from geo.query.selection import FACETS, Selection
from geo.query.values import LONGEST
from geo.templates import render
from geo.vocabulary import choices, items, label
from pages.components.text import plain


def filter_drawer(label: str = "Filtres") -> tuple[Selection, ExpanderContainer]:
    """Draw the filters in a drawer that counts those in force, once it is open.

    Return the selection they make, and the drawer, where a page adds its own settings.
    """
    on = sum(len(st.session_state.get(facet.name) or ()) for facet in (*FACETS.values(), ALSO))
    fold = drawer(label, on, late=True)
    if fold.open:
        with fold:
            for facet in (PRACTICE, PROFILE, EVIDENCE):
                facet_pills(facet)
            also_pills()
    return chosen_selection(), fold


def drawer(label: str, on: int, *, late: bool = False) -> ExpanderContainer:
    """Return the fold of the filters of a page, beside how many are ``on``.

    ``late``: opening it runs the page, which fills it then. Thirty buttons that nobody looks at
    are a seventh of what a browser does for a first page.
    """
    # Streamlit closes such a fold when its label changes: the count stands beside it, always there,
    # so that nothing moves. Not a popover: the keyboard would find what it holds at the end of the
    # page alone.
    with st.container(key="filtres_en_vigueur", gap=None):
        st.html(render("filter_count.html", on=on))
        return st.expander(
            label,
            icon=":material/tune:",
            key="filtres",
            on_change="rerun" if late else "ignore",
        )


def chosen_selection() -> Selection:
    """Return the filters chosen so far, by the visitor or by the link."""
    chosen = {
        field: tuple(st.session_state.get(facet.name) or ()) for field, facet in FACETS.items()
    }
    also = tuple(st.session_state.get(ALSO.name) or ())
    return Selection(**chosen, text=st.session_state.get(TEXT.name, ""), also=also)


def text_filter() -> None:
    """Draw the filter on words, for the pages that list; it counts wherever it was typed."""
    st.text_input(
        TEXT.label,
        key=TEXT.name,
        type="search",
        placeholder="Par exemple : alliance, Vincennes, fondation…",
        live=True,
        max_chars=LONGEST,
        persist_state="session",
    )


def facet_pills(facet: Facet) -> None:
    """Draw the choice of items of one vocabulary; it counts on every page."""
    offered = items(facet.vocabulary)
    helps = [f"{item.label}\u00a0: {typeset(item.help)}" for item in offered if item.help]
    st.pills(
        facet.label,
        choices(facet.vocabulary),
        selection_mode="multi",
        format_func=lambda code: label(facet.vocabulary, code),
        key=facet.name,
        help="  \n".join(helps) or None,
        persist_state="session",
    )


def also_pills() -> None:
    """Draw the choice of what is shown beside the catalysts, nothing at first."""
    known = {one.id: one for one in items(ALSO.vocabulary)}
    offered = ALSO.kind.known()
    helps = [f"{known[code].plural}\u00a0: {typeset(known[code].help)}" for code in offered]
    st.pills(
        ALSO.label,
        offered,
        selection_mode="multi",
        format_func=lambda code: known[code].plural,
        key=ALSO.name,
        help="  \n".join(helps),
        persist_state="session",
    )


def reset_filters() -> None:
    """Empty every filter; a callback."""
    for facet in FACETS.values():
        st.session_state[facet.name] = []
    st.session_state[ALSO.name] = []
    st.session_state[TEXT.name] = ""


def say_selection(selection: Selection, found: int, *, key: str, lead: str = "") -> None:
    """Say the selection as a sentence with its count; offer to reset when something is filtered."""
    # A place of its own: were the button's coming to move what follows, the map would be remade.
    with st.container(gap="small"):
        sentence = selection.sentence(found, beside(selection))
        st.markdown(f"**{lead if found else ''}{plain(sentence)}**")
        if not selection.is_empty():
            st.button(
                "Enlever les filtres",
                key=f"reset_{key}",
                on_click=reset_filters,
                icon=":material/filter_alt_off:",
                type="primary" if not found else "tertiary",
            )
