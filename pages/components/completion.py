"""How complete a record is, for the coordination; and the link by which its owner completes it."""

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo.directory.completeness import completeness
from geo.directory.owner_link import DAYS, end_links, signed
from geo.directory.store.lookup import has
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import NBSP, typeset
from geo.output.embedding import own_origin
from geo.query.parameters import LINK, RECORD
from geo.settings import settings
from pages.components.session_user import person
from pages.components.text import plain

_FOR_WHOM: Final = (
    f"À envoyer à l’adresse générique de l’organisation : ce lien, valable {DAYS} jours, n’ouvre "
    "que cette fiche, et ce qu’elle envoie attend dans Modération."
)

_ENDED: Final = (
    "Les liens faits jusqu’ici pour cette fiche n’ouvrent plus rien. Ce qu’ils ont déjà envoyé "
    "reste dans Modération."
)


def completion(store: Store, actor_id: str) -> None:
    """Show the coordination what a record leaves out, and make a link for the organisation."""
    if not person().may_write or not has(store.read("actor"), actor_id):
        return
    found = completeness(store.record("actor", actor_id))
    with st.expander(f"Fiche renseignée à {found.share * 100:.0f}{NBSP}%", icon=":material/rule:"):
        if found.missing:
            st.markdown(plain(f"Il manque : {', '.join(found.missing)}."))
        else:
            st.markdown("Rien ne manque.")
        if not store.read_only:
            try:
                _links(store, actor_id)
            except AtlasError as fault:
                st.error(plain(str(fault)), icon=":material/error:")


def _links(store: Store, actor_id: str) -> None:
    """Make a link, or end those made so far: one forwarded too far, or sent to the wrong people."""
    if st.button(
        "Faire un lien pour que l’organisation la complète",
        key=f"lien_{actor_id}",
        icon=":material/link:",
    ):
        _link(store, actor_id)
    if st.button(
        "Mettre fin aux liens déjà faits",
        key=f"fin_des_liens_{actor_id}",
        icon=":material/link_off:",
    ):
        end_links(store, actor_id)
        st.success(typeset(_ENDED), icon=":material/check:")


def _link(store: Store, actor_id: str) -> None:
    query = {RECORD.name: actor_id, LINK.name: signed(store, actor_id)}
    origin = own_origin(settings().url, st.context.url or "")
    st.code(f"{origin}/completer?{urlencode(query)}", language=None, wrap_lines=True)
    st.caption(typeset(_FOR_WHOM))
