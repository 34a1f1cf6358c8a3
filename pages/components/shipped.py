"""How an empty page begins: the network's real ecosystem, a fictitious one to try, one's own."""

import pandas as pd
import streamlit as st

from geo.directory.ecosystems import (
    EXAMPLE_ID,
    fictitious_changes,
    remove_fictitious,
    remove_network,
)
from geo.directory.ecosystems.shipped import said_of
from geo.directory.store.changes import Changes
from geo.directory.store.network import NETWORK, network_changes, network_records
from geo.directory.store.worlds import FICTITIOUS, is_fictitious
from geo.errors import AtlasError
from geo.french import typeset
from pages.components.store_view import StoreView, open_store_view
from pages.components.submit import submit, writes_at_once
from pages.components.text import plain

FICTION = "Données fictives, inventées pour essayer."
_STEPS = (
    "**Votre écosystème, en trois étapes**\n\n"
    "1. [Créez votre écosystème](/ecosysteme) : un territoire choisi, listé ou dessiné ; les "
    "acteurs qui s’y trouvent y entrent d’eux-mêmes.\n"
    "2. [Apportez vos acteurs](/contribuer) par un tableau ou une carte, ou "
    "[un à un](/acteurs).\n"
    "3. Reliez-les : [une alliance](/alliances) dit qui travaille avec qui, "
    "[un projet](/projets) ce qu’ils font ensemble."
)


def warn_of_trial(record_id: str) -> None:
    """Say that what is shown is made up, when this record is of the fictitious territory."""
    if is_fictitious(record_id):
        st.error(
            f"**{typeset(FICTION)}** Ne les diffusez pas comme réelles.", icon=":material/science:"
        )


def ships(ecosystem_id: str) -> bool:
    """Return whether an ecosystem is one that Catalyse brings, and takes away whole."""
    return ecosystem_id == NETWORK or is_fictitious(ecosystem_id)


def begin_when_empty(store_view: StoreView, chosen: str = "") -> None:
    """Begin as an empty page does, unless an ecosystem is chosen or the base holds one's own."""
    if not chosen and _nothing_of_ones_own(store_view):
        begin(store_view)


def _nothing_of_ones_own(store_view: StoreView) -> bool:
    real = store_view.world()
    shipped = {one["alliance_id"] for one in network_records()["alliance"]}
    alliances, homes = {*real["alliance"].index}, {*real["ecosystem"].index}
    return not (alliances - shipped or homes - {NETWORK, EXAMPLE_ID} or len(real["project"]))


def begin(store_view: StoreView, *, shown: bool = False) -> None:
    """Lead to one's own ecosystem, to the network's unless it is ``shown``, to a fictitious one."""
    known = store_view.seen["ecosystem"].index
    with st.container(border=True, key="commencer"):
        st.markdown(typeset(_STEPS))
        with st.container(horizontal=True, vertical_alignment="center"):
            if not shown:
                _network(known)
            _trial(known)
        if FICTITIOUS not in known and not writes_at_once():
            st.caption("La coordination de cette base peut y ajouter un territoire fictif.")


def _network(known: pd.Index) -> None:
    labels = ("Voir l’écosystème du réseau, réel et sourcé", "Ajouter l’écosystème du réseau")
    _offer(NETWORK, known, labels, ("hub", "add_link"))


def _trial(known: pd.Index) -> None:
    labels = ("Ouvrir le territoire fictif", "Essayer sur un territoire fictif")
    _offer(FICTITIOUS, known, labels, ("science", "science"))


def _offer(
    ecosystem_id: str, known: pd.Index, labels: tuple[str, str], icons: tuple[str, str]
) -> None:
    """Lead to an ecosystem that ships, or let who may write add it."""
    if ecosystem_id in known:
        st.page_link(
            "ecosysteme.py",
            label=labels[0],
            query_params={"ecosysteme": ecosystem_id},
            icon=f":material/{icons[0]}:",
        )
    elif writes_at_once():
        st.button(labels[1], on_click=_add, args=(ecosystem_id,), icon=f":material/{icons[1]}:")


def _open(ecosystem_id: str) -> None:
    st.session_state["ecosysteme"] = ecosystem_id


def _add(ecosystem_id: str) -> None:
    """Write what ships as one state of the history, and show it; a callback."""
    book = open_store_view().book
    try:
        if ecosystem_id == NETWORK:
            changes, message = network_changes(book), "Ajout de l’écosystème du réseau"
        else:
            changes, message = fictitious_changes(book), "Ajout du territoire fictif"
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    if submit(changes, message):  # the history counts what it wrote
        _open(ecosystem_id)


def removal(store_view: StoreView, ecosystem_id: str) -> None:
    """Offer to take away, whole, what Catalyse brought; the history brings it back."""
    if not writes_at_once():
        return
    made_up = is_fictitious(ecosystem_id)
    changes = remove_fictitious(store_view.book) if made_up else remove_network(store_view.book)
    what = "le territoire fictif" if made_up else "l’écosystème du réseau"
    st.caption(typeset(f"Retirer : {said_of(changes)}. L’historique permet de tout rétablir."))
    st.button(
        f"Retirer {what}",
        on_click=_remove,
        args=(changes, f"Retrait {'du' if made_up else 'de'} {what.removeprefix('le ')}"),
        icon=":material/delete:",
    )


def _remove(changes: Changes, message: str) -> None:
    if submit(changes, message):
        _open("")
