"""The journal on screen: snapshots, one snapshot, one record's life, and the way back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final
from urllib.parse import quote

import streamlit as st

from geo.directory.actors import WITHHOLDABLE
from geo.directory.schema import KINDS, SEALED
from geo.directory.store.changes import Changes
from geo.directory.store.history import (
    Difference,
    HistoryEntry,
    differences,
    entries,
    entry,
    everything_restored,
    record_history,
    record_restored,
)
from geo.directory.store.store import Store
from geo.directory.undoing import published_again, undone
from geo.directory.withheld import hidden
from geo.errors import AtlasError
from geo.french import NBSP, count, moment, quoted, typeset
from geo.output.html import joined_table, link, table
from geo.output.place_names import short_label
from geo.query.parameter import in_address
from geo.query.parameters import BEFORE, RECORD, STATE
from pages.components.link import current_query
from pages.components.nothing_waits import closed_room
from pages.components.session_user import person
from pages.components.submit import may_write, submit
from pages.components.text import plain
from pages.sections.historique import added, people, undo_rows, words

_A_PAGE: Final = 25
_MOST_LINES: Final = 300
_HIDDEN: Final = "non publié"
_HEADER: Final = ("Fiche", "Champ", "Avant", "Après")


def may_read() -> bool:
    """Return whether this visitor may read the journal, which names people; say why not."""
    if person().may_propose:
        return True
    closed = "L’historique nomme des personnes : identifiez-vous pour le lire."
    st.info(typeset(closed), icon=":material/lock:")
    closed_room("Ici se lit qui a changé quoi, quand et pourquoi, et l’on revient en arrière.")
    return False


def requested_state(store: Store) -> tuple[tuple[str, str] | None, HistoryEntry | None]:
    """Return the record or the state that the link names; what does not exist is said."""
    named = current_query()
    kind, _, record_id = named[RECORD].partition(":")
    if kind in KINDS and record_id:
        return (kind, record_id), None
    state = named[STATE]
    if state is None:
        return None, None
    try:
        return None, entry(store, int(state))
    except AtlasError as fault:
        st.warning(plain(str(fault)), icon=":material/link_off:")
        return None, None


def every_state(store: Store) -> None:
    """List what was written, the last first."""
    before = current_query(say=False)[BEFORE]
    limit = {"before": int(before)} if before else {}
    found = entries(store, _A_PAGE + 1, **limit)
    if store.read_only:
        st.info(plain(store.read_only), icon=":material/lock:")
    st.caption(
        f"Chaque enregistrement garde la base telle qu’elle était. Rien n’est effacé{NBSP}: "
        "revenir en arrière en ajoute un."
    )
    if person().may_write and not store.read_only:
        undo_rows.undo_rows(store, found[:_A_PAGE], _line)
    else:
        st.html(table(undo_rows.TITLE, undo_rows.HEADER, map(_line, found[:_A_PAGE]), folds=True))
    with st.container(horizontal=True):
        if before:
            st.page_link("historique.py", label="Les plus récents")
        if len(found) > _A_PAGE:
            older = in_address({BEFORE: found[_A_PAGE - 1].snapshot})
            st.page_link("historique.py", label="Plus anciens", query_params=older)
    if person().may_write and not store.read_only:
        people.people(store)


def _line(one: HistoryEntry) -> list[str]:
    day = link(f"/historique?etat={one.snapshot}", moment(one.written_at))
    return [day, one.author, one.message, _touched(one)]


def _touched(one: HistoryEntry) -> str:
    parts = []
    for kind in one.kinds:
        counts = one.touched[kind.name]
        total = counts["put"] + counts["drop"]
        removals = f", dont {counts['drop']} en moins" if counts["drop"] else ""
        parts.append(f"{count(total, kind.label, kind.plural)}{removals}")
    return f"{NBSP}; ".join(parts) or "aucune"


def one_state(store: Store, one: HistoryEntry) -> None:
    """Show what one snapshot changed, field by field, and offer to go back to it."""
    st.page_link("historique.py", label="Tout l’historique", icon=":material/arrow_back:")
    st.header(plain(one.message), anchor=False)
    st.caption(plain(f"Enregistré le {moment(one.written_at)}, {one.author}"))
    changed, many = added.parted(differences(store, one.snapshot))
    added.show_names(store, many)
    if changed or not many:
        _table(store, changed, "Le reste, champ par champ" if many else _touched(one))
    writes = may_write()
    if one.kinds and writes:
        if again := published_again(store, one.snapshot):
            st.warning(plain(again), icon=":material/visibility:")
        _go_back(
            "Défaire cet enregistrement",
            partial(undone, store, one.snapshot),
            f"Annulation{NBSP}: {one.message}",
            f"defaire_{one.snapshot}",
            "Ce qu’il a changé est remis comme avant lui ; ce qui a été fait depuis reste.",
        )
    if one.snapshot == store.snapshot():
        st.caption("C’est le dernier enregistrement : la base est ainsi aujourd’hui.")
    elif writes:
        _go_back(
            "Remettre toute la base comme elle était alors",
            partial(everything_restored, store, one.snapshot),
            f"Retour de la base au {moment(one.written_at)}",
            f"base_{one.snapshot}",
        )


def _table(
    store: Store, changed: list[Difference], caption: str, header: Sequence[str] = _HEADER
) -> None:
    changed = words.meaningful(changed)
    rows = (_row(store, one)[-len(header) :] for one in changed[:_MOST_LINES])
    several = header is _HEADER  # of one record, the first column is a field
    write = joined_table if several else partial(table, folds=True)
    st.html(write(caption, header, rows))
    if len(changed) > _MOST_LINES:
        left = len(changed) - _MOST_LINES
        st.caption(f"Et {count(left, 'autre champ', 'autres champs')}.")


def _row(store: Store, one: Difference) -> list[str]:
    address = f"/historique?fiche={one.kind.name}:{quote(one.record_id)}"
    name = link(address, words.title(store, one))
    if _is_hidden(store, one):
        return [name, short_label(one.field), _HIDDEN, _HIDDEN]
    before, after = (words.value(store, one, text) for text in (one.before, one.after))
    return [name, short_label(one.field), before, after]


def _is_hidden(store: Store, one: Difference) -> bool:
    """Return whether a field is not for those who only propose.

    Of a contact or a request, all is the coordination's; of an actor, what its owner withdrew from
    publication, and what an owner may have withdrawn once the record is gone.
    """
    if person().may_write:
        return False
    records = store.read(one.kind.name)
    if "withheld" not in records:
        return one.kind in SEALED
    if one.record_id in records.index:
        return one.field.name in hidden(records["withheld"][one.record_id])
    return one.field.name in WITHHOLDABLE


def one_record(store: Store, kind: str, record_id: str) -> None:
    """Show everything that happened to one record, and offer any of its states again."""
    st.page_link("historique.py", label="Tout l’historique", icon=":material/arrow_back:")
    entries = record_history(store, kind, record_id)
    if not entries:
        st.info("Cette fiche n’a pas d’historique.", icon=":material/search_off:")
        return
    named = next((changed[0] for _, changed in entries if changed), None)
    name = words.title(store, named) if named else record_id
    st.header(plain(name), anchor=False)
    st.caption(f"{KINDS[kind].label.capitalize()}, {count(len(entries), 'changement')}.")
    writes = may_write()
    for place, (one, changed) in enumerate(entries):
        about = f"{moment(one.written_at)}, {one.author}"
        if changed:
            _table(store, changed, about, _HEADER[1:])
        else:  # its revision alone, when another record was merged into it
            st.markdown(f"**{plain(about)}**{NBSP}: aucun champ changé.")
        st.caption(plain(one.message))
        if place and writes:
            _go_back(
                f"Remettre cette fiche comme elle était le {moment(one.written_at)}",
                partial(record_restored, store, kind, record_id, one.snapshot),
                f"Retour de {quoted(name)} au {moment(one.written_at)}",
                f"fiche_{one.snapshot}",
            )


def _go_back(
    label: str,
    changes: Callable[[], Changes],
    message: str,
    key: str,
    what: str = "Tout ce qui a été changé depuis est défait.",
) -> None:
    with st.popover(label, icon=":material/restore:"):
        st.markdown(
            f"**{typeset(what)}** Ce retour s’ajoute à l’historique, qui permet d’en revenir."
        )
        if st.button("Confirmer le retour", key=key, type="primary"):
            try:
                found = changes()
            except AtlasError as fault:
                st.error(plain(str(fault)), icon=":material/error:")
                return
            if not found:
                st.info("La base est déjà ainsi.")
            elif submit(found, message):
                st.query_params.clear()
                st.rerun()
