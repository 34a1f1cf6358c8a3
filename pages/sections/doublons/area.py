"""Which département of a large base duplicates are sought in; all of a base that is not."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from geo.directory.duplicates.areas import MANY, NOWHERE, areas, departements
from geo.directory.store.lookup import named
from geo.directory.store.worlds import only_real
from geo.french import count, number
from geo.reference.territory import territory
from pages.components.text import plain


class Area(NamedTuple):
    """Where to look, None for everywhere, how many actors are there, and how a page says so."""

    code: str | None
    size: int
    words: str


def area_chosen(actors: pd.DataFrame) -> Area:
    """Offer the départements of a large base; the size is none where there are too many to compare.

    Parameters
    ----------
    actors
        Current actors that are not fictitious, by id.
    """
    found = areas(actors)
    if not found:
        return Area(None, len(actors), count(len(actors), "acteur"))
    code = st.selectbox(
        "Chercher dans",
        list(found),
        format_func=lambda one: f"{_name(one)} : {count(found[one], 'acteur')}",
        key="departement_des_doublons",
    )
    st.caption(
        plain(
            f"Sur {number(len(actors))} acteurs, deux fiches se comparent dans leur département. "
            f"Entre deux départements, rien n’est proposé au-delà de {number(MANY)} acteurs."
        )
    )
    if found[code] > MANY:
        st.info(
            plain(
                f"{count(found[code], 'acteur')} : trop pour les comparer deux à deux. "
                "Donnez leur commune, par un nouvel import, et ils seront cherchés là."
            ),
            icon=":material/info:",
        )
        return Area(code, 0, "")
    return Area(code, found[code], f"{count(found[code], 'acteur')}, {_name(code)}")


def area_of(actors: pd.DataFrame, actor_id: str) -> str | None:
    """Return the département to look in for one actor, None in a base that is compared whole."""
    if len(only_real(actors)) <= MANY:
        return None
    code = named(actors["commune_code"], [actor_id])[actor_id]
    return str(departements(pd.DataFrame({"commune_code": [code]}))[0])


def _name(code: str) -> str:
    return "Sans commune" if code == NOWHERE else territory("departement", code).label
