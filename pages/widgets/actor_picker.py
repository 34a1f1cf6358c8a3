"""Choosing actors by name, few or thousands of them."""

import pandas as pd
import streamlit as st

from geo.directory.finding import find

LISTED = 400
_FOUND = 60


def pick_actors(label: str, actors: pd.DataFrame, key: str, chosen: list[str]) -> list[str]:
    """Draw a choice of several actors and give their ids, in the order they were chosen.

    Where there are more than ``LISTED`` actors, words of the name narrow the list first.
    """
    st.session_state.setdefault(key, [one for one in chosen if one in actors.index])
    held = [one for one in st.session_state[key] if one in actors.index]
    offered = _offered(actors, key, held)
    names = actors["actor_name"]
    picked = st.multiselect(
        label,
        offered,
        format_func=lambda one: _said(actors, names, one),
        key=key,
        placeholder="Choisissez des acteurs",
    )
    return [str(one) for one in picked]


def pick_actor(label: str, actors: pd.DataFrame, key: str, chosen: str) -> str:
    """Draw a choice of one actor or nobody, and give its id."""
    st.session_state.setdefault(key, chosen if chosen in actors.index else "")
    held = [st.session_state[key]] if st.session_state[key] in actors.index else []
    names = actors["actor_name"]
    picked = st.selectbox(
        label,
        ["", *_offered(actors, key, held)],
        format_func=lambda one: _said(actors, names, one) if one else "Personne",
        key=key,
        placeholder="Choisissez",
    )
    return str(picked or "")


def _offered(actors: pd.DataFrame, key: str, held: list[str]) -> list[str]:
    if len(actors) <= LISTED:
        order = actors["actor_name"].str.casefold().sort_values(kind="stable").index
        return [str(one) for one in order]
    typed = st.text_input(
        "Chercher un acteur par son nom",
        key=f"{key}_mots",
        placeholder="Par exemple : fondation, mairie, Charenton…",
        max_chars=80,
        live=True,
    )
    found = find(actors["actor_name"], typed or "")
    if len(found) > _FOUND:
        st.caption(f"{len(found)} acteurs répondent ; les {_FOUND} premiers sont proposés.")
    return [*dict.fromkeys([*held, *found[:_FOUND]])]


def _said(actors: pd.DataFrame, names: pd.Series, one: str) -> str:
    """Name an actor, with its town when another has the same name."""
    name = str(names.get(one, one))
    if one not in actors.index or (names == name).sum() < 2:  # noqa: PLR2004
        return name
    return f"{name} ({actors['town'][one] or one})"
