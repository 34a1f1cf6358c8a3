"""The link: what the visitor asked to see, read from the URL and written back to it."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.query.doors import CARRIED, FILTERS, OPENED, PAGES, VIEW
from geo.query.parameter import Parameter, in_lists
from geo.query.parameters import ALSO, GROUND, TEXT
from geo.query.query import Query
from geo.query.selection import FACETS, Selection
from pages.components import map_state
from pages.components.text import plain

Reader = Callable[[str], object]


def carry_over(page: str) -> None:
    """Keep what was chosen on another page: a widget starts anew on each, its value said again."""
    if st.session_state.get("page") != page:
        for one in CARRIED:
            if one.name in st.session_state:
                st.session_state[one.name] = st.session_state[one.name]
        st.session_state["page"] = page


def open_link(page: str, **known: Reader) -> None:
    """Take what a link asks of a page, once, before any widget is drawn.

    ``known`` gives what refuses with an ``AtlasError`` a value that only the data can refuse.
    What is refused is left out, and said by ``notices``; what a link does not say goes back to
    what it is by default, whatever was chosen before.
    """
    parameters = _url_parameters()
    query = map_state.without(parameters)
    if query == st.session_state.get("link") or not (parameters or _went_back()):
        return
    found, faults = PAGES[page].read(parameters, {GROUND.name: map_state.ground, **known})
    for field, facet in FACETS.items():
        st.session_state[facet.name] = list(getattr(found.selection, field))
    st.session_state[TEXT.name] = found[TEXT]
    st.session_state[ALSO.name] = list(found.selection.also)
    for one in PAGES[page].parameters:
        if one not in (*FILTERS, *VIEW):
            _take(one, found)
    st.session_state["link"] = query
    st.session_state["notices"] = [map_state.left_out(fault) for fault in faults]


def _url_parameters() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _went_back() -> bool:
    # A bare address: the browser's back button asks for it whole, a page of the bar keeps filters.
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _take(one: Parameter[Any], found: Query) -> None:
    """Give a widget the value of the link; without one it starts as usual."""
    st.session_state.pop(one.name, None)
    field = f"{one.name}_texte"  # a search field says the place of its link
    if texts := one.texts(found[one]):
        st.session_state[one.name] = texts[0]
        st.session_state.pop(field, None)
    elif field in st.session_state:
        st.session_state[field] = ""


def share_link(selection: Selection, **shown: object) -> None:
    """Write the view to the URL, to be copied; empty values are left out.

    Where the map looks is the browser's to write: it stays while the page and its place stay.
    """
    wanted = selection.to_url() | {name: str(value) for name, value in shown.items() if value}
    lists = in_lists(wanted)
    if lists != map_state.without(_url_parameters()):
        st.query_params.from_dict(lists)
    st.session_state["link"] = lists


def current_query(*, say: bool = True) -> Query:
    """Read the record or the state that the link opens; what cannot be one is left out, and said.

    Parameters
    ----------
    say
        False where the page has said it already.
    """
    found, faults = OPENED.read(_url_parameters())
    for fault in faults if say else ():
        _say(map_state.left_out(fault))
    return found


def notices() -> None:
    """Say what could not be given, of a link or of a click on the map, until the next link."""
    for note in st.session_state.get("notices", []):
        _say(note)


def _say(note: str) -> None:
    st.warning(plain(note), icon=":material/info:")
