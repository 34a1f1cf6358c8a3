"""How to write to an organisation, as the store publishes it."""

from typing import Any, Final

from geo.directory.published import published
from geo.directory.schema import ACTOR
from geo.directory.store.lookup import row_at
from geo.directory.store.store import Store

_WAYS: Final = ("address", "email", "phone", "opening_hours")


def published_record(store: Store, actor_id: str) -> dict[str, Any]:
    """Return what the store publishes of an organisation; blank for one of another file."""
    rows = published(store, "actor")
    at = row_at(rows, actor_id)
    return ACTOR.blank() if at is None else dict(rows.iloc[at])


def ways_to_reach(record: dict[str, Any]) -> list[tuple[str, str]]:
    """Name what is known: address, mail, telephone, opening."""
    return [(ACTOR.field(name).label, str(record[name])) for name in _WAYS if record[name]]
