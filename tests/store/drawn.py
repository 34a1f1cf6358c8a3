"""Records drawn for the tests of the store."""

from pathlib import Path
from typing import Any

from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.encryption import encrypt
from geo.directory.store.rows import plain
from geo.directory.store.store import Store

PERSON = {
    "contact_name": "Zéphyrine Quandalle",
    "contact_role": "chargée de mission Xylophage",
    "contact_email": "zephyrine.quandalle@exemple.invalid",
    "contact_phone": "0199001234",
}


def record(kind: str, record_id: str, /, **fields: Any) -> dict[str, Any]:
    """Draw a published record; what is not said is empty."""
    known = KINDS[kind]
    named = {known.title: f"Nom {record_id}"} if known.title != known.id else {}
    return {**known.blank(), known.id: record_id, **named, "status": "publiee", **fields}


def _revision(store: Store, kind: str, record_id: str) -> int:
    held = store.read(kind)["revision"].to_dict()
    return int(held.get(record_id, 0))


def put(
    store: Store, kind: str, record_id: str, /, *, message: str = "Essai", **fields: Any
) -> int:
    """Write one record drawn anew, at the revision the store has."""
    revision = _revision(store, kind, record_id)
    drawn = record(kind, record_id, **{"revision": revision, **fields})
    return store.write(Changes.one(kind, drawn), author="Aude", message=message)


def put_person(store: Store, contact_id: str = "c1", **fields: Any) -> int:
    """Write a contact whose personal data is ``PERSON``, sealed."""
    revision = _revision(store, "contact", contact_id)
    drawn = record("contact", contact_id, **{"actor_id": "a", "revision": revision, **fields})
    return store.write(
        Changes.one("contact", encrypt(store, drawn, PERSON)), author="Aude", message="Contact"
    )


def state(store: Store, at: int | None = None) -> dict[str, dict[str, dict[str, Any]]]:
    """Read everything, as plain values that compare."""
    return {
        kind: {str(row[known.id]): plain(row) for row in store.read(kind, at).to_dict("records")}
        for kind, known in KINDS.items()
    }


def ids(store: Store, kind: str, at: int | None = None) -> list[str]:
    return [str(one) for one in store.read(kind, at).index]


def files_with(folder: Path, *texts: str | bytes) -> list[Path]:
    """List the files of a folder that hold one of some texts; each file is read once."""
    wanted = [text.encode() if isinstance(text, str) else text for text in texts]
    files = ((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())
    return [path for path, content in files if any(text in content for text in wanted)]
