"""What one field of the journal says to a person: names for identifiers, dates as they are read."""

from collections.abc import Iterator
from typing import Final

from geo.dates import in_words
from geo.directory import proposals
from geo.directory.geocoding.place import CHECKED, FROM_COMMUNE
from geo.directory.schema import ACTOR, KINDS, PERSONAL, PROPOSAL, REAL
from geo.directory.store.history import Difference
from geo.directory.store.store import Store
from geo.errors import AtlasError
from geo.french import NBSP, moment
from geo.output.place_names import place_words

_NAMED: Final = ("actor", "alliance", "project", "ecosystem", "resource")
_FIELDS: Final = ("withheld", "published")
_FIELD_LABELS: Final = {field.name: field.label for field in (*ACTOR.fields, *PERSONAL)}
_REVISION: Final = "base_revision"
_PLACED_BY: Final = {
    FROM_COMMUNE: "Centre de la commune",
    CHECKED: "Posé à la main",
    "fichier": "Coordonnées du fichier",
}


def meaningful(changed: list[Difference]) -> list[Difference]:
    """Leave out what names nothing to a person: a number of revision, its own identifier."""
    return [one for one in changed if one.field.name not in {one.kind.id, _REVISION}]


def title(store: Store, one: Difference) -> str:
    """Name the record that changed; one without a name, by its kind and the end of its number."""
    if one.title != one.record_id:
        return one.title
    label = one.kind.label.capitalize()
    if one.kind is PROPOSAL and one.record_id in store.read(PROPOSAL.name).index:
        try:
            about = proposals.read_payload(store.record(PROPOSAL.name, one.record_id)).title
        except AtlasError:
            pass
        else:
            return f"{label}{NBSP}: {about}"
    return f"{label} {one.record_id[-6:]}"


def value(store: Store, one: Difference, text: str) -> str:
    """Write one value, before or after, as a person reads it."""
    name, shown = one.field.name, text
    if not text:
        return text
    if name == "record_kind" and text in KINDS:
        shown = KINDS[text].label
    elif name.endswith("_at"):
        shown = moment(text)
    elif name in _FIELDS:
        shown = ", ".join(_FIELD_LABELS.get(field, field) for field in text.split(", "))
    elif one.field.date:
        shown = in_words(text)
    elif name.endswith(("_id", "_ids")):
        shown = ", ".join(_names(store, text.split(", ")))
    elif name == "location_source":
        shown = _PLACED_BY.get(text, text)
    elif one.field.type == REAL:
        shown = text.replace(".", ",")
    else:
        shown = place_words(name, text)
    return shown


def _names(store: Store, ids: list[str]) -> Iterator[str]:
    for record_id in ids:
        found = (
            str(table.loc[record_id, KINDS[kind].title])
            for kind in _NAMED
            if record_id in (table := store.read(kind)).index
        )
        yield next(found, record_id)
