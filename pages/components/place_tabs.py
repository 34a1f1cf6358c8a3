"""« Mon territoire » : five pages of one place, as tabs that carry it from one to the next."""

from functools import lru_cache
from typing import Final

import pandas as pd
import streamlit as st

from geo.directory.ecosystems import visible_rows, with_example
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.query.parameters import ECOSYSTEM, TERRITORY
from geo.reference.place import Place
from geo.reference.territory import territory
from pages.components.session_user import person
from pages.components.text import plain

TABS: Final = {
    "territoire": "Territoire",
    "ecosysteme": "Écosystème",
    "acteurs": "Acteurs",
    "alliances": "Alliances",
    "projets": "Projets",
}


def place_tabs(page: str) -> None:
    """Show the tabs of the place that was chosen, on this page or before; nothing without one."""
    chosen, home = _place(page, _ecosystems())
    if not chosen and not home:
        return
    with st.container(horizontal=True, key="onglets"):
        st.caption(plain(f"Mon territoire\u00a0: {_name(chosen, home)}"), width="content")
        for name, label in TABS.items():
            st.page_link(f"{name}.py", label=label, query_params=_query(name, chosen, home))


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

    An ecosystem that a team drew, or made of communes, is of no territory.
    """
    chosen = str(st.session_state.get(TERRITORY.name) or "")
    home = str(st.session_state.get(ECOSYSTEM.name) or "")
    if known.empty:
        return chosen, ""
    codes = known["territory_kind"] + ":" + known["territory_code"]
    if page != "territoire" and home in known.index:
        return (codes[home] if known["territory_code"][home] else ""), home
    same = codes.index[codes == chosen]
    return chosen, (home if home in same else str(same[0]) if len(same) else "")


def _name(chosen: str, home: str) -> str:
    if chosen:
        return territory(*Place.parse(chosen)).label
    return str(_ecosystems()["ecosystem_name"][home])
