"""Changes that a contributor proposes and a coordinator decides: received, compared, decided.

A proposal holds one record as it would be, and as its author read it; nothing of it is public.
"""

from geo.directory.proposals.diff import (
    Line,
    Side,
    compared,
    conflicts,
    current,
    merged,
    personal,
)
from geo.directory.proposals.listing import decided, named, pending
from geo.directory.proposals.payload import Content, content
from geo.directory.proposals.review import accept, duplicate, refuse
from geo.directory.proposals.submit import PROPOSABLE, propose

__all__ = [
    "PROPOSABLE",
    "Content",
    "Line",
    "Side",
    "accept",
    "compared",
    "conflicts",
    "content",
    "current",
    "decided",
    "duplicate",
    "merged",
    "named",
    "pending",
    "personal",
    "propose",
    "refuse",
]
