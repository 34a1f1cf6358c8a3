"""What may leave the app, one table a subject: every export and the API read the same."""

from geo.output.datasets.areas import one_territory, territories
from geo.output.datasets.changes import changes
from geo.output.datasets.network import network
from geo.output.datasets.programmes import programmes
from geo.output.datasets.records import (
    actors,
    alliances,
    catalysts,
    links,
    projects,
    resources,
)
from geo.output.datasets.table import Column, Dataset

SUBJECTS = (
    *("catalysts", "actors", "alliances", "links", "projects", "territories", "resources"),
    *("places", "programmes", "badges", "reach", "siting", "network"),
)

__all__ = [
    "SUBJECTS",
    "Column",
    "Dataset",
    "actors",
    "alliances",
    "catalysts",
    "changes",
    "links",
    "network",
    "one_territory",
    "programmes",
    "projects",
    "resources",
    "territories",
]
