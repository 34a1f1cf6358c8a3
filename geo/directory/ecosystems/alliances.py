"""An alliance: at least two actors that exist, in order of time."""

from collections.abc import Collection
from itertools import zip_longest
from typing import Any, Final

from geo.dates import span
from geo.directory.ecosystems.rules import Values, accepted, completed, faults_of, strangers
from geo.directory.schema import ALLIANCE

LEAST: Final = 2


def checked_alliance(values: Values, actors: Collection[str]) -> dict[str, Any]:
    """Return a whole alliance, its roles in the order of its members.

    A member given twice counts once, with its first role. ``actors`` are the ids that exist.

    Raises
    ------
    BadRecordError
        Fewer than two members, an unknown member or code, a date that is none, an end before
        the beginning; all faults in one French sentence.
    """
    record = completed(ALLIANCE, values)
    record["member_ids"], record["member_roles"] = _members(values)
    faults = faults_of(ALLIANCE, record) + strangers("Membres", record["member_ids"], actors)
    if len(record["member_ids"]) < LEAST:
        faults.append(f"une alliance joint au moins {LEAST} acteurs différents")
    if not record["partnership_kind"]:
        faults.append("choisissez le type de l’alliance")
    return accepted(ALLIANCE, record, faults + _backwards(record))


def _members(values: Values) -> tuple[list[str], list[str]]:
    pairs: dict[str, str] = {}
    roles = values.get("member_roles", ())
    for member, role in zip_longest(values.get("member_ids", ()), roles, fillvalue=""):
        if str(member).strip():
            pairs.setdefault(str(member).strip(), str(role).strip())
    return [*pairs], [*pairs.values()]


def _backwards(record: Values) -> list[str]:
    since, until = span(record["since"]), span(record["until"])
    if since and until and until[1] < since[0]:
        return [f"la fin ({record['until']}) est avant le début ({record['since']})"]
    return []
