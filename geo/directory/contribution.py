"""From a file to one snapshot: checked, compared, placed, contacts sealed, mapping remembered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from geo.directory.duplicates.merging import merged_away, replaced
from geo.directory.ecosystems import row_of
from geo.directory.geocoding.cache import Cache
from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.place import place
from geo.directory.importing.dry_run import DryRun
from geo.directory.importing.limits import limits_in_force
from geo.directory.importing.mapping import Mapping, signature
from geo.directory.importing.plan import FieldChange, Plan, Update, plan
from geo.directory.importing.table import Table
from geo.directory.importing.validate import validate
from geo.directory.schema import ACTOR, CONTACT, MAPPING
from geo.directory.store.changes import Changes, Record
from geo.directory.store.encryption import FIELDS, decrypt, encrypt_all
from geo.directory.store.rows import plain, plain_rows
from geo.directory.store.store import Store
from geo.directory.withheld import hidden, readable
from geo.errors import BadRecordError
from geo.french import quoted

Progress = Callable[[int, int], None]
PUBLISHED = "publiee"
HIDDEN = "non publié"


@dataclass(frozen=True)
class Contribution:
    """A dry run: what the file says, what it would change, what was remarked on placing it.

    ``ecosystem``: the record of the ecosystem that its actors would join; None where none changes.
    """

    table: Table
    mapping: Mapping
    draft: DryRun
    plan: Plan
    remarks: tuple[str, ...] = ()
    ecosystem: Record | None = None

    def __bool__(self) -> bool:
        """Return whether there is anything to write."""
        return bool(self.plan.changes()) or bool(self.plan.contacts) or self.ecosystem is not None

    @property
    def sentence(self) -> str:
        """Say what would be written, the ecosystem that is joined included."""
        if self.ecosystem is None:
            return self.plan.sentence
        name = quoted(self.ecosystem["ecosystem_name"])
        clause = "ces acteurs rejoignent l’écosystème"
        return f"{self.plan.sentence.rstrip('.')}, {clause} {name}."

    @property
    def message(self) -> str:
        """Say for the history what was brought."""
        return f"Import de {self.table.name} : {self.sentence}"


def as_seen(made: Contribution) -> Contribution:
    """Return a dry run as a contributor reads it: what an owner withheld is not said.

    For reading only; what is written is the dry run itself.
    """
    updates = [
        replace(
            update,
            record=readable(update.record),
            fields=tuple(_covered(update, one) for one in update.fields),
        )
        for update in made.plan.changed
    ]
    return replace(made, plan=replace(made.plan, changed=updates))


def _covered(update: Update, change: FieldChange) -> FieldChange:
    return (
        change._replace(old=HIDDEN) if change.field in hidden(update.record["withheld"]) else change
    )


def remembered(store: Store) -> dict[str, str]:
    """Return the mappings that were accepted before, as JSON by signature of header."""
    mappings = store.read("mapping")
    return {str(name): text for name, text in mappings["columns"].items()}


def dry_run(  # noqa: PLR0913 - what placing needs, by name
    store: Store,
    table: Table,
    mapping: Mapping,
    *,
    geocoder: Geocoder | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Contribution:
    """Check a table and compare it with the store; nothing is written.

    New and changed records without a point are placed, by address when there is a geocoder.
    """
    draft = validate(table, mapping, progress=progress, limits=limits_in_force())
    known = contacts(store) if draft.contacts else []
    merges = store.read("merge")
    merged_records, past = merged_away(merges), replaced(merges)
    made = plan(
        draft,
        store.read("actor"),
        contacts_known=known,
        perimeters=store.read("perimeter"),
        merged_records=merged_records,
        past=past,
    )
    joined = _joined(store, mapping.about.ecosystem_id, made)
    records = [*made.new, *(update.record for update in made.changed)]
    if not records:
        return Contribution(table, mapping, draft, made, ecosystem=joined)
    frame = pd.DataFrame(records, columns=[field.name for field in ACTOR.fields])
    placed = place(frame.set_index("actor_id", drop=False), geocoder, cache, progress)
    after = {str(record["actor_id"]): record for record in placed.records()}
    made = replace(
        made,
        new=[after.get(one["actor_id"], one) for one in made.new],
        changed=[
            replace(one, record=after.get(one.record["actor_id"], one.record))
            for one in made.changed
        ],
    )
    return Contribution(table, mapping, draft, made, placed.remarks, joined)


def _joined(store: Store, ecosystem_id: str, made: Plan) -> Record | None:
    """Return the ecosystem with every actor of the file, None where it has them already.

    Raises
    ------
    UnknownCodeError
        There is no such ecosystem.
    BadRecordError
        It is an example or the fictitious territory, where nothing real is.
    """
    if not ecosystem_id:
        return None
    record = row_of({"ecosystem": store.read("ecosystem")}, "ecosystem", ecosystem_id)
    if record["fictive"] or record["example"]:
        name = quoted(record["ecosystem_name"])
        raise BadRecordError(f"L’écosystème {name} est un exemple : choisissez-en un vrai.")
    ids = [*dict.fromkeys([*record["actor_ids"], *made.rows.values()])]
    return None if ids == record["actor_ids"] else record | {"actor_ids": ids}


def contacts(store: Store) -> list[Record]:
    """Return every contact kept, opened, for those who may read them."""
    return plain_rows(decrypt(store, store.read("contact")))


def to_write(store: Store, made: Contribution) -> Changes:
    """Return everything to write, as one snapshot."""
    changes = made.plan.changes() + _contacts(store, made.plan.contacts)
    mapping = _mapping(store, made)
    if made.ecosystem:
        changes += Changes.one("ecosystem", plain(made.ecosystem))
    return changes + Changes.one("mapping", mapping) if changes and mapping else changes


def _contacts(store: Store, people: list[Record]) -> Changes:
    stored = store.read("contact")
    known = {field.name for field in CONTACT.fields}
    pairs = []
    for person in people:
        old: dict[Any, Any] = {}
        if person["contact_id"] in stored.index:
            old = dict(stored.loc[person["contact_id"]])
        base = CONTACT.blank() | {"status": PUBLISHED} | old
        record = base | {name: value for name, value in person.items() if name in known}
        pairs.append((plain(record), {name: person[name] for name in FIELDS}))
    return Changes.one("contact", *encrypt_all(store, pairs)) if pairs else Changes()


def _mapping(store: Store, made: Contribution) -> Record | None:
    """Return the mapping to remember, unless it is already."""
    name, text = signature(made.table), made.mapping.to_json()
    mappings = store.read("mapping")
    old = dict(mappings.loc[name]) if name in mappings.index else MAPPING.blank()
    if old["columns"] == text:
        return None
    return plain(old | {"mapping_id": name, "mapping_name": made.table.name, "columns": text})
