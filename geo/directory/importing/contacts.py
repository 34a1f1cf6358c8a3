"""Contacts of an import that are not kept yet, as plain records: the caller seals them."""

from secrets import token_hex
from typing import Any, Final

from geo.directory.importing.draft import Draft
from geo.directory.importing.fields import CONTACT, plain

Record = dict[str, Any]
_MARK: Final = 4


def contacts_to_write(draft: Draft, rows: dict[int, str], known: list[Record]) -> list[Record]:
    """Give the new and changed contacts; a person is known by mail, else by name.

    Parameters
    ----------
    rows
        Actor of each row of the file.
    known
        Contacts kept, opened.

    Returns
    -------
    ``contact_id``, ``actor_id``, the fields of ``kinds.PERSONAL`` and where they come from;
    ``contact_id`` is drawn: it says nothing of the person, and is never one that was erased.
    """
    by_actor: dict[str, list[Record]] = {}
    for record in known:
        by_actor.setdefault(record["actor_id"], []).append(record)
    columns = draft.actors[["source_title", "source_date"]]
    origins = dict(zip(columns.index.tolist(), columns.to_dict("records"), strict=True))
    found = []
    for draft_contact in draft.contacts:
        actor_id = rows[draft_contact["row"]]
        here = by_actor.setdefault(actor_id, [])
        old = next((one for one in here if _same_person(one, draft_contact)), None)
        record = _whole(actor_id, draft_contact, old) | origins[draft_contact["row"]]
        if old is None:
            here.append(record)
        elif all(record[name] == old[name] for name in CONTACT):
            continue
        found.append(record)
    return found


def _same_person(one: Record, other: Record) -> bool:
    if one["contact_email"] and one["contact_email"] == other["contact_email"]:
        return True
    name = plain(one["contact_name"])
    return bool(name) and name == plain(other["contact_name"])


def _whole(actor_id: str, given: Record, old: Record | None) -> Record:
    """Give one contact: what the file says, completed by what is kept."""
    drawn = {"contact_id": f"{actor_id}.{token_hex(_MARK)}", **dict.fromkeys(CONTACT, "")}
    told = {name: given[name] for name in CONTACT if given[name]}
    return {**(old or drawn), "actor_id": actor_id, **told}
