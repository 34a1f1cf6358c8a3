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
from geo.directory.withheld import hidden
from geo.errors import AtlasError
from geo.french import NBSP, count, typeset
from geo.output.proposals import side_by_side as compared_table
from geo.vocabulary import label
from pages.components.nothing_waits import closed_room, nothing_waits
from pages.components.session_user import why_not
from pages.components.sortable import date_column, sortable
from pages.components.submit import submit
from pages.components.text import plain

_MOST_SHOWN: Final = 500


def may_read(person: Person) -> bool:
    """Return whether this visitor has proposals to see; say why when not."""
    if not person.may_propose:
        with st.container(key="lecture_seule"):
            st.info(plain(why_not()), icon=":material/lock:")
        closed_room("Ici la coordination lit ce que proposent les contributeurs, et décide.")
        return False
    if not person.may_write:
        st.caption("Vos propositions et ce qu’elles sont devenues ; la coordination décide.")
    return True


def _author(person: Person) -> Person | None:
    return None if person.may_write else person


def queue(store: Store, person: Person) -> Record | None:
    """Show how many proposals wait and let one be chosen; return it, ``None`` when none waits."""
    waiting = proposals.list_pending(store.read("proposal"), _author(person))
    if waiting.empty:
        nothing_waits(
            "Aucune proposition à examiner.",
            "Ici vient ce que propose un contributeur, ou une organisation par le lien de sa "
            "fiche : champ par champ, avant et après.",
            "/acteurs",
            "Voir les acteurs",
        )
        return None
    st.header(f"{count(len(waiting), 'proposition')} à examiner", anchor=False)
    rows = {str(row["proposal_id"]): row for row in plain_rows(waiting)}
    chosen = st.selectbox(
        "Proposition", [*rows], format_func=lambda proposal_id: _summary(rows[proposal_id])
    )
    return rows.get(chosen) if chosen else None


def _summary(proposal: Record) -> str:
    try:
        payload = proposals.read_payload(proposal)
    except AtlasError:
        return typeset(f"Illisible, par {proposal['author']}")
    # The name first: a phone shows no more than a line of it.
    what = f"{payload.action} ({payload.kind.label})"
    return typeset(
        f"{payload.title} : {what}, {proposal['author']}, {_day(proposal['proposed_at'])}"
    )


def _day(text: str) -> str:
    parts = text[:10].split("-")
    return "/".join(reversed(parts))


def read_proposal(store: Store, proposal: Record) -> tuple[Payload | None, Record | None]:
    """Return what a proposal holds and the record as it is now; say what cannot be read."""
    author = proposal["author"]
    st.write(plain(f"{author[:1].upper()}{author[1:]}{NBSP}: {proposal['message']}"))
    try:
        payload = proposals.read_payload(proposal)
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return None, None
    return payload, proposals.current(store, payload)


def side_by_side(
    store: Store, person: Person, payload: Payload | None, current_record: Record | None
) -> None:
    """Show the record as it is beside the proposal, what differs first."""
    if payload is None:
        return
    _link(payload, current_record)
    if payload.proposed is None:
        st.warning("Suppression de la fiche entière.", icon=":material/delete:")
    lines = proposals.diff(payload, current_record)
    differences = [line for line in lines if line.state != "same"]
    if not person.may_write:
        hidden = _hidden(payload, current_record)
        differences = [line for line in differences if line.field.name not in hidden]
    personal = proposals.personal(store, payload, current_record) if person.may_see_contacts else []
    caption = f"{payload.kind.label[0].upper()}{payload.kind.label[1:]} : {payload.title}"
    st.html(compared_table(typeset(caption), [*personal, *differences]))
    identical = [line for line in lines if line.state == "same" and line.current]
    # What a contributor may not read of a record, a proposal of theirs does not show either.
    if identical and person.may_write:
        with st.expander(f"{count(len(identical), 'champ identique', 'champs identiques')}"):
            st.html(compared_table("Champs identiques", identical))


def _hidden(payload: Payload, current_record: Record | None) -> set[str]:
    """Name the fields that a contributor may not read: withheld, or any of a contact's."""
    if payload.kind is CONTACT:
        return {field.name for field in CONTACT.fields}
    states = [state for state in (current_record, payload.base, payload.proposed) if state]
    return hidden(name for state in states for name in state.get("withheld", ()))


def _link(payload: Payload, current_record: Record | None) -> None:
    if current_record is None:
        return
    with st.container(horizontal=True):
        if payload.kind.name == "actor":
            st.page_link(
                "acteurs.py",
                label="Voir la fiche",
                query_params={"fiche": payload.record_id},
                icon=":material/open_in_new:",
            )
        st.page_link(
            "historique.py",
            label="Voir son historique",
            query_params={"fiche": f"{payload.kind.name}:{payload.record_id}"},
            icon=":material/history:",
        )


def decision(
    store: Store,
    person: Person,
    proposal: Record,
    payload: Payload | None,
    current_record: Record | None,
) -> None:
    """Let a coordinator accept, refuse with a reason, or file as a duplicate."""
    key = proposal["proposal_id"]
    accepting, refusing, filing = st.columns(3, gap="medium")
    with accepting:
        if payload is not None:
            _accepting(store, person, proposal, payload, current_record)
    with refusing, st.form(f"refuser_{key}", height="stretch"):
        reason = st.text_area("Motif du refus", max_chars=2000)
        st.caption("Qui a proposé le lira.")
        if st.form_submit_button("Refuser", icon=":material/block:"):
            _decide(
                lambda: proposals.refuse(proposal, reason, by=person.name),
                proposal,
                "refusée",
                lambda: _forget(store, payload, current_record),
            )
    with filing, st.form(f"doublon_{key}", height="stretch"):
        name = st.text_input("Fiche déjà présente, par son nom", max_chars=300)
        st.caption("La proposition est classée ; cette fiche ne change pas.")
        if st.form_submit_button("Marquer comme doublon", icon=":material/content_copy:"):
            _decide(
                lambda: _file_duplicate(store, person, proposal, name),
                proposal,
                "classée comme doublon",
                lambda: _forget(store, payload, current_record),
            )


def _accepting(
    store: Store, person: Person, proposal: Record, payload: Payload, current_record: Record | None
) -> None:
    choices: dict[str, Side] = {}
    with st.form(f"accepter_{proposal['proposal_id']}", height="stretch"):
        st.markdown("La fiche prend dès maintenant ce qui est proposé.")
        for unit, lines in proposals.conflicts(payload, current_record).items():
            side = _side(unit, lines, proposal)
            if side:
                choices[unit] = side
        if st.form_submit_button("Accepter", icon=":material/check:", type="primary"):
            _decide(
                lambda: proposals.accept(proposal, store, by=person.name, choices=choices),
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


def _file_duplicate(store: Store, person: Person, proposal: Record, name: str) -> Changes:
    original_id = proposals.find_record(store, proposal["record_kind"], name)
    return proposals.duplicate(proposal, original_id, store, by=person.name)


def _forget(store: Store, payload: Payload | None, current_record: Record | None) -> None:
    """Make a person whose contact is not kept unreadable, in the proposal too."""
    if payload is not None and payload.kind is CONTACT and current_record is None:
        keyring(store).destroy(payload.record_id)


def _decide(
    make: Callable[[], Changes],
    proposal: Record,
    decided: str,
    after: Callable[[], None] = lambda: None,
) -> None:
    try:
        changes = make()
    except AtlasError as fault:
        st.error(plain(str(fault)), icon=":material/error:")
        return
    message = typeset(f"Proposition de {proposal['author']} {decided} : {proposal['message']}")
    if submit(changes, message):
        after()
        st.rerun()


def already_decided(store: Store, person: Person) -> None:
    """List what was decided: when, what, by whom and why."""
    decided = proposals.list_decided(store.read("proposal"), _author(person))
    if decided.empty:
        return
    title = count(len(decided), "proposition déjà décidée", "propositions déjà décidées")
    st.header(title, anchor=False)
    table = _table(decided.head(_MOST_SHOWN))
    sortable(
        table,
        {"Décidée le": date_column("Décidée le", table["Décidée le"])},
        "Propositions décidées",
    )
    if len(decided) > _MOST_SHOWN:
        st.caption(f"Les {_MOST_SHOWN} dernières ; toutes sont dans l’historique.")


def _table(decided: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Décidée le": row["decided_at"][:10],
                "Décision": label("decision", row["decision"]),
                "Proposition": _summary(row),
                "Message": row["message"],
                "Décidée par": row["decided_by"],
                "Motif": row["reason"],
            }
            for row in plain_rows(decided)
        ]
    )
