"""Contacts of an import that are not kept yet, as plain records: the caller seals them."""

from secrets import token_hex
from typing import Any, Final

from geo.directory.importing.dry_run import DryRun
from geo.directory.importing.fields import CONTACT, plain

Record = dict[str, Any]
_MARK: Final = 4


def contacts_to_write(draft: DryRun, rows: dict[int, str], known: list[Record]) -> list[Record]:
    """Return the new and changed contacts; a person is known by mail, by name, else by telephone.

    Two rows of one file that give the same name two addresses speak of two people.

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
    found: dict[str, Record] = {}
    seen_ids = set[str]()
    for draft_contact in draft.contacts:
        actor_id = rows[draft_contact["row"]]
        here = by_actor.setdefault(actor_id, [])
        old = _known(draft_contact, here, seen_ids)
        record = _whole(actor_id, draft_contact, old)
        seen_ids.add(record["contact_id"])
        if old and all(record[name] == old[name] for name in CONTACT):
            continue
        here[:] = [one for one in here if one is not old] + [record]
        found[record["contact_id"]] = record | origins[draft_contact["row"]]
    return [*found.values()]


def _known(draft_contact: Record, here: list[Record], seen_ids: set[str]) -> Record | None:
    """Find the person that a row speaks of, by the surest sign first."""
    free = [
        one
        for one in here
        if one["contact_id"] not in seen_ids
        or not (one["contact_email"] and draft_contact["contact_email"])
    ]
    name = plain(draft_contact["contact_name"])
    criteria = (
        (
            here,
            lambda one: (
                one["contact_email"] and one["contact_email"] == draft_contact["contact_email"]
            ),
        ),
        (free, lambda one: name and name == plain(one["contact_name"])),
        (free, lambda one: _same_phone(one, draft_contact)),
    )
    return next((one for some, same in criteria for one in some if same(one)), None)


def _same_phone(one: Record, other: Record) -> bool:
    """Tell one number of one person: neither two names nor two addresses contradict it."""
    if not one["contact_phone"] or one["contact_phone"] != other["contact_phone"]:
        return False
    return not any(one[name] and other[name] for name in ("contact_name", "contact_email"))


def _whole(actor_id: str, draft_contact: Record, old: Record | None) -> Record:
    """Return one contact: what the file says, completed by what is kept."""
    blank = {"contact_id": f"{actor_id}.{token_hex(_MARK)}", **dict.fromkeys(CONTACT, "")}
    filled_fields = {name: draft_contact[name] for name in CONTACT if draft_contact[name]}
    return {**(old or blank), "actor_id": actor_id, **filled_fields}
