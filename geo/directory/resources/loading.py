"""A file of resources: its rows read and compared with what is known, each fault with its row.

Nothing here writes. A row is known again by its identifier, else by its address, else by its
title and publisher: the same file loaded twice changes nothing. An empty cell says nothing: what
was known stays.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import pandas as pd

from geo.dates import span
from geo.directory.ecosystems.rules import completed
from geo.directory.importing.date_text import iso
from geo.directory.importing.errors import bad_file
from geo.directory.importing.fields import plain
from geo.directory.importing.table import Table
from geo.directory.importing.terms import stated
from geo.directory.resources.cells import items_in
from geo.directory.resources.rules import faults_of_resource
from geo.directory.schema import RESOURCE, TEXTS, Field
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain_rows
from geo.french import count, quoted, typeset

_FIELDS: Final = {field.name: field for field in RESOURCE.fields if field.is_imported}
_SLUG: Final = 40
_LONGEST_LABEL: Final = 60
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Loading:
    """What a file would change; nothing of it is to be written when there is a fault.

    ``unread``: titles of columns that feed nothing.
    """

    name: str
    new: tuple[dict[str, Any], ...] = ()
    changed: tuple[dict[str, Any], ...] = ()
    same: int = 0
    faults: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def changes(self) -> Changes:
        """Return the records to write, in one snapshot; none when a row is at fault."""
        records = () if self.faults else (*self.new, *self.changed)
        return Changes.one("resource", *records) if records else Changes()

    @property
    def sentence(self) -> str:
        """Explain in French what the file would change."""
        if self.faults:
            rows = count(len(self.faults), "ligne")
            return typeset(f"{rows} à corriger : rien n’est enregistré.")
        parts = [
            count(len(self.new), "nouvelle ressource", "nouvelles ressources"),
            count(len(self.changed), "ressource modifiée", "ressources modifiées"),
            count(self.same, "ressource déjà connue", "ressources déjà connues"),
        ]
        return f"{', '.join(parts)}."


def load(table: Table, known: pd.DataFrame) -> Loading:
    """Read the rows of a table against the resources known, whatever their status.

    Raises
    ------
    BadFileError
        No column says a title.
    """
    fields = _columns(table)
    if "resource_name" not in fields.values():
        remedy = "nommez « Titre » la colonne des titres ; le modèle de la page Ressources les a"
        raise bad_file(table.name, "aucune colonne ne dit le titre des ressources", remedy)
    existing = {row["resource_id"]: row for row in plain_rows(known)}
    parsed = [*_parse_rows(table, fields, existing)]
    unread = tuple(column for column in table.columns if column not in fields)
    faults = tuple(fault for _, fault in parsed if fault)
    records = [record for record, fault in parsed if not fault]
    new = tuple(record for record in records if record["resource_id"] not in existing)
    changed = tuple(
        record
        for record in records
        if record["resource_id"] in existing and _differs(record, existing)
    )
    same = len(records) - len(new) - len(changed)
    return Loading(table.name, new, changed, same, faults, unread)


def _differs(record: Values, existing: Mapping[str, Values]) -> bool:
    before = existing[record["resource_id"]]
    return any(record[field.name] != before[field.name] for field in RESOURCE.fields)


def _columns(table: Table) -> dict[str, str]:
    """Map each column to its field; of two columns for one field, the first counts."""
    named = {word: name for name, field in _FIELDS.items() for word in _words(field)}
    fields: dict[str, str] = {}
    for column in table.columns:
        name = named.get(plain(column.replace("_", " ")), "")
        if name and name not in fields.values():
            fields[column] = name
    return fields


def _words(field: Field) -> set[str]:
    aliases = (field.aliases or "").split(",")
    names = (field.name.replace("_", " "), field.label, *aliases)
    return {plain(name) for name in names} - {""}


def _parse_rows(
    table: Table, fields: Mapping[str, str], existing: Mapping[str, Values]
) -> Iterator[tuple[dict[str, Any], str]]:
    """Return each row as a record, with its fault, empty when it has none."""
    first_lines: dict[str, int] = {}
    for number, cells in zip(table.rows.tolist(), table.cells.to_dict("records"), strict=True):
        texts = {name: str(cells[column]).strip() for column, name in fields.items()}
        if not any(texts.values()):
            continue
        values, faults = _values(texts)
        record = _record(table.name, values, existing)
        faults += faults_of_resource(record)
        first = first_lines.setdefault(record["resource_id"], number)
        if first != number:
            faults.append(f"c’est la même ressource que la ligne {first}")
        message = typeset(f"Ligne {number} : {' ; '.join(dict.fromkeys(faults))}.")
        yield record, message if faults else ""


def _values(texts: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Read the cells of a row; an empty one says nothing."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, text in texts.items():
        if text if not _FIELDS[name].vocabulary else stated(text):
            values[name], fault = _value(_FIELDS[name], text)
            faults += fault
    return values, faults


def _value(field: Field, text: str) -> tuple[Any, list[str]]:
    if field.vocabulary and field.name != "status":
        codes, unknown = items_in(field.vocabulary, text)
        unknown_labels = ", ".join(quoted(label[:_LONGEST_LABEL]) for label in unknown)
        faults = [f"{field.label} : {unknown_labels} n’est pas dans la liste"] if unknown else []
        if field.type == TEXTS:
            return codes, faults
        too_many = [f"{field.label} : une seule valeur est possible"] if len(codes) > 1 else []
        return (codes or [""])[0], faults + too_many
    if field.date:
        return text if span(text) else iso(text) or text, []
    if field.name == "fictive":
        return plain(text) in {"fictif", "oui", "true", "1"}, []
    return text, []


def _record(name: str, values: Values, existing: Mapping[str, Values]) -> dict[str, Any]:
    """Return the whole record of a row: what was known of it, and what the row says."""
    before = _existing_record(values, existing)
    has_source = before or values.get("source_title") or values.get("source_url")
    origin = {} if has_source else {"source_title": f"Fichier {quoted(name)}"}
    record = completed(RESOURCE, {**origin, **before, **values})
    record["resource_id"] = before.get("resource_id") or values.get("resource_id") or _id(values)
    return record


def _existing_record(values: Values, existing: Mapping[str, Values]) -> Values:
    """Find the resource that a row is about, nothing for a new one."""
    if (resource_id := values.get("resource_id", "")) in existing:
        return existing[resource_id]
    for names in (("website",), ("resource_name", "publisher")):
        mark = _mark(values, names)
        found = next((row for row in existing.values() if mark and _mark(row, names) == mark), None)
        if found is not None:
            return found
    return existing.get(_id(values), {})


def _mark(values: Values, names: tuple[str, ...]) -> tuple[str, ...]:
    key = tuple(plain(str(values.get(name, ""))) for name in names)
    return key if key[0] else ()


def _id(values: Values) -> str:
    """Make an id that the same title and publisher always give."""
    name, publisher = (plain(str(values.get(one, ""))) for one in ("resource_name", "publisher"))
    mark = sha256(f"{name}|{publisher}".encode()).hexdigest()[:8]
    return "-".join(["ressource", *name.replace(" ", "-")[:_SLUG].strip("-").split(), mark])


def template() -> str:
    """Write an empty file to fill in, with its columns in French and one line of explanation."""
    names = [name for name in _FIELDS if name not in {"resource_id", "fictive", "no_address"}]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerow([_FIELDS[name].label for name in names])
    return "\ufeff" + text.getvalue()
