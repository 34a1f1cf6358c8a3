"""The queue of proposals: choose one, compare it, decide it; and those already decided."""

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from geo.directory import proposals
from geo.directory.access import Person
from geo.directory.proposals import DiffLine, Payload, Side
from geo.directory.schema import CONTACT
from geo.directory.store.changes import Changes, Record
from geo.directory.store.keys import keyring
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import count, quoted, typeset
from geo.output.proposals import side_by_side as compared_table
from geo.vocabulary import label
from pages.components.session_user import why_not
from pages.components.submit import submit
from pages.components.text import plain

_MOST_SHOWN: Final = 500


def may_read(who: Person) -> bool:
    """Return whether this visitor has proposals to see; say why when not."""
    if not who.may_propose:
        st.info(plain(why_not()), icon=":material/lock:")
        return False
    if not who.may_write:
        st.caption("Vos propositions et ce qu’elles sont devenues ; la coordination décide.")
    return True


def _author(who: Person) -> str | None:
    return None if who.may_write else who.name


def queue(store: Store, who: Person) -> Record | None:
    """Say how many proposals wait, and let one be chosen; give it, ``None`` when none waits."""
    waiting = proposals.list_pending(store.read("proposal"), _author(who))
    st.header(f"{count(len(waiting), 'proposition')} à examiner", anchor=False)
    if waiting.empty:
        st.write("Rien n’attend de décision.")
        return None
    rows = {str(row["proposal_id"]): row for row in plain_rows(waiting)}
    chosen = st.selectbox("Proposition", [*rows], format_func=lambda one: _said(rows[one]))
    return rows.get(chosen) if chosen else None


def _said(proposal: Record) -> str:
    try:
        asked = proposals.content(proposal)
    except AtlasError:
        return typeset(f"Illisible, par {proposal['author']}")
    what = f"{asked.action[0].upper()}{asked.action[1:]}"
    day = _day(proposal["proposed_at"])
    return typeset(f"{what} : {asked.title} ({asked.kind.label}), {proposal['author']}, {day}")


def _day(text: str) -> str:
    parts = text[:10].split("-")
    return "/".join(reversed(parts))


def read_proposal(store: Store, proposal: Record) -> tuple[Payload | None, Record | None]:
    """Return what a proposal holds and the record as it is now; say what cannot be read."""
    st.write(plain(f"{quoted(proposal['message'])}, {proposal['author']}"))
    try:
        asked = proposals.content(proposal)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return None, None
    return asked, proposals.current(store, asked)


def side_by_side(store: Store, who: Person, asked: Payload | None, now: Record | None) -> None:
    """Show the record as it is beside the proposal, what differs first."""
    if asked is None:
        return
    _link(asked, now)
    if asked.proposed is None:
        st.warning("Suppression de la fiche entière.", icon=":material/delete:")
    lines = proposals.diff(asked, now)
    differing = [line for line in lines if line.state != "same"]
    if not who.may_write:
        hidden = _hidden(asked, now)
        differing = [one for one in differing if one.field.name not in hidden]
    personal = proposals.personal(store, asked, now) if who.may_see_contacts else []
    caption = f"{asked.kind.label[0].upper()}{asked.kind.label[1:]} : {asked.title}"
    st.html(compared_table(typeset(caption), [*personal, *differing]))
    alike = [line for line in lines if line.state == "same" and line.current]
    # What a contributor may not read of a record, a proposal of theirs does not show either.
    if alike and who.may_write:
        with st.expander(f"{count(len(alike), 'champ identique', 'champs identiques')}"):
            st.html(compared_table("Champs identiques", alike))


def _hidden(asked: Payload, now: Record | None) -> set[str]:
    """Name the fields that a contributor may not read: withheld, or any of a contact's."""
    if asked.kind is CONTACT:
        return {field.name for field in CONTACT.fields}
    states = [one for one in (now, asked.base, asked.proposed) if one]
    return {name for one in states for name in one.get("withheld", ())}


def _link(asked: Payload, now: Record | None) -> None:
    if now is None:
        return
    where = {"fiche": f"{asked.kind.name}:{asked.record_id}"}
    st.page_link(
        "historique.py",
        label="Voir la fiche et son histoire",
        query_params=where,
        icon=":material/history:",
    )
    if asked.kind.name == "actor":
        st.page_link(
            "acteurs.py",
            label="Voir la fiche de l’acteur",
            query_params={"fiche": asked.record_id},
            icon=":material/open_in_new:",
        )


def decision(
    store: Store, who: Person, proposal: Record, asked: Payload | None, now: Record | None
) -> None:
    """Let a coordinator accept, refuse with a reason, or file as a duplicate."""
    key = proposal["proposal_id"]
    accepting, refusing, filing = st.columns(3, gap="medium")
    with accepting:
        if asked is not None:
            _accepting(store, who, proposal, asked, now)
    with refusing, st.form(f"refuser_{key}"):
        reason = st.text_area("Motif du refus", max_chars=2000)
        if st.form_submit_button("Refuser", icon=":material/block:"):
            _decide(
                lambda: proposals.refuse(proposal, reason, by=who.name),
                proposal,
                "refusée",
                lambda: _forget(store, asked, now),
            )
    with filing, st.form(f"doublon_{key}"):
        name = st.text_input("Fiche déjà présente (nom exact ou identifiant)", max_chars=300)
        if st.form_submit_button("Marquer comme doublon", icon=":material/content_copy:"):
            _decide(
                lambda: _filed(store, who, proposal, name),
                proposal,
                "classée comme doublon",
                lambda: _forget(store, asked, now),
            )


def _accepting(
    store: Store, who: Person, proposal: Record, asked: Payload, now: Record | None
) -> None:
    choices: dict[str, Side] = {}
    with st.form(f"accepter_{proposal['proposal_id']}"):
        for unit, lines in proposals.conflicts(asked, now).items():
            side = _side(unit, lines, proposal)
            if side:
                choices[unit] = side
        if st.form_submit_button("Accepter", icon=":material/check:", type="primary"):
            _decide(
                lambda: proposals.accept(proposal, store, by=who.name, choices=choices),
                proposal,
                "acceptée",
            )


def _side(unit: str, lines: list[DiffLine], proposal: Record) -> Side | None:
    labels = ", ".join(line.field.label for line in lines)
    sides: dict[Side, str] = {"current": "Garder la fiche", "proposed": "Prendre la proposition"}
    return st.radio(
        plain(f"Changé des deux côtés : {labels}"),
        [*sides],
        index=None,
        format_func=lambda side: sides[side],
        key=f"choix_{proposal['proposal_id']}_{unit}",
    )


def _filed(store: Store, who: Person, proposal: Record, name: str) -> Changes:
    found = proposals.named(store, proposal["record_kind"], name)
    return proposals.duplicate(proposal, found, store, by=who.name)


def _forget(store: Store, asked: Payload | None, now: Record | None) -> None:
    """Make a person whose contact is not kept unreadable, in the proposal too."""
    if asked is not None and asked.kind is CONTACT and now is None:
        keyring(store).destroy(asked.record_id)


def _decide(
    make: Callable[[], Changes],
    proposal: Record,
    decided: str,
    then: Callable[[], None] = lambda: None,
) -> None:
    try:
        changes = make()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    message = typeset(f"Proposition de {proposal['author']} {decided} : {proposal['message']}")
    if submit(changes, message):
        then()
        st.rerun()


def already_decided(store: Store, who: Person) -> None:
    """List what was decided: when, what, by whom and why."""
    found = proposals.list_decided(store.read("proposal"), _author(who))
    if found.empty:
        return
    many = count(len(found), "proposition déjà décidée", "propositions déjà décidées")
    st.header(many, anchor=False)
    st.dataframe(_table(found.head(_MOST_SHOWN)), hide_index=True)
    if len(found) > _MOST_SHOWN:
        st.caption(f"Les {_MOST_SHOWN} dernières ; toutes sont dans l’historique.")


def _table(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Décidée le": _day(row["decided_at"]),
                "Décision": label("decision", row["decision"]),
                "Proposition": _said(row),
                "Message": row["message"],
                "Décidée par": row["decided_by"],
                "Motif": row["reason"],
            }
            for row in plain_rows(found)
        ]
    )
