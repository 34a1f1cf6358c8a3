"""An organisation completes its own record by a signed link: what it sends is only proposed.

It reads what is published and no more; what its owner withheld stays as it is unless it is filled
in again.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final

from geo.directory import owner_link
from geo.directory.actors import corrected
from geo.directory.proposals import propose
from geo.directory.proposals.payload import PENDING
from geo.directory.store.changes import Changes, Record
from geo.directory.store.lookup import has
from geo.directory.store.store import Store
from geo.directory.withheld import readable
from geo.errors import BadLinkError, ReadOnlyStoreError, TooManyError
from geo.french import quoted

AUTHOR: Final = "l’organisation"
ASKED: Final = (
    *("summary", "offers", "practices", "activities", "profile"),
    *("website", "email", "phone", "opening_hours", "address", "description"),
)
"""Fields that an organisation is asked for."""
_NOBODYS: Final = "lien"
"""In place of a person's key: no member who takes this name reads what organisations send."""
_WAITING: Final = 3
_A_DAY: Final = 100
_FULL: Final = (
    "Des propositions de votre organisation attendent déjà d’être relues\u00a0: la coordination "
    "les lira avant d’en recevoir d’autres."
)
_BUSY: Final = "Trop de propositions sont arrivées aujourd’hui\u00a0: revenez demain."


def own_record(store: Store, actor_id: str, link: str) -> Record:
    """Return the record that a link opens, as it is published.

    Raises
    ------
    BadLinkError
        The link opens nothing, or the record is gone.
    """
    return readable(_whole(store, actor_id, link))


def complete(
    store: Store, actor_id: str, link: str, values: Mapping[str, Any], *, revision: int
) -> int:
    """Propose what an organisation says of itself; give the snapshot that holds the proposal.

    Parameters
    ----------
    values
        Among ``ASKED``; others are left out.
    revision
        That of the record as it was read.

    Raises
    ------
    BadLinkError
        See ``own_record``.
    TooManyError
        Too many proposals wait for this record, or came today.
    BadRecordError
        A value breaks a rule, or nothing changes.
    ConflictError
        The record was changed since it was read.
    ReadOnlyStoreError
        Nobody may write to this store.
    """
    record = _whole(store, actor_id, link)
    if store.read_only:
        raise ReadOnlyStoreError(store.read_only)
    _refuse_many(store, actor_id)
    corrections = {name: value for name, value in values.items() if _is_said(name, value, record)}
    changed = corrected(record, corrections) | {"revision": revision}
    message = f"Fiche complétée par {AUTHOR}\u00a0: {quoted(record['actor_name'][:80])}"
    made = propose(Changes.one("actor", changed), AUTHOR, message, store, author_key=_NOBODYS)
    # Asked again in the writer's turn: several processes may have found room at once.
    room = partial(_refuse_many, store, actor_id)
    return store.write(made, author=AUTHOR, message=message, still=room)


def _whole(store: Store, actor_id: str, link: str) -> Record:
    owner_link.check(store, actor_id, link)
    if not has(store.read("actor"), actor_id):
        raise BadLinkError(owner_link.FORGED)
    return store.record("actor", actor_id)


def _is_said(name: str, value: Any, record: Record) -> bool:
    """Return whether a value counts: one left empty says nothing of what was not shown."""
    return name in ASKED and (bool(value) or name not in record["withheld"])


def _refuse_many(store: Store, actor_id: str) -> None:
    proposals = store.read("proposal")
    theirs = proposals[proposals["author"] == AUTHOR]
    waiting = theirs[(theirs["record_id"] == actor_id) & (theirs["decision"] == PENDING)]
    if len(waiting) >= _WAITING:
        raise TooManyError(_FULL)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    if sum(str(one) >= yesterday for one in theirs["proposed_at"]) >= _A_DAY:
        raise TooManyError(_BUSY)
