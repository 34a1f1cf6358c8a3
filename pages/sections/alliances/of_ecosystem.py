"""Alliances of one ecosystem, or of all: what is said of them, where the map looks."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.analysis import network
from geo.analysis.ecosystem import Ecosystem
from geo.analysis.network import Choice
from geo.french import NBSP, count, typeset
from geo.output.maps.actors import located_only, network_bounds
from geo.output.maps.places import Bounds
from pages.components.store_view import StoreView
from pages.components.text import plain

_ANY: Final = Choice()
_WHAT: Final = (
    "Une alliance relie au moins deux acteurs : qui travaille avec qui, pour quoi, depuis quand, "
    "selon quelle source."
)


def home(store_view: StoreView) -> Ecosystem | None:
    """Return the ecosystem whose alliances are shown, None where those of all are."""
    chosen = str(st.session_state.get("ecosysteme") or "")
    known = chosen in store_view.seen["ecosystem"].index
    return store_view.ecosystem(chosen) if known else None


def say(store_view: StoreView, found: pd.DataFrame, choice: Choice) -> None:
    """Say how many alliances are shown, of which ecosystem, and by which filters."""
    who = count(len(found), "alliance") if len(found) else "Aucune alliance"
    joined = len(network.members_of(found, store_view.seen["actor"]))
    more = f", {count(joined, 'acteur')}" if len(found) else ""
    words = choice.in_words(store_view.names)
    if place := home(store_view):
        name = f"écosystème{NBSP}: {place.record['ecosystem_name']}"
        words = name if choice == _ANY else f"{name}{NBSP}; {words}"
    st.markdown(f"**{who}{more} ({plain(words)}).**")


def no_alliance(store_view: StoreView, choice: Choice) -> None:
    """Say what an alliance is when there is none to show."""
    own = home(store_view) is not None
    if choice != _ANY or (len(store_view.world()["alliance"]) and not own):
        text = "Aucune alliance ne répond à ces filtres."
    elif own:
        text = f"Cet écosystème n’a pas encore d’alliance. {_WHAT}"
    else:
        text = f"Aucune alliance n’est encore enregistrée. {_WHAT}"
    st.info(typeset(text), icon=":material/handshake:")


def bounds(store_view: StoreView, actors: pd.DataFrame) -> Bounds:
    """Look at the actors; where none has a point, at the perimeter of the ecosystem chosen."""
    place = home(store_view)
    if place is None or place.area.is_empty or len(located_only(actors)):
        return network_bounds(actors)
    west, south, east, north = place.area.bounds
    return west, south, east, north
