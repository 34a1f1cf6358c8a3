"""Controlled vocabularies of the field: code, French label, source, and how far each is proven.

Read from ``data/vocabulary.toml``; a list nobody has published is empty on purpose.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geo.errors import BadFileError, MissingDataError, UnknownItemError
from geo.palette import colour
from geo.settings import settings

UNSTATED: Final = "non_renseigne"
"""Filter value for records whose field is empty; it is not an item of any vocabulary."""
UNSTATED_LABEL: Final = "Non renseigné"


@dataclass(frozen=True)
class Mark:
    """How one item is drawn on a map.

    ``icon`` is a drawing of its own in a box of 24 units. ``path`` is the filled shape under it, in
    a box of 32 units: without one, the icon stands on a white tile. ``dy``: how far below the
    middle of that box the icon stands.
    """

    icon: str
    fill: str
    path: str = ""
    dy: float = 0.0


@dataclass(frozen=True)
class Item:
    """One entry of a vocabulary: its code, what a person reads, how a map draws it.

    ``aliases`` are other ways to write it; ``hints``, words that files use for something that it
    may be: proposed to a person, never taken unasked.
    """

    id: str
    label: str
    plural: str = ""
    help: str = ""
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    activity_ids: tuple[str, ...] = ()
    nature: str = ""
    practice: str = ""
    url: str = ""
    colour: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Vocabulary:
    """A list of items, with its proof: status, sources and expected count when unpublished."""

    id: str
    title: str
    status: str
    note: str
    expected: int | None
    sources: tuple[str, ...]
    items: tuple[Item, ...]

    def ids(self) -> tuple[str, ...]:
        """List the codes in the order of the file."""
        return tuple(item.id for item in self.items)


def _item(raw: dict[str, Any]) -> Item:
    activities = raw.get("activities", {})
    lists: dict[str, Any] = {
        "aliases": tuple(raw.get("aliases", ())),
        "hints": tuple(raw.get("hints", ())),
        "activities": tuple(activities.values()),
        "activity_ids": tuple(activities),
    }
    if mark := raw.get("mark"):
        lists["mark"] = Mark(**(mark | {"fill": colour(mark["fill"])}))
    return Item(**(raw | lists))


def _vocabulary(raw: dict[str, Any]) -> Vocabulary:
    return Vocabulary(
        id=raw["id"],
        title=raw["title"],
        status=raw["status"],
        note=raw.get("note", ""),
        expected=raw.get("expected"),
        sources=tuple(raw.get("sources", ())),
        items=tuple(_item(item) for item in raw.get("item", ())),
    )


_UNIONS: Final = {
    "any_profile": ("profile", "actor_profile"),
    "any_partnership": ("partnership_category", "link_kind"),
}


def _union(name: str, parts: list[Vocabulary]) -> Vocabulary:
    """Put vocabularies together; of an item that two hold, the first is kept."""
    items_by_id = {item.id: item for part in reversed(parts) for item in part.items}
    order = dict.fromkeys(item.id for part in parts for item in part.items)
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    title = parts[0].title
    return Vocabulary(
        name, title, "ouverte", "", None, sources, tuple(items_by_id[one] for one in order)
    )


def _activities(practices: Vocabulary) -> Vocabulary:
    """List what is done in each practice, as a vocabulary of its own."""
    activities = [
        Item(code, text, nature=item.id)
        for item in practices.items
        for code, text in zip(item.activity_ids, item.activities, strict=True)
    ]
    title, sources = "Activités des pratiques", practices.sources
    return Vocabulary("activity", title, practices.status, "", None, sources, tuple(activities))


@cache
def vocabularies() -> dict[str, Vocabulary]:
    """Read every vocabulary, by code.

    Raises
    ------
    MissingDataError
        The file is absent.
    BadFileError
        It is no list of vocabularies.
    """
    path = settings().data / "vocabulary.toml"
    if not path.exists():
        raise MissingDataError(f"Le fichier des vocabulaires manque : {path}. Rétablissez-le.")
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["vocabulary"]
        by_code = {raw["id"]: _vocabulary(raw) for raw in entries}
        unions = {n: _union(n, [by_code[part] for part in parts]) for n, parts in _UNIONS.items()}
        unions["activity"] = _activities(by_code["practice"])
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadFileError(f"{path} n’est pas une liste de vocabulaires : {fault}.") from fault
    return by_code | unions


def listed() -> list[Vocabulary]:
    """List the vocabularies of the file, without those put together from them."""
    return [one for one in vocabularies().values() if one.id not in (*_UNIONS, "activity")]


def items(vocabulary_id: str) -> tuple[Item, ...]:
    """List the items of one vocabulary, in the order of the file."""
    return vocabularies()[vocabulary_id].items


@cache
def _labels(vocabulary_id: str) -> dict[str, str]:
    labels = {item.id: item.label for item in items(vocabulary_id)}
    return {**labels, UNSTATED: UNSTATED_LABEL, "": UNSTATED_LABEL}


def label(vocabulary_id: str, item_id: str) -> str:
    """Return the French label of one code.

    Raises
    ------
    UnknownItemError
        The vocabulary does not hold the code.
    """
    try:
        return _labels(vocabulary_id)[item_id]
    except KeyError:
        raise UnknownItemError(unknown(vocabulary_id, [item_id])) from None


def name_of(vocabulary_id: str, item_id: str) -> str:
    """Return the label of a record's code; one that the vocabulary lost since is told as it is."""
    return _labels(vocabulary_id).get(item_id, item_id)


def plural(item_id: str) -> str:
    """Return the French plural of a kind of territory: « EPCI », « départements »."""
    return next(i.plural for i in items("territory_kind") if i.id == item_id)


def one_by_one(item_id: str) -> str:
    """Return how an answer by territory says its kind: « par EPCI », « par département »."""
    return f"par {plural(item_id).removesuffix('s')}"


def choices(vocabulary_id: str) -> tuple[str, ...]:
    """List the codes a filter accepts: every item, and « non renseigné »."""
    return (*vocabularies()[vocabulary_id].ids(), UNSTATED)


def unknown(vocabulary_id: str, values: Sequence[str], known: Sequence[str] = ()) -> str:
    """Say in French which values are unknown, and which are: all that a filter accepts, or some."""
    title = vocabularies()[vocabulary_id].title
    quoted_values = ", ".join(f"« {value[:60]} »" for value in values)
    possible = ", ".join(known or choices(vocabulary_id))
    what = "valeurs inconnues" if len(values) > 1 else "valeur inconnue"
    return f"{title} : {what} {quoted_values}. Valeurs possibles : {possible}."
