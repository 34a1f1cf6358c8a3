"""People: sealed one key each, so that forgetting a key forgets the person in every past state.

The store keeps every past state, the right to erasure asks that nothing is kept: what is personal
of a contact or of a request enters the store encrypted (Fernet: AES-128-CBC, HMAC-SHA256), and the
key lies outside it, without history. Erasing destroys the key, then the record: what is left in
past snapshots, in files and in older copies of them cannot be read by anybody.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import pandas as pd
from cryptography.fernet import Fernet, InvalidToken

from geo import database
from geo.directory.schema import CONTACT, PERSONAL, RecordKind
from geo.directory.store import rows
from geo.directory.store.changes import Changes, Record
from geo.directory.store.keys import check_keys, keyring
from geo.directory.store.store import Store
from geo.errors import ConflictError

FIELDS: Final = tuple(field.name for field in PERSONAL)
ERASED: Final = "effacé"
_ERASING: Final = "Effacement d’un contact à sa demande"
_TRIES: Final = 5


def encrypt(
    store: Store, record: Record, person: dict[str, str], kind: RecordKind = CONTACT
) -> Record:
    """Return a record with what is personal sealed in it; its key is kept apart."""
    return encrypt_all(store, [(record, person)], kind)[0]


def encrypt_all(
    store: Store, pairs: Sequence[tuple[Record, dict[str, str]]], kind: RecordKind = CONTACT
) -> list[Record]:
    """Seal many records of a kind, each with what is personal in it; keys are fetched once."""
    check_keys(store)
    keys = keyring(store).keys([record[kind.id] for record, _ in pairs])
    return [
        {**record, "sealed": _closed(keys[record[kind.id]], person, kind)}
        for record, person in pairs
    ]


def _closed(key: bytes, person: dict[str, str], kind: RecordKind) -> str:
    named = {field.name: person.get(field.name, "") for field in kind.personal}
    clear = json.dumps(named, ensure_ascii=False)
    return Fernet(key).encrypt(clear.encode()).decode()


def decrypt(store: Store, found: pd.DataFrame, kind: RecordKind = CONTACT) -> pd.DataFrame:
    """Add to records what their seals hold, for those who may read it; « effacé » without key.

    Raises
    ------
    UnreadableStoreError
        The keys are lost, which erases nobody.
    """
    if len(found):
        check_keys(store)
    keys = keyring(store).existing([*found.index])
    names = [field.name for field in kind.personal]
    clear = [_opened(keys.get(str(one)), text, names) for one, text in found["sealed"].items()]
    return found.assign(**{name: [one[name] for one in clear] for name in names})


def _opened(key: bytes | None, text: str, names: list[str]) -> dict[str, str]:
    if key is None:
        return dict.fromkeys(names, ERASED)
    try:
        content = json.loads(Fernet(key).decrypt(text.encode()))
    except InvalidToken:
        return dict.fromkeys(names, ERASED)
    return {name: str(content.get(name, "")) for name in names}


def consented(store: Store) -> pd.DataFrame:
    """Return the contacts that consented to some publication, with the fields they consented to.

    Returns
    -------
    By ``contact_id``: ``actor_id`` and the personal fields, empty where no consent was given.
    """
    found = store.read("contact")
    shown = found[(found["status"] == "publiee") & found["published"].map(bool)]
    if shown.empty:
        return pd.DataFrame(columns=["actor_id", *FIELDS])
    clear = decrypt(store, shown)
    for name in FIELDS:
        allowed = clear["published"].map(lambda names, name=name: name in names)
        clear[name] = clear[name].where(allowed & (clear[name] != ERASED), "")
    return clear[["actor_id", *FIELDS]]


def erase(store: Store, contact_id: str, *, author: str) -> int:
    """Forget a person for good: the key first, then the record and what points to it.

    One that was deleted, alone or with its organisation, is in the past states all the same.

    Raises
    ------
    UnknownCodeError
        No contact of any state of the base has this id, or it was erased.
    UnreadableStoreError
        The keys are lost: were they put back from a copy, nothing would be forgotten.
    """
    check_keys(store)
    proposals = store.read("proposal")
    about = proposals[
        (proposals["record_kind"] == "contact") & (proposals["record_id"] == contact_id)
    ]
    if about.empty and not _is_there(store, contact_id) and not _is_only_past(store, contact_id):
        store.record("contact", contact_id)  # says that there is none
    keyring(store).destroy(contact_id)
    for left in range(_TRIES - 1, -1, -1):
        there = _is_there(store, contact_id)
        changes = Changes.removal("contact", contact_id) if there else Changes()
        for row in _pointing(store, contact_id):
            changes += Changes.one("action", {**row, "contact_id": ""})
        changes += Changes.removal("proposal", *map(str, about.index))
        if not changes:
            return store.note(author=author, message=_ERASING)
        with suppress(*[ConflictError] if left else ()):  # an action was edited meanwhile
            return store.write(changes, author=author, message=_ERASING)
    raise AssertionError  # the last try has raised


def _is_there(store: Store, contact_id: str) -> bool:
    return contact_id in store.read("contact").index


def _is_only_past(store: Store, contact_id: str) -> bool:
    """Return whether a past state holds a contact that somebody could still read."""
    has_key = contact_id in keyring(store).existing([contact_id])
    return has_key and contact_id in every_state(store).index


def every_state(store: Store) -> pd.DataFrame:
    """Return each state that each contact ever had, by its id, sealed, its latest first."""
    if CONTACT.name not in store.touched(0):
        return rows.frame(CONTACT, rows.table(CONTACT, []))
    text = database.sql("store/every_state").format(table=CONTACT.table, id=CONTACT.id)
    found = store.fetch(text, {"last": store.snapshot()})
    return rows.frame(CONTACT, found)


def _pointing(store: Store, contact_id: str) -> list[dict[str, Any]]:
    actions = store.read("action")
    return rows.plain_rows(actions[actions["contact_id"] == contact_id])
