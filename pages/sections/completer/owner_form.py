"""The form of an organisation: its record as published, what it would say, what became of it."""

from typing import Any, Final

import streamlit as st

from geo.directory.ecosystems.rules import LONGEST, LONGEST_NOTE
from geo.directory.owner import ASKED, complete, own_record
from geo.directory.schema import ACTOR, TEXTS, Field
from geo.directory.store.changes import Record
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import typeset
from geo.query.parameters import LINK, RECORD
from geo.vocabulary import items
from pages.components.link import current_query
from pages.components.text import plain

_NOTICE: Final = (
    "Ce que vous envoyez est relu par la coordination avant d’être publié. Donnez l’adresse et le "
    "téléphone de l’organisation, jamais ceux d’une personne. Ce lien n’ouvre que cette fiche : ne "
    "le faites pas circuler."
)
_HELP: Final = {
    "summary": "Une seule phrase, comme vous le diriez à un maire.",
    "offers": "Par exemple : un diagnostic gratuit pour les communes de moins de "
    "3\u202f000 habitants.",
    "email": "Une adresse générique : contact@…, accueil@…",
    "phone": "Le standard de l’organisation.",
    "opening_hours": "Par exemple : du mardi au vendredi, de 9 h à 12 h.",
}
_LABELS: Final = {
    "summary": "Ce que vous faites, en une phrase",
    "offers": "Ce que vous pouvez faire pour d’autres, et pour qui",
    "email": "Courriel (adresse générique)",
    "phone": "Téléphone (standard)",
}
_SENT: Final = (
    "Merci\u00a0: votre proposition est envoyée, la coordination va la relire. Vous pouvez fermer "
    "cette page."
)


def opened(store: Store) -> Record | None:
    """Return the record that the link opens; say in one sentence why it opens none."""
    query = current_query()
    try:
        return own_record(store, query[RECORD], query[LINK])
    except AtlasError as fault:
        st.warning(plain(str(fault)), icon=":material/link_off:")
        st.page_link(
            "etre_mis_en_lien.py", label="Joindre la coordination", icon=":material/handshake:"
        )
        return None


def explain(record: Record) -> None:
    """Say whose record this is, and what becomes of what is sent."""
    st.header(plain(record["actor_name"]), anchor=False)
    st.markdown(typeset(_NOTICE))


def form(store: Store, record: Record) -> None:
    """Ask for each field; propose what was typed, and give thanks where the form stood.

    Below it, nobody would see them on a phone, and would send again.
    """
    if store.read_only:
        st.info(plain(store.read_only), icon=":material/lock:")
        return
    key = f"completer_{record['actor_id']}_{record['revision']}"
    place = st.empty()
    with place.form(key, border=False):
        values = {name: _input(ACTOR.field(name), record[name], key) for name in ASKED}
        sent = st.form_submit_button("Envoyer", type="primary", icon=":material/send:")
    if sent and _send(store, record, values):
        place.success(_SENT, icon=":material/check:")


def _input(field: Field, current: Any, key: str) -> Any:
    label, key = typeset(_LABELS.get(field.name, field.label)), f"{key}_{field.name}"
    help_text = typeset(_HELP[field.name]) if field.name in _HELP else None
    if field.type == TEXTS:
        labels = {item.id: item.label for item in items(field.vocabulary)}
        return st.multiselect(
            label,
            [*dict.fromkeys([*labels, *current])],
            current,
            format_func=lambda one: labels.get(one, one),
            key=key,
            placeholder="Choisissez",
            select_all=False,
        )
    if field.vocabulary:
        labels = {item.id: item.label for item in items(field.vocabulary)}
        codes = [*dict.fromkeys(["", current, *labels])]
        named = lambda one: labels.get(one, one or "Non renseigné")  # noqa: E731
        return st.selectbox(label, codes, codes.index(current), format_func=named, key=key)
    most = LONGEST_NOTE if field.long else LONGEST
    ask = st.text_area if field.long else st.text_input
    return ask(label, current, max_chars=most, help=help_text, key=key)


def _send(store: Store, record: Record, values: dict[str, Any]) -> bool:
    """Return whether what was typed is proposed; say why not."""
    query = current_query(say=False)
    try:
        complete(store, query[RECORD], query[LINK], values, revision=record["revision"])
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return False
    return True
