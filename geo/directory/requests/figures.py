"""Requests counted by territory, practice and month: nobody can be told from the figures."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.directory.requests.letters import place_label
from geo.directory.requests.states import state_on, unanswered
from geo.directory.schema import REQUEST
from geo.directory.store.store import Store
from geo.reference.territory import member_codes
from geo.vocabulary import UNSTATED

COLUMNS: Final = ("territory", "practice", "month")
STATES: Final = ("recue", "transmise", "repondue", "rencontre", "close", "sans_reponse")
_WIDE: Final = ("departement", "region")


def figures(store: Store, day: date) -> pd.DataFrame:
    """Count requests; a territory is a département, or a région asked for as such.

    Smaller places are not told apart: one request from a village names its mayor.

    Returns
    -------
    ``territory`` (label), ``practice`` (code), ``month`` (AAAA-MM), ``request_count``, then one
    column for each state and ``unanswered_count``, by territory, practice and month.
    """
    held = store.read(REQUEST.name)
    left = unanswered(held, day).index
    rows = pd.DataFrame(
        [
            {
                "territory": _where(row),
                "practice": row["practice"] or UNSTATED,
                "month": row["created_at"][:7],
                "request_count": 1,
                **{one: int(state_on(row, day) == one) for one in STATES},
                "unanswered_count": int(row["request_id"] in left),
            }
            for row in held.to_dict("records")
        ],
        columns=[*COLUMNS, "request_count", *STATES, "unanswered_count"],
    )
    return rows.groupby([*COLUMNS], as_index=False).sum()


def _where(row: dict[Any, Any]) -> str:
    if row["territory_kind"] in _WIDE:
        return place_label(row)
    return place_label({"territory_kind": "departement", "territory_code": row["departement_code"]})


def unanswered_in(store: Store, kind: str, code: str, day: date) -> dict[str, int]:
    """Count by practice the requests from within a territory that nobody could answer."""
    inside = {*member_codes(kind, code)}
    found = unanswered(store.read(REQUEST.name), day)
    mine = [_is_within(row, (kind, code), inside) for row in found.to_dict("records")]
    counts = found[pd.Series(mine, found.index, dtype=bool)].groupby("practice").size()
    return {str(practice) or UNSTATED: int(number) for practice, number in counts.items()}


def unanswered_by_departement(store: Store, day: date) -> dict[str, int]:
    """Count by département the requests that nobody could answer; those of a région are in none."""
    found = unanswered(store.read(REQUEST.name), day)
    here = found[(found["territory_kind"] != "region") & (found["departement_code"] != "")]
    counts = here.groupby("departement_code").size()
    return {str(code): int(number) for code, number in counts.items()}


def _is_within(row: dict[Any, Any], own: tuple[str, str], inside: Collection[str]) -> bool:
    asked = str(row["territory_kind"]), str(row["territory_code"])
    members = member_codes(*asked)
    return asked == own or (bool(members) and all(one in inside for one in members))
