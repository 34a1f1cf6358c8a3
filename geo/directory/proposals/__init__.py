"""Changes that a contributor proposes and a coordinator decides: received, compared, decided.

A proposal holds one record as it would be, and as its author read it; nothing of it is public.
"""

from geo.directory.proposals.diff import (
    DiffLine,
    Side,
    conflicts,
    current,
    diff,
    merged,
    personal,
)
from geo.directory.proposals.listing import find_record, list_decided, list_pending
from geo.directory.proposals.payload import Payload, read_payload
from geo.directory.proposals.review import accept, duplicate, refuse
from geo.directory.proposals.submit import PROPOSABLE, propose

__all__ = [
    "PROPOSABLE",
    "DiffLine",
    "Payload",
    "Side",
    "accept",
    "conflicts",
    "current",
    "diff",
    "duplicate",
    "find_record",
    "list_decided",
    "list_pending",
    "merged",
    "personal",
    "propose",
    "read_payload",
    "refuse",
]
