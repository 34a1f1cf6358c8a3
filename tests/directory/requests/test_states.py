"""A request followed to its end, counted without a name, and forgotten."""

from datetime import date, timedelta

import pytest

from geo.directory.requests import erasure
from geo.directory.requests.figures import figures, unanswered_in
from geo.directory.requests.states import (
    NEXT,
    UNANSWERED,
    advance,
    annotate,
    decrypt_request,
    queue,
    state_on,
    today,
)
from geo.directory.store import history
from geo.directory.store.changes import Changes, Record
from geo.directory.store.encryption import ERASED
from geo.directory.store.store import Store
from geo.directory.submit import submit
from geo.directory.undoing import undone
from geo.errors import BadRecordError, ConflictError, ReadOnlyStoreError, UnknownCodeError
from tests.directory.requests.drawn import CAMILLE, COLETTE, SECRETS, sent

LATER = timedelta(days=15)


def lead(store: Store, request_id: str, *states: str, outcome: str = "aboutie") -> None:
    for state in states:
        ends = outcome if state == "close" else ""
        submit(advance(store, request_id, state, ends), f"Demande : {state}", COLETTE, store)


def dated(store: Store, request_id: str, day: date) -> None:
    record = store.record("request", request_id) | {"created_at": f"{day}T08:00:00Z"}
    store.write(Changes.one("request", record), author="A", message="m")


def test_it_goes_from_received_to_closed_each_step_dated(store: Store) -> None:
    done = sent(store)
    lead(store, done.request_id, "transmise", "repondue", "rencontre", "close")
    kept = store.record("request", done.request_id)
    assert (kept["state"], kept["outcome"]) == ("close", "aboutie")
    assert all(kept[name] for name in ("passed_on_at", "answered_at", "met_at", "closed_at"))
    lead(store, done.request_id, "recue")
    again = store.record("request", done.request_id)
    assert (again["state"], again["outcome"], again["closed_at"]) == ("recue", "", "")


def test_a_step_too_far_and_an_end_without_its_outcome_are_refused(store: Store) -> None:
    done = sent(store)
    with pytest.raises(BadRecordError, match="reçue"):
        advance(store, done.request_id, "rencontre")
    with pytest.raises(BadRecordError, match="s’achève"):
        advance(store, done.request_id, "close")
    assert UNANSWERED not in {one for every in NEXT.values() for one in every}


def test_it_is_without_an_answer_after_fifteen_days(store: Store) -> None:
    done = sent(store)
    kept = store.record("request", done.request_id)
    assert state_on(kept, today() + LATER - timedelta(days=1)) == "recue"
    assert state_on(kept, today() + LATER) == UNANSWERED
    lead(store, done.request_id, "repondue")
    assert state_on(store.record("request", done.request_id), today() + LATER) == "repondue"


def test_notes_are_sealed_with_the_rest(store: Store) -> None:
    done = sent(store)
    submit(annotate(store, done.request_id, "Rappeler Quatrefages"), "Note", COLETTE, store)
    assert decrypt_request(store, done.request_id)[1]["team_note"] == "Rappeler Quatrefages"
    assert "Quatrefages" not in str(store.record("request", done.request_id))


def test_nobody_but_the_coordination_changes_one(store: Store) -> None:
    done = sent(store)
    with pytest.raises(ReadOnlyStoreError, match="coordination"):
        submit(advance(store, done.request_id, "transmise"), "m", CAMILLE, store)


def test_figures_count_by_departement_practice_and_month_and_name_nobody(store: Store) -> None:
    first, second = sent(store), sent(store, practice="", territory=("region", "11"))
    lead(store, second.request_id, "close", outcome="personne")
    found = figures(store, today())
    assert found["territory"].tolist() == ["Val-de-Marne (94)", "Île-de-France"]
    assert found["practice"].tolist() == ["dialogue_territorial", "non_renseigne"]
    assert found["request_count"].tolist() == [1, 1]
    assert found["unanswered_count"].tolist() == [0, 1]
    assert figures(store, today() + LATER)["unanswered_count"].tolist() == [1, 1]
    told = found.to_csv()
    assert not any(secret in told for secret in (*SECRETS, first.request_id, "Charenton"))


def test_a_request_nobody_could_answer_is_a_gap_of_the_territories_that_hold_it(
    store: Store,
) -> None:
    assert unanswered_in(store, "departement", "94", today()) == {}
    sent(store)
    late = today() + LATER
    assert unanswered_in(store, "departement", "94", late) == {"dialogue_territorial": 1}
    assert unanswered_in(store, "commune", "94018", late) == {"dialogue_territorial": 1}
    assert unanswered_in(store, "departement", "75", late) == {}


def test_the_link_of_the_confirmation_forgets_for_good(store: Store) -> None:
    done, other = sent(store), sent(store)
    before = store.snapshot()
    for wrong in (
        "",
        done.request_id,
        f"{done.request_id}.",
        done.erasure[:-1],
        f"{other.request_id}.{done.erasure.rpartition('.')[2]}",
        "é.é",
    ):
        with pytest.raises(UnknownCodeError, match="n’efface aucune demande"):
            erasure.erase_by_link(store, wrong)
    erasure.erase_by_link(store, done.erasure)
    assert list(queue(store, COLETTE).index) == [other.request_id]
    with pytest.raises(UnknownCodeError):
        erasure.erase_by_link(store, done.erasure)
    assert not history.record_restored(store, "request", done.request_id, before)
    past = store.record("request", done.request_id, before)
    assert past["sealed"] != ""
    assert ERASED not in past.values()


def test_old_requests_are_forgotten_and_still_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_REQUEST_MONTHS", "2")
    old, young = sent(store), sent(store)
    dated(store, old.request_id, date(2026, 1, 31))
    dated(store, young.request_id, date(2026, 3, 5))
    assert erasure.expire(store, date(2026, 3, 30)) == 0
    assert erasure.expire(store, date(2026, 3, 31)) == 1
    assert list(queue(store, COLETTE).index) == [young.request_id]
    found = figures(store, date(2026, 3, 31))
    assert found[["territory", "month", "request_count"]].to_numpy().tolist() == [
        ["Val-de-Marne (94)", "2026-01", 1],
        ["Val-de-Marne (94)", "2026-03", 1],
    ]
    assert erasure.expire(store, date(2026, 3, 31)) == 0
    assert "94018" not in str(store.read("request").iloc[0].to_dict())


def test_two_processes_that_forget_at_once_count_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_REQUEST_MONTHS", "2")
    dated(store, sent(store).request_id, date(2026, 1, 31))
    other = Store.create(store.place.folder)
    meanwhile: list[int] = []
    usual = erasure.state_on  # called between reading and writing

    def overtaken(record: Record, day: date) -> str:
        if not meanwhile:
            meanwhile.append(-1)
            meanwhile.append(erasure.expire(other, day))
        return usual(record, day)

    monkeypatch.setattr(erasure, "state_on", overtaken)
    assert erasure.expire(store, date(2026, 3, 31)) == 0
    assert meanwhile == [-1, 1]
    assert figures(store, date(2026, 3, 31))["request_count"].tolist() == [1]
    other.connection.close()


def test_going_back_unmakes_no_request(store: Store) -> None:
    before = store.snapshot()
    done = sent(store)
    assert not history.everything_restored(store, before)
    with pytest.raises(ConflictError, match="Demandes"):
        undone(store, store.snapshot())
    assert done.request_id in store.read("request").index
