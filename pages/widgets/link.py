"""The link: what the visitor asked to see, read from the URL and written back to it."""

from collections.abc import Callable, Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.errors import AtlasError
from geo.query.selection import FACETS, Selection, from_url
from pages.widgets import view
from pages.widgets.text import plain

Reader = Callable[[str], object]
_CHOSEN = (
    *(name for name, _ in FACETS.values()),
    *("texte", "nombre", "rayon", "mesure", "contours", "indicateur", "autour"),
    *("ecosysteme", "vue", "type", "odd", "acteur", "periode"),
)


def carry_over(page: str) -> None:
    """Keep what was chosen on another page: a widget starts anew on each, its value said again."""
    if st.session_state.get("page") != page:
        for name in _CHOSEN:
            if name in st.session_state:
                st.session_state[name] = st.session_state[name]
        st.session_state["page"] = page


def open_link(**readers: Reader) -> None:
    """Take what a link asks for, once, before any widget is drawn.

    ``readers`` gives, for each parameter of this page, what refuses a bad value with an
    ``AtlasError``. What is refused is left out, and said by ``notices``; what a link does not
    say goes back to what it is by default, whatever was chosen before.
    """
    asked = _asked()
    query = view.without(asked)
    if query == st.session_state.get("link") or not (asked or _went_back()):
        return
    selection, notes = from_url(query)
    for field, (name, _) in FACETS.items():
        st.session_state[name] = list(getattr(selection, field))
    st.session_state["texte"] = selection.text
    for name, reader in readers.items():
        notes += _take(name, next(iter(query.get(name, [])), None), reader)
    notes += view.faults(asked)
    st.session_state["link"] = query
    st.session_state["notices"] = notes


def _asked() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _went_back() -> bool:
    # A bare address: the browser's back button asks for it whole, a page of the bar keeps filters.
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _take(name: str, value: str | None, reader: Reader) -> list[str]:
    st.session_state.pop(name, None)
    if f"{name}_texte" in st.session_state:  # a search field says the place of its link
        st.session_state[f"{name}_texte"] = ""
    if value is None:
        return []
    try:
        reader(value)
    except AtlasError as fault:
        return [f"Lien : {fault} Ce paramètre est ignoré."]
    st.session_state[name] = value
    st.session_state.pop(f"{name}_texte", None)
    return []


def share_link(selection: Selection, **shown: object) -> None:
    """Write the view to the URL, to be copied; empty values are left out.

    Where the map looks is the browser's to write: it stays while the page and its place stay.
    """
    wanted = selection.to_url() | {name: str(value) for name, value in shown.items() if value}
    lists: Mapping[str, list[str]] = {
        name: value if isinstance(value, list) else [value] for name, value in wanted.items()
    }
    if lists != view.without(_asked()):
        st.query_params.from_dict(lists)
    st.session_state["link"] = dict(lists)


def notices() -> None:
    """Say what a link asked for that could not be given, until the next link."""
    for note in st.session_state.get("notices", []):
        st.warning(plain(note), icon=":material/link_off:")
