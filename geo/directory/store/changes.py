"""What one write changes: records put whole, records dropped; several changes add up."""

from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from geo.directory.schema import KINDS

T = TypeVar("T")
Record = dict[str, Any]


@dataclass(frozen=True)
class Changes:
    """Records to write in one snapshot.

    ``put``: whole records by kind, ``revision`` as it was read, 0 for a new one;
    ``drop``: ids by kind; ``seen``: the revisions at which some of them were read, where what they
    said goes elsewhere, and would be lost were it changed meanwhile.
    """

    put: dict[str, list[Record]] = field(default_factory=dict)
    drop: dict[str, list[str]] = field(default_factory=dict)
    seen: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def one(cls, kind: str, *records: Record) -> Self:
        """Put some records of one kind."""
        return cls(put={kind: [*records]})

    @classmethod
    def removal(cls, kind: str, *ids: str) -> Self:
        """Drop some records of one kind."""
        return cls(drop={kind: [*ids]})

    @classmethod
    def removal_as_read(cls, kind: str, *records: Record) -> Self:
        """Drop some records of one kind, if they still are as they were read."""
        revisions = {str(_id(kind, one)): int(one["revision"]) for one in records}
        return cls(drop={kind: [*revisions]}, seen={kind: revisions})

    def __add__(self, other: "Changes") -> "Changes":
        """Change both; of what is put or dropped twice, the later counts."""
        put = {
            kind: [one for one in records if _id(kind, one) not in other.drop.get(kind, ())]
            for kind, records in self.put.items()
        }
        kinds = dict.fromkeys([*self.seen, *other.seen])
        seen = {kind: self.seen.get(kind, {}) | other.seen.get(kind, {}) for kind in kinds}
        return Changes(_together(put, other.put), _together(self.drop, other.drop), seen)

    def __bool__(self) -> bool:
        """Return whether anything changes."""
        return any(self.put.values()) or any(self.drop.values())

    def size(self) -> int:
        """Count the records put and dropped."""
        put = sum(len(records) for records in self.put.values())
        return put + sum(len(ids) for ids in self.drop.values())


def _id(kind: str, record: Record) -> Any:
    return record.get(KINDS[kind].id) if kind in KINDS else None


def _together(one: dict[str, list[T]], two: dict[str, list[T]]) -> dict[str, list[T]]:
    kinds = dict.fromkeys([*one, *two])
    return {kind: [*one.get(kind, ()), *two.get(kind, ())] for kind in kinds}
