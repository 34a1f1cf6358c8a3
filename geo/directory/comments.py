"""Comments on a record, between members: sealed one key each, never public nor exported.

A comment may name somebody: like a contact it is forgotten, in every past state, with its key.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from geo.directory.access import Person
from geo.directory.schema import COMMENT, KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.keys import check_keys, keyring
from geo.directory.store.rows import plain_rows
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.errors import BadRecordError, ReadOnlyStoreError

LONGEST: Final = 2_000
_DRAFT: Final = "brouillon"
_NOT_YOURS: Final = "Seul son auteur ou la coordination efface un commentaire."
_CLOSED: Final = "Les commentaires sont entre membres\u00a0: identifiez-vous."


@dataclass(frozen=True)
class Comment:
    """What a member said, when (UTC, ISO 8601)."""

    comment_id: str
    author: str
    text: str
    written_at: str
    author_key: str = ""

    def is_by(self, person: Person) -> bool:
        """Return whether a person said it."""
        return person.wrote(self.author_key, self.author)


def comments_on(store: Store, kind: str, record_id: str, person: Person) -> list[Comment]:
    """Return the comments on a record to a member, the first first; nothing to anybody else."""
    if not person.may_propose:
        return []
    comments = store.read(COMMENT.name)
    mine = comments[(comments["record_kind"] == kind) & (comments["record_id"] == record_id)]
    if mine.empty:
        return []
    check_keys(store)
    return sorted(_opened(store, plain_rows(mine)), key=lambda one: one.written_at)


def _opened(store: Store, rows: list[dict[str, str]]) -> Iterator[Comment]:
    keys = keyring(store).existing([row["comment_id"] for row in rows])
    for row in rows:
        key = keys.get(row["comment_id"])
        try:
            content = json.loads(Fernet(key or b"").decrypt(row["sealed"].encode()))
        except (InvalidToken, ValueError):  # erased: nothing of it is left to read
            continue
        yield Comment(
            row["comment_id"],
            content["author"],
            content["text"],
            row["written_at"],
            content.get("key", ""),
        )


def comment(store: Store, kind: str, record_id: str, text: str, person: Person) -> int:
    """Write what a member says of a record; give the snapshot.

    Raises
    ------
    BadRecordError
        Nothing is said, or too much.
    UnknownCodeError
        There is no such record.
    ReadOnlyStoreError
        This is no member, or nobody may write to this store.
    """
    _members_only(person)
    body = text.strip()
    if not 0 < len(body) <= LONGEST:
        raise BadRecordError(f"Écrivez de 1 à {LONGEST} caractères.")
    store.record(KINDS[kind].name, record_id)
    check_keys(store)
    comment_id = f"comment-{token_hex(8)}"
    clear = json.dumps({"author": person.name, "key": person.key, "text": body}, ensure_ascii=False)
    record = COMMENT.blank() | {
        "comment_id": comment_id,
        "record_kind": kind,
        "record_id": record_id,
        "sealed": Fernet(keyring(store).key(comment_id)).encrypt(clear.encode()).decode(),
        "written_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "status": _DRAFT,
    }
    return submit(Changes.one(COMMENT.name, record), "Commentaire", person, store).snapshot


def erase_comment(store: Store, one: Comment, person: Person) -> int:
    """Forget a comment for good: its key first, then its record; give the snapshot.

    Raises
    ------
    ReadOnlyStoreError
        It is somebody else's, or nobody may write to this store.
    """
    _members_only(person)
    if not (person.may_write or one.is_by(person)):
        raise ReadOnlyStoreError(_NOT_YOURS)
    if store.read_only:
        raise ReadOnlyStoreError(store.read_only)
    check_keys(store)
    keyring(store).destroy(one.comment_id)
    removal = Changes.removal(COMMENT.name, one.comment_id)
    return store.write(removal, author=person.name, message="Commentaire effacé")


def _members_only(person: Person) -> None:
    if not person.may_propose:
        raise ReadOnlyStoreError(_CLOSED)
