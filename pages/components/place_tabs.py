"""« Mon territoire » : five pages of one place, as tabs that carry it from one to the next."""

from functools import lru_cache
from typing import Final

import pandas as pd
import streamlit as st

from geo.directory.ecosystems import visible_rows, with_example
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import of_place
from geo.output.place_pages import PLACE_PAGES
from geo.query.parameters import ECOSYSTEM, TERRITORY
from geo.reference.place import Place
from geo.reference.territory import territory
from pages.components.session_user import person
from pages.components.submit import receives
from pages.components.text import plain

_FORM: Final = "ecosysteme_form"


def place_tabs(page: str) -> None:
    """Show the tabs of the place that was chosen, on this page or before; nothing without one."""
    chosen, home = _place(page, _ecosystems())
    if not chosen and not home:
        return
    with st.container(horizontal=True, key="onglets"):
        named = page == "territoire" and chosen  # the heading below names it
        name = "" if named else f"\u00a0: {_name(chosen, home)}"
        st.caption(plain(f"Mon territoire{name}"), width="content")
        for name, label in PLACE_PAGES.items():
            if name != "territoire" or chosen:  # one that a team drew is of no territory
                st.page_link(f"{name}.py", label=label, query_params=_query(name, chosen, home))
    if page != "territoire" and not home and not st.session_state.get(_FORM):
        _begin_here(chosen)


def _begin_here(chosen: str) -> None:
    """Say that a territory has no ecosystem yet, and begin it with its name and place written."""
    name = territory(*Place.parse(chosen)).label
    remark = (
        f"{name} n’a pas encore d’écosystème ici\u00a0: cette page montre ceux de toute la France."
    )
    st.caption(plain(remark))
    if receives() and st.button(
        f"Créer l’écosystème {plain(of_place(name))}", icon=":material/add:"
    ):
        # What the form of a new ecosystem reads: see ``ecosystem_form``.
        st.session_state[_FORM] = "nouveau"
        st.session_state.pop("territoire_eco_texte", None)
        st.session_state["territoire_eco"] = chosen
        st.session_state["eco_nouveau_0_nom"] = name
        st.switch_page("ecosysteme.py")


def _query(page: str, chosen: str, home: str) -> dict[str, str]:
    named = {TERRITORY.name: chosen} if page == "territoire" else {ECOSYSTEM.name: home}
    return {name: value for name, value in named.items() if value}


def _ecosystems() -> pd.DataFrame:
    """Read the ecosystems that this visitor may see; none where the base cannot be read."""
    try:
        store = open_store()
        return _readable(store, store.snapshot(), person().may_propose)
    except AtlasError:
        return pd.DataFrame()


@lru_cache(maxsize=4)
def _readable(store: Store, _snapshot: int, drafts: bool) -> pd.DataFrame:  # noqa: FBT001
    return visible_rows(with_example(store.read("ecosystem")), drafts=drafts)


def _place(page: str, known: pd.DataFrame) -> tuple[str, str]:
    """Return the territory and the ecosystem of one place: the page's own leads, the other follows.

    An ecosystem that a team drew, or made of communes, is of no territory. Where no territory is
    chosen, the place stays that of the ecosystem.
    """
    chosen = str(st.session_state.get(TERRITORY.name) or "")
    home = str(st.session_state.get(ECOSYSTEM.name) or "")
    if known.empty:
        return chosen, ""
    codes = known["territory_kind"] + ":" + known["territory_code"]
    if home in known.index and (page != "territoire" or not chosen):
        return (codes[home] if known["territory_code"][home] else ""), home
    same = codes.index[codes == chosen]
    return chosen, (home if home in same else str(same[0]) if len(same) else "")


def _name(chosen: str, home: str) -> str:
    if chosen:
        return territory(*Place.parse(chosen)).label
    return str(_ecosystems()["ecosystem_name"][home])
