"""One request: what is asked, by whom, the mails, the next step, the notes, the end."""

from typing import Final

import streamlit as st

from geo.directory.access import Person
from geo.directory.requests import delivery, letters, states
from geo.directory.requests.erasure import erase_request
from geo.directory.requests.mail import mail_server, send
from geo.directory.store.changes import Record
from geo.directory.store.store import Store
from geo.errors import AtlasError, MailError, ReadOnlyStoreError
from geo.french import moment, typeset
from geo.output.html import facts
from geo.vocabulary import items, label
from pages.components.confirmations import confirm
from pages.components.session_user import person
from pages.components.submit import submit
from pages.components.text import plain

_WHO: Final = (
    ("need", "Besoin"),
    ("requester_name", "Nom"),
    ("requester_organisation", "Organisation"),
    ("requester_email", "Courriel"),
    ("requester_phone", "Téléphone"),
)
_DATES: Final = (
    ("created_at", "Reçue le"),
    ("passed_on_at", "Transmise le"),
    ("answered_at", "Répondue le"),
    ("met_at", "Rencontre le"),
    ("closed_at", "Close le"),
    ("reminded_at", "Relancée le"),
)
_VERBS: Final = {
    states.RECEIVED: "Rouvrir",
    states.PASSED_ON: "Marquer transmise, sans courriel",
    states.ANSWERED: "Marquer répondue",
    states.MET: "Marquer la rencontre faite",
    states.CLOSED: "Clore",
}


def show(store: Store, row: Record) -> None:
    """Show what is asked, by whom, from where, and the dates of each state."""
    names = delivery.names_of(store, row["chosen_ids"])
    pairs = [(title, row[name]) for name, title in _WHO]
    pairs += letters.about(row)
    pairs += [
        ("Pour", ", ".join(names.values())),
        ("Parvenue à", ", ".join(names.get(one, one) for one in row["written_ids"])),
        ("Envoi", label("request_delivery", row["delivery"])),
        ("État", label("request_state", row["shown_state"])),
        ("Issue", label("request_outcome", row["outcome"]) if row["outcome"] else ""),
    ]
    pairs += [(title, moment(row[name]) if row[name] else "") for name, title in _DATES]
    st.html(facts([(term, value) for term, value in pairs if value]))


def mails(store: Store, row: Record) -> None:
    """Answer whoever asked, remind those who do not, send by the server what did not leave."""
    record, asker = states.decrypt_request(store, row["request_id"])
    to = delivery.reminded(store, row) if row["shown_state"] == states.UNANSWERED else {}
    names = delivery.names_of(store, [*to])
    with st.container(horizontal=True):
        for one, address in to.items():
            letter = letters.reminder(address, record, asker)
            st.link_button(f"Relancer {names[one]}", letter.mailto(), icon=":material/mail:")
        if row["requester_email"]:
            answer = letters.answer(record, asker)
            st.link_button("Répondre à la personne", answer.mailto(), icon=":material/reply:")
    if mail_server() is None:
        st.caption(
            "Aucun serveur de courriel n’est réglé sur ce site\u00a0: ces messages s’ouvrent dans "
            "votre messagerie."
        )
        return
    if row["delivery"] != delivery.SENT and st.button(
        "Envoyer les courriels", icon=":material/send:"
    ):
        _sent(store, row["request_id"])
    if to and st.button("Relancer par courriel", icon=":material/alarm:"):
        _reminded(store, row["request_id"])


def _sent(store: Store, request_id: str) -> None:
    try:
        states.check_rights(person())
        done, _ = delivery.deliver(store, request_id)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    (confirm if done == delivery.SENT else st.error)(label("request_delivery", done))
    if done == delivery.SENT:
        st.rerun()


def _reminded(store: Store, request_id: str) -> None:
    try:
        states.check_rights(person())
        changes, made = delivery.remind(store, request_id)
        if not all(send(made)):
            raise MailError("Le serveur de courriel a refusé un des messages.")
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    if submit(changes, "Demande relancée"):
        st.rerun()


def next_state(store: Store, row: Record) -> None:
    """Let the request go to its next state; it is closed with its outcome."""
    outcome: str | None = None
    if states.CLOSED in states.NEXT[row["state"]]:
        outcome = st.pills(
            "Issue, pour clore",
            [item.id for item in items("request_outcome")],
            format_func=lambda code: label("request_outcome", code),
            key=f"issue_{row['request_id']}",
        )
    with st.container(horizontal=True):
        for state in states.NEXT[row["state"]]:
            if st.button(_VERBS[state], key=f"etat_{state}_{row['request_id']}"):
                _move(store, row["request_id"], state, outcome or "")


def _move(store: Store, request_id: str, state: str, outcome: str) -> None:
    try:
        ends = outcome if state == states.CLOSED else ""
        changes = states.advance(store, request_id, state, ends)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    if submit(changes, f"Demande de mise en lien\u00a0: {label('request_state', state).lower()}"):
        st.rerun()


def notes(store: Store, row: Record) -> None:
    """Keep notes, sealed with the rest."""
    with st.form(f"notes_{row['request_id']}"):
        text = st.text_area("Notes de la coordination", value=row["team_note"], max_chars=5_000)
        if st.form_submit_button("Garder les notes", icon=":material/edit_note:"):
            try:
                changes = states.annotate(store, row["request_id"], text)
            except AtlasError as fault:
                st.error(plain(str(fault)), icon=":material/error:")
                return
            if submit(changes, "Notes sur une demande de mise en lien"):
                st.rerun()


def erasure(store: Store, who: Person, row: Record) -> None:
    """Forget whoever asked, when they ask for it by another way than their link."""
    with st.expander("Effacer cette demande", icon=":material/delete_forever:"):
        st.markdown(
            typeset("La personne devient illisible, jusque dans l’historique : rien ne la ramène.")
        )
        if st.button("Effacer définitivement", key=f"effacer_{row['request_id']}"):
            try:
                if not person().may_write:  # asked again: it may have been drawn for another
                    raise ReadOnlyStoreError(states.CLOSED_TO_YOU)
                erase_request(store, row["request_id"], author=who.name)
            except AtlasError as fault:
                st.error(plain(str(fault)), icon=":material/error:")
                return
            st.rerun()
