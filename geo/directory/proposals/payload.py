"""What a proposal holds: a record as it would be, and as it was when its author read it."""

import json
from dataclasses import dataclass
from typing import Any, Final

from geo.directory.schema import KINDS, RecordKind
from geo.directory.store.changes import Record
from geo.errors import BadRecordError

PENDING: Final = "pending"
TO_VALIDATE: Final = "a_valider"
"""Status of a proposal to decide: whatever reads published records does not see it."""
ARCHIVED: Final = "archivee"


@dataclass(frozen=True)
class Payload:
    """One record: ``proposed``, ``None`` to delete it; ``base``, ``None`` to create it."""

    kind: RecordKind
    record_id: str
    proposed: Record | None
    base: Record | None

    @property
    def title(self) -> str:
        """Name the record as a person knows it."""
        record = self.base or self.proposed or {}
        return str(record.get(self.kind.title) or self.record_id)

    @property
    def action(self) -> str:
        """Name in French what is proposed: creation, change or deletion."""
        if self.proposed is None:
            return "suppression"
        return "modification" if self.base else "création"


def serialize(proposed: Record | None, base: Record | None, author_key: str = "") -> str:
    """Write both states as the ``payload`` of a proposal, and who proposes, as ``Person.key``."""
    states = {"record": proposed, "base": base, "author": author_key}
    return json.dumps(states, ensure_ascii=False, allow_nan=False, default=_of_numpy)


def read_author_key(text: str) -> str:
    """Return the key of who made a proposal; "" where its payload says none."""
    try:
        return str(json.loads(text).get("author", ""))
    except (AttributeError, ValueError):
        return ""


def _of_numpy(value: Any) -> Any:
    return value.item()


def read_payload(proposal: Record) -> Payload:
    """Read what a proposal holds; a field its kind has gained since is empty.

    Raises
    ------
    BadRecordError
        It is no proposal that this application wrote.
    """
    try:
        kind = KINDS[proposal["record_kind"]]
        states_by_name = json.loads(proposal["payload"])
        states = [_whole(kind, states_by_name[name]) for name in ("record", "base")]
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise BadRecordError(
            "Cette proposition ne peut être lue : refusez-la, puis demandez-la de nouveau."
        ) from fault
    return Payload(kind, str(proposal["record_id"]), *states)


def _whole(kind: RecordKind, record: Record | None) -> Record | None:
    if record is None:
        return None
    return {field.name: record.get(field.name, field.empty) for field in kind.fields}
