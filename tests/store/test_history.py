"""The history says who, when, why and what; going back is one more snapshot."""

import re

import pytest

from geo.directory.published import published
from geo.directory.store import history
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from tests.store.drawn import ids, put, record, state


def test_each_write_says_who_when_why_and_what(store: Store) -> None:
    assert history.entries(store) == []
    first = put(store, "actor", "a", message="Premier « pourquoi »")
    changes = Changes.removal("actor", "a") + Changes.one("project", record("project", "p"))
    second = store.write(changes, author="Bruno O'Hara", message="Second")
    two, one = history.entries(store)
    assert (one.snapshot, one.author, one.message) == (first, "Aude", "Premier « pourquoi »")
    assert (two.snapshot, two.author, two.message) == (second, "Bruno O'Hara", "Second")
    assert [kind.name for kind in two.kinds] == ["actor", "project"]
    assert two.touched["actor"] == {"put": 0, "drop": 1, "ids": ["a"]}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e.written_at) for e in (one, two))
    assert history.entries(store, limit=1) == [two]
    assert history.entries(store, before=second) == [one]
    assert history.entry(store, first) == one
    for missing in (first - 1, second + 1, -1):
        with pytest.raises(UnknownCodeError, match="n’existe pas"):
            history.entry(store, missing)


def told(store: Store, snapshot: int) -> set[tuple[str, str, str, str]]:
    found = history.differences(store, snapshot)
    return {(one.record_id, one.field.label, one.before, one.after) for one in found}


def test_differences_are_told_in_french(store: Store) -> None:
    put(store, "actor", "a", town="Créteil", practices=["gestion_lieu"])
    second = put(
        store,
        "actor",
        "a",
        actor_name="Nouveau nom",
        practices=["gestion_lieu", "accompagnements"],
        longitude=2.5,
        fictive=True,
        status="retiree",
    )
    assert told(store, second) == {
        ("a", "Nom", "Nom a", "Nouveau nom"),
        ("a", "Ville", "Créteil", ""),
        (
            "a",
            "Pratiques",
            labels("practice", "gestion_lieu"),
            labels("practice", "gestion_lieu", "accompagnements"),
        ),
        ("a", "Longitude", "", "2.5"),
        ("a", "Donnée fictive", "non", "oui"),
        ("a", "Statut", *(labels("record_status", one) for one in ("publiee", "retiree"))),
    }
    third = store.write(Changes.removal("actor", "a"), author="B", message="m")
    assert ("a", "Nom", "Nouveau nom", "") in told(store, third)
    with pytest.raises(UnknownCodeError):
        history.differences(store, third + 1)


def labels(vocabulary: str, *codes: str) -> str:
    field = history.Field("x", "x", vocabulary=vocabulary)
    said = history.field_text(field, [*codes])
    assert not any(code in said for code in codes if "_" in code)
    return said


def test_one_record_tells_its_life(store: Store) -> None:
    put(store, "actor", "a", message="Naissance")
    put(store, "actor", "b", message="Un autre")
    put(store, "actor", "a", message="Changement", town="Ici")
    store.write(Changes.removal("actor", "a"), author="B", message="Fin")
    put(store, "actor", "a", message="Retour")
    life = history.record_history(store, "actor", "a")
    assert [entry.message for entry, _ in life] == ["Retour", "Fin", "Changement", "Naissance"]
    assert [(d.field.name, d.after) for d in life[2][1]] == [("town", "Ici")]
    assert history.record_history(store, "actor", "never") == []


def test_one_record_goes_back_and_nothing_else(store: Store) -> None:
    first = put(store, "actor", "a", town="avant")
    put(store, "actor", "b", town="avant")
    put(store, "actor", "a", town="après")
    last = put(store, "actor", "b", town="après")
    past = state(store, last)
    made = history.record_restored(store, "actor", "a", first)
    number = store.write(made, author="C", message="Retour")
    assert number > last
    assert {name: store.record("actor", name)["town"] for name in "ab"} == {
        "a": "avant",
        "b": "après",
    }
    assert store.record("actor", "a")["revision"] == 3
    assert state(store, last) == past
    # Before it was made, it was not there: going back there takes it away, and it can return.
    gone = history.record_restored(store, "actor", "b", first)
    store.write(gone, author="C", message="Retour")
    assert ids(store, "actor") == ["a"]
    back = history.record_restored(store, "actor", "b", last)
    store.write(back, author="C", message="Retour")
    assert store.record("actor", "b")["town"] == "après"
    assert not history.record_restored(store, "actor", "b", last)


def test_going_back_publishes_nothing_that_its_owner_withdrew_since(store: Store) -> None:
    mail = {"email": "a@exemple.invalid", "phone": "0140000000"}
    first = put(store, "actor", "a", **mail, withheld=["phone"])
    for made in (
        history.everything_restored,
        lambda s, at: history.record_restored(s, "actor", "a", at),
    ):
        put(store, "actor", "a", **mail, withheld=["email"], town="après")
        store.write(made(store, first), author="C", message="Retour")
        now = store.record("actor", "a")
        assert (now["town"], {*now["withheld"]}) == ("", {"email", "phone"})
        assert not {*published(store, "actor").loc["a", ["email", "phone"]]} - {""}
        assert not made(store, first)


def test_what_was_withdrawn_stays_so_though_the_record_was_then_deleted(store: Store) -> None:
    mail = {"email": "a@exemple.invalid", "phone": "0140000000"}
    first = put(store, "actor", "a", **mail)
    for made in (
        history.everything_restored,
        lambda s, at: history.record_restored(s, "actor", "a", at),
    ):
        put(store, "actor", "a", **mail, withheld=["email"])
        store.write(Changes.removal("actor", "a"), author="C", message="Suppression")
        store.write(made(store, first), author="C", message="Retour")
        assert published(store, "actor").loc["a", ["email", "phone"]].to_list() == [
            "",
            mail["phone"],
        ]
        put(store, "actor", "a", **mail)  # its owner agrees again: the last word counts
        store.write(Changes.removal("actor", "a"), author="C", message="Suppression")
        store.write(made(store, first), author="C", message="Retour")
        assert published(store, "actor").loc["a", "email"] == mail["email"]


def test_the_whole_base_goes_back_as_one_snapshot(store: Store) -> None:
    put(store, "actor", "a", town="avant", longitude=1.5, practices=["x"])
    put(store, "project", "p", summary="avant")
    then = put(store, "actor", "b")
    put(store, "actor", "a", town="après")
    store.write(Changes.removal("project", "p"), author="B", message="m")
    put(store, "alliance", "l", member_ids=["a", "b"])
    put(store, "merge", "m1", kept_id="a", other_id="b")
    last = put(store, "proposal", "p1", record_id="a")
    before = {at: state(store, at) for at in (then, last)}
    written = len(history.entries(store))
    changes = history.everything_restored(store, then)
    number = store.write(changes, author="C", message="Retour")
    assert len(history.entries(store)) == written + 1
    now = state(store)
    # Decisions stay: they say what was decided since.
    assert {kind: [*now[kind]] for kind in ("merge", "proposal")} == {
        "merge": ["m1"],
        "proposal": ["p1"],
    }
    kept = now | {"merge": {}, "proposal": {}}
    assert without_revisions(kept) == without_revisions(before[then])
    assert {at: state(store, at) for at in before} == before  # the past is as it was
    assert not history.everything_restored(store, number)
    # And the return itself is undone the same way.
    store.write(history.everything_restored(store, last), author="C", message="Encore")
    assert without_revisions(state(store)) == without_revisions(before[last])
    with pytest.raises(UnknownCodeError):
        history.everything_restored(store, store.snapshot() + 1)


def without_revisions(told: dict[str, dict[str, dict[str, object]]]) -> object:
    return {
        kind: {name: {**one, "revision": 0} for name, one in held.items()}
        for kind, held in told.items()
    }
