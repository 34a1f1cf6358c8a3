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


def current(store: Store, asked: Payload) -> Record | None:
    """Return the record as it is now, ``None`` when there is none."""
    known = asked.record_id in store.read(asked.kind.name).index
    return store.record(asked.kind.name, asked.record_id) if known else None


def diff(asked: Payload, now: Record | None) -> list[DiffLine]:
    """Compare field by field, what has to be chosen first, then what changes, then the rest.

    Parameters
    ----------
    now
        The record as it is, ``None`` when there is none: compared with an empty one.
    """
    held = now or asked.kind.blank()
    wanted = asked.proposed or asked.kind.blank()
    states = _states(asked, held)
    lines = [
        DiffLine(
            field,
            _unit(asked.kind, field.name),
            field_text(field, held[field.name]),
            field_text(
                field, wanted[field.name] if states[field.name] != "moved" else held[field.name]
            ),
            states[field.name],
        )
        for field in asked.kind.fields
        if field.name not in _OWN
    ]
    return sorted(lines, key=lambda line: _ORDER[line.state])


def conflicts(asked: Payload, now: Record | None) -> dict[str, list[DiffLine]]:
    """Return what has to be chosen: the fields of each unit that both sides changed differently."""
    found: dict[str, list[DiffLine]] = {}
    for line in diff(asked, now):
        if line.state == "conflict":
            found.setdefault(line.unit, []).append(line)
    return found


def merged(asked: Payload, now: Record | None, choices: Mapping[str, Side]) -> Record:
    """Return the record that accepting makes: what each side changed, and what was chosen.

    Raises
    ------
    ConflictError
        The record is gone, or both sides changed a field differently and nothing was chosen.
    """
    if now is None and asked.base is not None:
        raise ConflictError(
            f"La fiche {quoted(asked.title[:80])} a été supprimée depuis cette proposition : "
            "refusez-la, ou rétablissez d’abord la fiche depuis l’historique."
        )
    held, wanted = now or asked.kind.blank(), asked.proposed or {}
    unsettled = conflicts(asked, now).keys() - choices.keys()
    if unsettled:
        raise ConflictError(_said(asked, unsettled))
    states = _states(asked, held)
    taken = {
        name: wanted[name]
        for name, state in states.items()
        if state == "changed"
        or (state == "conflict" and choices[_unit(asked.kind, name)] == "proposed")
    }
    return held | taken | {asked.kind.id: asked.record_id, "revision": held["revision"]}


def _said(asked: Payload, units: set[str]) -> str:
    labels = [field.label for field in asked.kind.fields if field.name in units]
    return (
        f"La fiche {quoted(asked.title[:80])} a changé depuis cette proposition. Choisissez la "
        f"valeur à garder : {', '.join(labels)}."
    )


def _unit(kind: RecordKind, name: str) -> str:
    units = (*_TOGETHER.get(kind.name, ()), _SOURCE)
    return next((unit[0] for unit in units if name in unit), name)


def _states(asked: Payload, now: Record) -> dict[str, State]:
    """Say of each field who changed it; of fields that go together, the gravest."""
    base = asked.base or asked.kind.blank()
    wanted = asked.proposed or asked.kind.blank()
    names = [field.name for field in asked.kind.fields if field.name not in _OWN]
    mine = {_unit(asked.kind, name) for name in names if wanted[name] != base[name]}
    theirs = {_unit(asked.kind, name) for name in names if now[name] != base[name]}
    agreed = {name for name in names if wanted[name] == now[name]}
    at_odds = {_unit(asked.kind, name) for name in names if name not in agreed} & mine & theirs
    return {
        name: _state(name, _unit(asked.kind, name), (mine, at_odds), agreed, (wanted, now))
        for name in names
    }


def _state(
    name: str,
    unit: str,
    units: tuple[set[str], set[str]],
    agreed: set[str],
    sides: tuple[Record, Record],
) -> State:
    mine, at_odds = units
    wanted, now = sides
    if name in agreed:
        return "same"
    if name == _LATEST:  # of two checks the later counts, without asking
        return "changed" if wanted[name] > now[name] else "moved"
    if unit in at_odds:
        return "conflict"
    return "changed" if unit in mine else "moved"


def personal(store: Store, asked: Payload, now: Record | None) -> list[DiffLine]:
    """Open the seals of a contact, for those who may read them; no line for any other kind."""
    if asked.kind != CONTACT:
        return []
    before, after = (_opened(store, record) for record in (now, asked.proposed))
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


def _opened(store: Store, record: Record | None) -> dict[str, str]:
    if not record:
        return {}
    frame = store.read(CONTACT.name).iloc[:0]
    frame = frame.reindex([record[CONTACT.id]]).assign(sealed=record["sealed"])
    found = decrypt(store, frame).iloc[0]
    return {field.name: str(found[field.name]) for field in PERSONAL}
