"""Passing a request on: to whom, where to, by the server or from one's own mail program."""

import streamlit as st

from geo.directory.requests import delivery, states
from geo.directory.requests.mail import mail_server
from geo.directory.requests.passing import pass_on, send_on, typed_addresses
from geo.directory.store.changes import Changes, Record
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import NBSP
from geo.output.html import facts
from geo.output.reach import published_record, ways_to_reach
from pages.components.actor_picker import pick_actor
from pages.components.session_user import person
from pages.components.store_view import open_store_view
from pages.components.submit import submit
from pages.components.text import plain

_ELSEWHERE = (
    "Les catalyseurs que la personne a choisis sont en tête de la liste\u00a0; elle a accepté que "
    "sa demande aille aussi à un autre qui peut lui répondre."
)
_SEALED = "Cette adresse reste chiffrée avec la demande, et s’efface avec elle."


def passing_on(store: Store, row: Record) -> None:
    """Let the coordination send a request to a catalyst, whatever is published of it."""
    if store.read_only or row["state"] == states.CLOSED:
        return
    waits = not row["written_ids"]
    with st.expander(
        "Transmettre à un catalyseur", icon=":material/forward_to_inbox:", expanded=waits
    ):
        request_id, chosen_ids = row["request_id"], row["chosen_ids"]
        left = [one for one in chosen_ids if one not in row["written_ids"]]
        first = left[0] if left else ""
        key = f"transmettre_{request_id}_{len(row['written_ids'])}"
        actors = open_store_view().world()["actor"]
        actor_id = pick_actor("À qui", actors, key, first, chosen_ids)
        st.caption(_ELSEWHERE)
        if actor_id:
            _write(store, row, actor_id)


def _write(store: Store, row: Record, actor_id: str) -> None:
    public = published_record(store, actor_id)
    site = [("Site", str(public["website"]))] if public["website"] else []
    if ways := [*ways_to_reach(public), *site]:
        st.html(facts(ways))
    known = delivery.addresses(store, [actor_id]) | typed_addresses(row)
    request_id = row["request_id"]
    address = st.text_input(
        "Courriel du destinataire",
        known.get(actor_id, ""),
        key=f"transmettre_a_{request_id}_{actor_id}",
        max_chars=254,
        help=_SEALED,
    ).strip()
    if mail_server() is not None:
        if st.button("Transmettre par courriel", type="primary", icon=":material/send:"):
            _sent(store, request_id, actor_id, address)
        return
    _by_oneself(store, request_id, actor_id, address)


def _sent(store: Store, request_id: str, actor_id: str, address: str) -> None:
    try:
        states.check_rights(person())
        changes = send_on(store, request_id, actor_id, address)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    _note(changes)


def _by_oneself(store: Store, request_id: str, actor_id: str, address: str) -> None:
    """Give the mail ready to be sent from one's own program; then note that it was."""
    try:
        passing = pass_on(store, request_id, actor_id, address)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    with st.container(horizontal=True):
        st.link_button("1. Ouvrir le message prêt", passing.letter.mailto(), icon=":material/mail:")
        if st.button("2. C’est envoyé, le noter", icon=":material/check:"):
            _note(passing.changes)


def _note(changes: Changes) -> None:
    if submit(changes, f"Demande de mise en lien{NBSP}: transmise"):
        st.rerun()
