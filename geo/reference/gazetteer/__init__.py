"""The gazetteer: any name, code or postcode of France, however it is typed."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from threading import Lock

from geo.reference.gazetteer.place_names import KINDS
from geo.reference.gazetteer.places import FoundPlace
from geo.reference.gazetteer.search import Gazetteer
from geo.settings import settings

__all__ = ["KINDS", "FoundPlace", "Gazetteer", "by_code", "gazetteer", "search", "suggest"]

_building = Lock()


@cache
def _built(folder: Path) -> Gazetteer:
    return Gazetteer(folder)


def gazetteer() -> Gazetteer:
    """Read the names of the reference folder in force, once whatever the threads."""
    with _building:
        return _built(settings().reference)


def search(text: str, limit: int = 10, kinds: Collection[str] | None = None) -> list[FoundPlace]:
    """Find the places a text may mean, best first; see ``Gazetteer.search``."""
    return gazetteer().search(text, limit, kinds)


def suggest(text: str, limit: int = 5) -> list[FoundPlace]:
    """Name the places that look most like an unknown text."""
    return gazetteer().suggest(text, limit)


def by_code(kind: str, code: str) -> FoundPlace:
    """Describe the place that has a code; see ``Gazetteer.by_code``."""
    return gazetteer().by_code(kind, code)
