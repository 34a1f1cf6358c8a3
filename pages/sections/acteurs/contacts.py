"""Contacts of an actor: published ones for everybody, all of them for the coordination."""

from typing import Any, Final

import streamlit as st

from geo.directory.contacts import LABELS, contact_changes, of_actor, withdrawn
from geo.directory.store.encryption import consented
from geo.directory.store.keys import check_keys
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import count, typeset
from pages.components.erasing import erasing
from pages.components.provenance import date_field
from pages.components.session_user import person
from pages.components.submit import submit
from pages.components.text import plain

_NOTICE: Final = (
    "Données personnelles : elles sont chiffrées dans la base, montrées à la coordination seule, "
    "et publiées champ par champ avec le consentement de la personne."
)


def contacts(store: Store, actor_id: str) -> None:
    """Show who to write to; let the coordination keep, withdraw and erase contacts."""
    try:
        check_keys(store)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    _published(store, actor_id)
    if not person().may_write or store.read_only:
        return
    rows = of_actor(store, actor_id)
    title = count(len(rows), "contact") if len(rows) else "Aucun contact"
    with st.expander(title, icon=":material/contact_mail:"):
        st.caption(typeset(_NOTICE))
        for contact_id, row in rows.iterrows():
            _one(store, actor_id, str(contact_id), dict(row))
        st.header("Ajouter un contact", anchor=False)
        _form(store, actor_id, "", {})


def _published(store: Store, actor_id: str) -> None:
    shown = consented(store)
    for _, row in shown[shown["actor_id"] == actor_id].iterrows():
        text = ", ".join(str(row[name]) for name in LABELS if row[name])
        st.markdown(f"**Contact** : {plain(text)}")


def _one(store: Store, actor_id: str, contact_id: str, row: dict[str, Any]) -> None:
    name = row["contact_name"] or row["contact_email"] or "sans nom"
    st.header(plain(name), anchor=False)
    _form(store, actor_id, contact_id, row)
    with st.container(horizontal=True):
        if row["published"] and st.button("Retirer de la publication", key=f"hide_{contact_id}"):
            _done(submit(withdrawn(store, contact_id), "Publication d’un contact retirée"))
        erasing(store, contact_id)


def _form(store: Store, actor_id: str, contact_id: str, row: dict[str, Any]) -> None:
    key = f"contact_{actor_id}_{contact_id}_{row.get('revision', 0)}"
    with st.form(key, border=False):
        clear = {
            name: st.text_input(label, str(row.get(name, "")), max_chars=200, key=f"{key}_{name}")
            for name, label in LABELS.items()
        }
        consent = {
            "published": st.multiselect(
                "Publication consentie par la personne",
                [*LABELS],
                list(row.get("published", [])),
                format_func=LABELS.__getitem__,
                key=f"{key}_published",
                placeholder="Aucun champ publié",
                select_all=False,
            ),
            "consent_date": date_field(
                "Date du consentement", str(row.get("consent_date", "")), f"{key}_date"
            ),
            "consent_basis": st.text_input(
                "Preuve du consentement",
                str(row.get("consent_basis", "")),
                placeholder="Courriel du 3 mai, formulaire signé…",
                help="Sans nommer la personne\u00a0: ce champ n’est pas chiffré.",
                key=f"{key}_basis",
            ),
        }
        sent = st.form_submit_button("Enregistrer le contact", icon=":material/save:")
    if not sent:
        return
    try:
        changes = contact_changes(store, actor_id, contact_id, clear, consent)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    _done(submit(changes, "Contact modifié" if contact_id else "Contact ajouté"))


def _done(written: bool) -> None:  # noqa: FBT001 - what submit says
    if written:
        st.rerun()
