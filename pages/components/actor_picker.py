"""Choosing actors by name, few or thousands of them."""

from collections.abc import Collection

import pandas as pd
import streamlit as st

from geo.directory.finding import find
from geo.french import count

LISTED = 400


def pick_actors(
    label: str, actors: pd.DataFrame, key: str, chosen: list[str], first: Collection[str] = ()
) -> list[str]:
    """Draw a choice of several actors and give their ids, in the order they were chosen.

    Every actor is offered, by name, those of ``first`` before the others. Where there are more
    than ``LISTED``, words of the name, accents and case aside, put those that hold them on top.
    """
    st.session_state.setdefault(key, [one for one in chosen if one in actors.index])
    names = _names(actors)
    picked = st.multiselect(
        label,
        _offered(names, key, first),
        format_func=names.__getitem__,
        key=key,
        placeholder="Choisissez des acteurs",
        select_all=False,
    )
    return [str(one) for one in picked]


def pick_actor(
    label: str, actors: pd.DataFrame, key: str, chosen: str, first: Collection[str] = ()
) -> str:
    """Draw a choice of one actor or nobody, as ``pick_actors`` does, and give its id."""
    st.session_state.setdefault(key, chosen if chosen in actors.index else "")
    names = _names(actors)
    picked = st.selectbox(
        label,
        ["", *_offered(names, key, first)],
        format_func=lambda one: names[one] if one else "Personne",
        key=key,
        placeholder="Choisissez",
    )
    return str(picked or "")


def _offered(names: dict[str, str], key: str, first: Collection[str]) -> list[str]:
    by_name = sorted(names, key=lambda one: (one not in first, names[one].casefold()))
    if len(names) <= LISTED:
        return by_name
    typed = st.text_input(
        "Chercher un acteur par son nom",
        key=f"{key}_mots",
        placeholder="Par exemple : fondation, mairie, Charenton…",
        max_chars=80,
        live=True,
    )
    if not (typed or "").strip():
        return by_name
    found = find(pd.Series(names)[by_name], typed)
    st.caption(f"{count(len(found), 'acteur')} de ce nom, en tête de la liste.")
    return [*dict.fromkeys([*found, *by_name])]


def _names(actors: pd.DataFrame) -> dict[str, str]:
    """Name actors by id, each as no other is: with its town, then its id, where others would be."""
    names = actors["actor_name"].astype(str)
    for more in (actors["town"].where(actors["town"] != "", actors.index), actors["actor_id"]):
        names = names.mask(names.duplicated(keep=False), names + " (" + more.astype(str) + ")")
    return {str(one): name for one, name in names.items()}
