"""Which département of a large base duplicates are sought in; all of a base that is not."""

from typing import Final, NamedTuple

import pandas as pd
import streamlit as st

from geo.directory.duplicates.areas import MANY, NOWHERE, areas, departements
from geo.directory.store.lookup import named
from geo.directory.store.worlds import only_real
from geo.french import count, number
from geo.reference.territory import territory
from pages.components.text import plain

_PLACE_THEM: Final = (
    "Donnez leur commune, par un nouvel import : chacun sera cherché dans son département."
)
_SORT_THEM: Final = "Téléchargez-les page Acteurs, et triez-les par nom dans un tableur."


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
            f"{number(len(actors))} acteurs, c’est trop pour tout comparer : choisissez un "
            "département après l’autre. D’un département à l’autre, rien n’est comparé."
        )
    )
    if found[code] > MANY:
        advice = _PLACE_THEM if code == NOWHERE else _SORT_THEM
        st.info(
            plain(f"{count(found[code], 'acteur')} : trop pour les comparer deux à deux. {advice}"),
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
