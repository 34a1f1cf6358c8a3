"""Kinds of record that the store keeps: their fields, in order, and all that is known of each.

The one place where fields are named: tables, forms, history, imports, exports and checks read it.
"""

from typing import Final

from geo.directory.schema.actor import ACTOR
from geo.directory.schema.contact import COMMENT, CONTACT, PERSONAL
from geo.directory.schema.decisions import MAPPING, MERGE, PROPOSAL
from geo.directory.schema.ecosystem import ACTION, ALLIANCE, ECOSYSTEM, PERIMETER, PROJECT
from geo.directory.schema.kind import (
    FLAG,
    PROVENANCE,
    REAL,
    STATUS,
    TEXT,
    TEXTS,
    WHOLE,
    Field,
    RecordKind,
)
from geo.directory.schema.request import REQUEST, REQUESTER
from geo.directory.schema.resource import ASSESSMENT, RESOURCE

__all__ = [
    "ACTION",
    "ACTOR",
    "ALLIANCE",
    "ASSESSMENT",
    "COMMENT",
    "CONTACT",
    "ECOSYSTEM",
    "FLAG",
    "KINDS",
    "MAPPING",
    "MERGE",
    "PERIMETER",
    "PERSONAL",
    "PROJECT",
    "PROPOSAL",
    "PROVENANCE",
    "REAL",
    "REQUEST",
    "REQUESTER",
    "RESOURCE",
    "SEALED",
    "STATUS",
    "TEXT",
    "TEXTS",
    "WHOLE",
    "Field",
    "RecordKind",
]

KINDS: Final = {
    kind.name: kind
    for kind in (
        *(ACTOR, CONTACT, ALLIANCE, PROJECT, ACTION, ECOSYSTEM),
        *(PERIMETER, PROPOSAL, MERGE, MAPPING),
        *(RESOURCE, ASSESSMENT, REQUEST, COMMENT),
    )
}
"""Every kind, by name, in the order a person reads them."""
SEALED: Final = tuple(kind for kind in KINDS.values() if kind.personal)
"""The kinds that hold personal data, each record sealed with a key of its own."""
