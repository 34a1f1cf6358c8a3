"""Three states of one record: as its author read it, as it is now, as it would be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo.directory.proposals.payload import Payload
from geo.directory.schema import CONTACT, PERSONAL, Field, RecordKind
from geo.directory.store.changes import Record
from geo.directory.store.encryption import decrypt
from geo.directory.store.history import field_text
from geo.directory.store.store import Store
from geo.errors import ConflictError
from geo.french import quoted

Side = Literal["current", "proposed"]
State = Literal["same", "changed", "moved", "conflict"]

_TOGETHER: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "actor": (
        ("practices", "practices_basis"),
        (
            *("address", "postcode", "town", "commune_code", "departement_code", "region_code"),
            *("longitude", "latitude", "location_precision", "location_source"),
            *("location_score", "location_check"),
        ),
    ),
    "alliance": (("member_ids", "member_roles"),),
    "ecosystem": (("territory_kind", "territory_code", "commune_codes", "perimeter_id"),),
}
"""Fields that mean something together only: taken from one side, never from both."""
_SOURCE: Final = ("source_title", "source_url", "source_date")
_LATEST: Final = "checked_on"
_OWN: Final = ("revision",)
_ORDER: Final = {"conflict": 0, "changed": 1, "moved": 2, "same": 3}


@dataclass(frozen=True)
class DiffLine:
    """One field as a person reads it: what the record says now, what it would say.

    ``changed``: the proposal changes it; ``moved``: it was changed since, and the proposal does
    not touch it; ``conflict``: both, differently. ``unit`` names what a choice settles: the field,
    or the first of those that go with it.
    """

    field: Field
    unit: str
    current: str
    proposed: str
    state: State


def current(store: Store, payload: Payload) -> Record | None:
    """Return the record as it is now, ``None`` when there is none."""
    known = payload.record_id in store.read(payload.kind.name).index
    return store.record(payload.kind.name, payload.record_id) if known else None


def diff(payload: Payload, current_record: Record | None) -> list[DiffLine]:
    """Compare field by field, what has to be chosen first, then what changes, then the rest.

    Parameters
    ----------
    current_record
        The record as it is, ``None`` when there is none: compared with an empty one.
    """
    current_values = current_record or payload.kind.blank()
    proposed_values = payload.proposed or payload.kind.blank()
    states = _states(payload, current_values)
    lines = [
        DiffLine(
            field,
            _unit(payload.kind, field.name),
            field_text(field, current_values[field.name]),
            field_text(
                field,
                proposed_values[field.name]
                if states[field.name] != "moved"
                else current_values[field.name],
            ),
            states[field.name],
        )
        for field in payload.kind.fields
        if field.name not in _OWN
    ]
    return sorted(lines, key=lambda line: _ORDER[line.state])


def conflicts(payload: Payload, current_record: Record | None) -> dict[str, list[DiffLine]]:
    """Return what has to be chosen: the fields of each unit that both sides changed differently."""
    found: dict[str, list[DiffLine]] = {}
    for line in diff(payload, current_record):
        if line.state == "conflict":
            found.setdefault(line.unit, []).append(line)
    return found


def merged(payload: Payload, current_record: Record | None, choices: Mapping[str, Side]) -> Record:
    """Return the record that accepting makes: what each side changed, and what was chosen.

    Raises
    ------
    ConflictError
        The record is gone, or both sides changed a field differently and nothing was chosen.
    """
    if current_record is None and payload.base is not None:
        raise ConflictError(
            f"La fiche {quoted(payload.title[:80])} a été supprimée depuis cette proposition : "
            "refusez-la, ou rétablissez d’abord la fiche depuis l’historique."
        )
    current_values, proposed_values = current_record or payload.kind.blank(), payload.proposed or {}
    undecided = conflicts(payload, current_record).keys() - choices.keys()
    if undecided:
        raise ConflictError(_choice_message(payload, undecided))
    states = _states(payload, current_values)
    accepted_values = {
        name: proposed_values[name]
        for name, state in states.items()
        if state == "changed"
        or (state == "conflict" and choices[_unit(payload.kind, name)] == "proposed")
    }
    return (
        current_values
        | accepted_values
        | {payload.kind.id: payload.record_id, "revision": current_values["revision"]}
    )


def _choice_message(payload: Payload, units: set[str]) -> str:
    labels = [field.label for field in payload.kind.fields if field.name in units]
    return (
        f"La fiche {quoted(payload.title[:80])} a changé depuis cette proposition. Choisissez la "
        f"valeur à garder : {', '.join(labels)}."
    )


def _unit(kind: RecordKind, name: str) -> str:
    units = (*_TOGETHER.get(kind.name, ()), _SOURCE)
    return next((unit[0] for unit in units if name in unit), name)


def _states(payload: Payload, current_record: Record) -> dict[str, State]:
    """Return the state of each field; fields that go together share the most serious one."""
    base = payload.base or payload.kind.blank()
    proposed_values = payload.proposed or payload.kind.blank()
    names = [field.name for field in payload.kind.fields if field.name not in _OWN]
    proposed_units = {
        _unit(payload.kind, name) for name in names if proposed_values[name] != base[name]
    }
    current_units = {
        _unit(payload.kind, name) for name in names if current_record[name] != base[name]
    }
    identical = {name for name in names if proposed_values[name] == current_record[name]}
    conflicting = (
        {_unit(payload.kind, name) for name in names if name not in identical}
        & proposed_units
        & current_units
    )
    return {
        name: _state(
            name,
            _unit(payload.kind, name),
            (proposed_units, conflicting),
            identical,
            (proposed_values, current_record),
        )
        for name in names
    }


def _state(
    name: str,
    unit: str,
    units: tuple[set[str], set[str]],
    identical: set[str],
    sides: tuple[Record, Record],
) -> State:
    proposed_units, conflicting = units
    proposed_values, current_record = sides
    if name in identical:
        return "same"
    if name == _LATEST:  # of two checks the later counts, without asking
        return "changed" if proposed_values[name] > current_record[name] else "moved"
    if unit in conflicting:
        return "conflict"
    return "changed" if unit in proposed_units else "moved"


def personal(store: Store, payload: Payload, current_record: Record | None) -> list[DiffLine]:
    """Open the seals of a contact, for those who may read them; no line for any other kind."""
    if payload.kind != CONTACT:
        return []
    before, after = (_decrypted(store, record) for record in (current_record, payload.proposed))
    return [
        DiffLine(
            field,
            "sealed",
            before.get(field.name, ""),
            after.get(field.name, ""),
            "same" if before.get(field.name) == after.get(field.name) else "changed",
        )
        for field in PERSONAL
    ]


def _decrypted(store: Store, record: Record | None) -> dict[str, str]:
    if not record:
        return {}
    frame = store.read(CONTACT.name).iloc[:0]
    frame = frame.reindex([record[CONTACT.id]]).assign(sealed=record["sealed"])
    decrypted = decrypt(store, frame).iloc[0]
    return {field.name: str(decrypted[field.name]) for field in PERSONAL}
