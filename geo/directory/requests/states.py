"""Where a request stands: received, passed on, answered, met, closed; or left without an answer."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pandas as pd

from geo.directory.access import Person
from geo.directory.schema import REQUEST, REQUESTER
from geo.directory.store.changes import Changes, Record
from geo.directory.store.encryption import decrypt, encrypt
from geo.directory.store.rows import plain
from geo.directory.store.store import Store
from geo.errors import BadRecordError, ReadOnlyStoreError
from geo.french import NBSP
from geo.settings import settings
from geo.vocabulary import label

RECEIVED, PASSED_ON, ANSWERED, MET, CLOSED = "recue", "transmise", "repondue", "rencontre", "close"
UNANSWERED: Final = "sans_reponse"
"""Not stored: it is computed from the dates."""
NOBODY: Final = "personne"
PATIENCE: Final = timedelta(days=15)
NEXT: Final = {
    RECEIVED: (PASSED_ON, ANSWERED, CLOSED),
    PASSED_ON: (ANSWERED, CLOSED),
    ANSWERED: (MET, CLOSED),
    MET: (CLOSED,),
    CLOSED: (RECEIVED,),
}
"""What each state may become; a request closed by mistake is opened again."""
_DATE_OF: Final = {
    PASSED_ON: "passed_on_at",
    ANSWERED: "answered_at",
    MET: "met_at",
    CLOSED: "closed_at",
}
CLOSED_TO_YOU: Final = "Les demandes sont à la coordination seule."


def now() -> str:
    """Return the time as records keep it: UTC, ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """Return the day of that time."""
    return datetime.now(UTC).date()


def check_rights(person: Person) -> None:
    """Refuse whoever may not read what people wrote.

    Raises
    ------
    ReadOnlyStoreError
        This person is not of the coordination.
    """
    if not (person.may_write and person.may_see_contacts):
        raise ReadOnlyStoreError(CLOSED_TO_YOU)


def state_on(record: Any, day: date) -> str:
    """Return the state of a request on a day: without an answer once fifteen days went by."""
    state = str(record["state"])
    since = str(record["passed_on_at"] or record["created_at"])[:10]
    if state in {RECEIVED, PASSED_ON} and since and date.fromisoformat(since) + PATIENCE <= day:
        return UNANSWERED
    return state


def unanswered(requests: pd.DataFrame, day: date) -> pd.DataFrame:
    """Keep the requests that nobody could answer: closed so, or waiting for too long."""
    is_unanswered = [state_on(row, day) == UNANSWERED for row in requests.to_dict("records")]
    return requests[
        (requests["outcome"] == NOBODY) | pd.Series(is_unanswered, requests.index, dtype=bool)
    ]


def queue(store: Store, person: Person) -> pd.DataFrame:
    """Return every request, opened, the last first, with ``shown_state``, for the coordination.

    Raises
    ------
    ReadOnlyStoreError
        This person is not of the coordination.
    UnreadableStoreError
        The keys are lost.
    """
    check_rights(person)
    requests = store.read(REQUEST.name)
    decrypted = decrypt(store, requests[requests["sealed"] != ""], REQUEST)
    states = [state_on(row, today()) for row in decrypted.to_dict("records")]
    return decrypted.assign(shown_state=states).sort_values(
        "created_at", ascending=False, kind="stable"
    )


def decrypt_request(store: Store, request_id: str) -> tuple[Record, dict[str, str]]:
    """Return a record as stored, and its decrypted personal data.

    Raises
    ------
    UnknownCodeError
        There is no such request.
    """
    record = store.record(REQUEST.name, request_id)
    frame = pd.DataFrame([record]).set_index(REQUEST.id, drop=False)
    row = decrypt(store, frame, REQUEST).iloc[0]
    return record, {field.name: str(row[field.name]) for field in REQUESTER}


def advance(store: Store, request_id: str, state: str, outcome: str = "") -> Changes:
    """Return what leads a request to its next state, dated; a request is closed with its outcome.

    Raises
    ------
    UnknownCodeError
        There is no such request.
    BadRecordError
        It cannot go there from where it is, or is closed without saying how.
    """
    record = store.record(REQUEST.name, request_id)
    if state not in NEXT.get(record["state"], ()):
        raise BadRecordError(
            f"Cette demande est {label('request_state', record['state']).lower()}{NBSP}: elle ne "
            f"peut devenir {label('request_state', state).lower()}."
        )
    if (state == CLOSED) != bool(outcome):
        raise BadRecordError("Dites comment la demande s’achève, et elle sera close.")
    updates = {"state": state, "outcome": outcome}
    if state == RECEIVED:
        updates |= dict.fromkeys(_DATE_OF.values(), "")
    else:
        updates |= {_DATE_OF[state]: now()}
    return Changes.one(REQUEST.name, plain(record | updates))


def annotate(store: Store, request_id: str, note: str) -> Changes:
    """Return what keeps the coordination's notes on a request, sealed with the rest.

    Raises
    ------
    UnknownCodeError
        There is no such request.
    """
    record, person = decrypt_request(store, request_id)
    sealed = encrypt(store, record, person | {"team_note": note.strip()[:5_000]}, REQUEST)
    return Changes.one(REQUEST.name, sealed)


def last_day_kept(day: date) -> date:
    """Return the last day whose requests are forgotten by now, so many months ago."""
    months = day.year * 12 + day.month - 1 - settings().request_months
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
