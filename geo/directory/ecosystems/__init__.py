"""Alliances, projects, actions and ecosystems: checked, tied together, changed without loose ends.

Every function is pure: tables of records by kind (a ``Book``) in, ``Changes`` out.
"""

from geo.directory.ecosystems.alliances import checked_alliance
from geo.directory.ecosystems.areas import checked_ecosystem, checked_perimeter, traced
from geo.directory.ecosystems.example import EXAMPLE_ID, with_example
from geo.directory.ecosystems.fictitious import fictitious_changes
from geo.directory.ecosystems.maturity import assess, checked_assessment, history
from geo.directory.ecosystems.projects import checked_action, checked_project, in_order, moved
from geo.directory.ecosystems.removal import (
    remove_actor,
    remove_alliance,
    remove_ecosystem,
    remove_project,
)
from geo.directory.ecosystems.rows import Book, frame_of, row_of, visible_rows
from geo.directory.ecosystems.rules import new_id
from geo.directory.ecosystems.shipped import remove_fictitious, remove_network
from geo.directory.ecosystems.ties import Ties, part_of
from geo.directory.store.rows import plain_rows

__all__ = [
    "EXAMPLE_ID",
    "Book",
    "Ties",
    "assess",
    "checked_action",
    "checked_alliance",
    "checked_assessment",
    "checked_ecosystem",
    "checked_perimeter",
    "checked_project",
    "fictitious_changes",
    "frame_of",
    "history",
    "in_order",
    "moved",
    "new_id",
    "part_of",
    "plain_rows",
    "remove_actor",
    "remove_alliance",
    "remove_ecosystem",
    "remove_fictitious",
    "remove_network",
    "remove_project",
    "row_of",
    "traced",
    "visible_rows",
    "with_example",
]
