"""Requests counted by territory, practice and month: the figures identify nobody."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, Final

import pandas as pd

from geo.directory.requests.letters import place_label
from geo.directory.requests.states import RECEIVED, UNANSWERED, state_on, unanswered
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
    requests = store.read(REQUEST.name)
    unanswered_ids = unanswered(requests, day).index
    rows = pd.DataFrame(
        [
            {
                "territory": _where(row),
                "practice": row["practice"] or UNSTATED,
                "month": row["created_at"][:7],
                "request_count": 1,
                **{state: int(state_on(row, day) == state) for state in STATES},
                "unanswered_count": int(row["request_id"] in unanswered_ids),
            }
            for row in requests.to_dict("records")
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
    requests = unanswered(store.read(REQUEST.name), day)
    is_inside = [_is_within(row, (kind, code), inside) for row in requests.to_dict("records")]
    counts = requests[pd.Series(is_inside, requests.index, dtype=bool)].groupby("practice").size()
    return {str(practice) or UNSTATED: int(number) for practice, number in counts.items()}


def waiting_count(store: Store, day: date) -> int:
    """Count the requests that nobody took up, or answered in time; those forgotten are none."""
    rows = store.read(REQUEST.name)
    waiting = {RECEIVED, UNANSWERED}
    requests = rows[rows["sealed"] != ""].to_dict("records")
    return sum(state_on(row, day) in waiting for row in requests)


def states_of(store: Store, actor_id: str, day: date) -> dict[str, int]:
    """Count by state the requests that name an organisation, or that were passed on to it."""
    rows = store.read(REQUEST.name).to_dict("records")
    named = [row for row in rows if actor_id in (*row["chosen_ids"], *row["written_ids"])]
    counts = Counter(state_on(row, day) for row in named)
    return {state: counts[state] for state in STATES if counts[state]}


def unanswered_by_departement(store: Store, day: date) -> dict[str, int]:
    """Count by département the requests that nobody could answer; those of a région are in none."""
    requests = unanswered(store.read(REQUEST.name), day)
    located = requests[
        (requests["territory_kind"] != "region") & (requests["departement_code"] != "")
    ]
    counts = located.groupby("departement_code").size()
    return {str(code): int(number) for code, number in counts.items()}


def _is_within(row: dict[Any, Any], territory: tuple[str, str], inside: Collection[str]) -> bool:
    place = str(row["territory_kind"]), str(row["territory_code"])
    members = member_codes(*place)
    return place == territory or (bool(members) and all(code in inside for code in members))
