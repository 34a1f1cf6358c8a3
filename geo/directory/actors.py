"""An actor corrected by hand: what may be changed, what is refused, how old the last check is."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

import pandas as pd

from geo.dates import span
from geo.directory.catalysts import EMAIL, web_link
from geo.directory.ecosystems.rules import accepted, completed, faults_of
from geo.directory.geocoding.place import LOCATION, place
from geo.directory.schema import ACTOR, REAL
from geo.errors import AtlasError
from geo.french import quoted, typeset
from geo.reference import france
from geo.reference.old_codes import commune_today
from geo.reference.territory import territory

EDITABLE: Final = tuple(field.name for field in ACTOR.fields if field.editable)
"""Fields that a person corrects by hand."""
_WITHHOLDABLE: Final = [field for field in ACTOR.fields if field.withholdable]
WITHHOLDABLE: Final = tuple(
    field.name for field in sorted(_WITHHOLDABLE, key=lambda field: field.type == REAL)
)
"""Fields that their owner may keep from being published: what is said first, then the point."""
NATIONAL: Final = "national"
_PHONE: Final = re.compile(r"\+?[\d .()/-]{2,30}")
_DIGITS: Final = (4, 15)
_MOVED: Final = "L’adresse a changé : vérifiez le point sur la carte."
_OLD_MONTHS: Final = 12


def today() -> date:
    """Return today's date, in UTC."""
    return datetime.now(UTC).date()


def is_old(checked_on: str, at: date | None = None) -> bool:
    """Return whether a record is to be checked again: last checked over 12 months ago, or never.

    A date known to the year or the month only counts as its last day.
    """
    last = span(checked_on)
    if last is None:
        return True
    now = at or today()
    months = (now.year - last[1].year) * 12 + now.month - last[1].month
    return (months, now.day) > (_OLD_MONTHS, last[1].day)


def corrected(record: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an actor's record with the values that a person corrected by hand.

    A new commune brings its own codes, name and point; a new address leaves the point to be
    checked. Practices that are corrected are practices declared.

    Parameters
    ----------
    values
        Among ``EDITABLE``; what is absent stays as it is.

    Raises
    ------
    BadRecordError
        A value breaks a rule: every fault in one French sentence.
    """
    corrections = {name: value for name, value in values.items() if name in EDITABLE}
    new = completed(ACTOR, dict(record) | corrections)
    faults = [*faults_of(ACTOR, new), *_faults(new)]
    if new["practices"] != record["practices"]:
        new["practices_basis"] = "stated" if new["practices"] else ""
    if new["commune_code"] != record["commune_code"] and not faults:
        new = _placed(new)
    elif new["address"] != record["address"] and new["location_precision"] in ("adresse", "rue"):
        new["location_check"] = typeset(_MOVED)
    return accepted(ACTOR, new, faults)


def _faults(record: Mapping[str, Any]) -> list[str]:
    found = []
    if record["commune_code"] and not commune_today(record["commune_code"]):
        found.append(f"commune inconnue : {quoted(record['commune_code'][:20])}")
    if record["website"] and not web_link(record["website"]):
        found.append("le site doit commencer par http:// ou https://")
    if record["email"] and not EMAIL.fullmatch(record["email"]):
        found.append(f"courriel mal écrit : {quoted(record['email'][:60])}")
    if record["phone"] and not _is_phone(record["phone"]):
        found.append(f"téléphone mal écrit : {quoted(record['phone'][:40])}")
    odd = [name for name in record["withheld"] if name not in ACTOR.blank()]
    if odd:
        found.append(f"champ à ne pas publier inconnu : {quoted(odd[0][:40])}")
    return [*found, *_scope_faults(record["scope"])]


def _is_phone(text: str) -> bool:
    least, most = _DIGITS
    return bool(_PHONE.fullmatch(text)) and least <= sum(map(str.isdigit, text)) <= most


def _scope_faults(scope: str) -> list[str]:
    if scope in {"", NATIONAL}:
        return []
    try:
        territory(*_scope_parts(scope))
    except AtlasError as fault:
        return [f"territoire d’intervention : {str(fault).rstrip('.')}"]
    return []


def _scope_parts(scope: str) -> tuple[str, str]:
    kind, _, code = scope.partition(":")
    return kind, code


def _placed(record: dict[str, Any]) -> dict[str, Any]:
    """Put a record in the commune that it states now, at that commune's point."""
    emptied: dict[str, Any] = {name: ACTOR.field(name).empty for name in LOCATION}
    code = commune_today(record["commune_code"])
    bare = record | emptied | {"commune_code": code, "postcode": "", "town": ""}
    if code:
        home: Any = france.communes().loc[code]
        postcodes = [*home["postcodes"]]
        keeps_postcode = record["postcode"] in postcodes
        bare["town"] = home["commune_name"]
        bare["postcode"] = (
            record["postcode"] if keeps_postcode else postcodes[0] if postcodes else ""
        )
    frame = pd.DataFrame([bare | {"longitude": float("nan"), "latitude": float("nan")}])
    placed = place(frame.set_index(ACTOR.id, drop=False))
    return bare | (placed.records()[0] if placed.changed else {})
