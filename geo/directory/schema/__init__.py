"""Kinds of record that the store keeps: their fields, in order, and all that is known of each.

The one place where fields are named: tables, forms, history, imports, exports and checks read it.
"""

from typing import Final

from geo.directory.schema.actor import ACTOR
from geo.directory.schema.contact import COMMENT, CONTACT, PERSONAL, SEALED
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

__all__ = [
    "ACTION",
    "ACTOR",
    "ALLIANCE",
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
        *(PERIMETER, PROPOSAL, MERGE, MAPPING, COMMENT),
    )
}
"""Every kind, by name, in the order a person reads them."""
