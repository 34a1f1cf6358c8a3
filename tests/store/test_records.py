"""Writing and reading: whole records, revisions, refusals; nothing half written."""

import threading

import pytest

from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.store import Store
from geo.errors import AtlasError, ConflictError, UnknownCodeError
from tests.store.drawn import put, record

FULL = {
    "actor_name": "L’Œuvre — « été » 🌳 <img src=x onerror=alert(1)>'; DROP TABLE actors; --",
    "practices": ["gestion_lieu", 'l\'autre, avec "guillemets"', ""],
    "longitude": 2.41382,
    "latitude": -21.0,
    "location_score": None,
    "siret": "01234567800011",
    "commune_code": "01004",
    "note": "ligne 1\nligne 2\tfin\u202f!",
    "fictive": True,
}


def test_a_new_store_holds_every_kind_empty(store: Store) -> None:
    assert store.is_new()
    assert store.read_only == ""
    for name, kind in KINDS.items():
        found = store.read(name)
        assert list(found.columns) == [field.name for field in kind.fields]
        assert found.empty


def test_what_is_written_is_read_as_it_was(store: Store) -> None:
    drawn = record("actor", "a", **FULL)
    number = store.write(Changes.one("actor", drawn), author="Aude", message="Essai")
    assert store.snapshot() == number
    assert not store.is_new()
    assert store.record("actor", "a") == drawn | {"revision": 1}
    assert store.read("actor").loc["a", "practices"] == FULL["practices"]
    assert store.read("actor")["location_score"].isna().all()


def test_every_kind_is_kept_whole(store: Store) -> None:
    values = {"VARCHAR": "x", "VARCHAR[]": ["y", "z"], "DOUBLE": 1.5, "BIGINT": 7, "BOOLEAN": True}
    drawn = {
        name: {field.name: values[field.type] for field in kind.fields} | {"revision": 0}
        for name, kind in KINDS.items()
    }
    changes = Changes({name: [one] for name, one in drawn.items()})
    store.write(changes, author="a", message="m")
    for name, one in drawn.items():
        assert store.record(name, "x") == one | {"revision": 1}


def test_another_process_would_see_it(store: Store, place: StoreLocation) -> None:
    other = Store.create(place.folder, place.postgres)
    assert other.read("actor").empty
    put(store, "actor", "a", town="Ici")
    assert other.record("actor", "a")["town"] == "Ici"
    assert list(other.read("actor").index) == ["a"]
    other.connection.close()


def test_a_record_read_too_long_ago_is_refused(store: Store) -> None:
    put(store, "actor", "a", town="un")
    old = store.record("actor", "a")
    store.write(Changes.one("actor", old | {"town": "deux"}), author="B", message="m")
    before = store.snapshot()
    with pytest.raises(ConflictError, match=r"Nom a.» a changé"):
        store.write(Changes.one("actor", old | {"town": "trois"}), author="C", message="m")
    assert store.snapshot() == before
    assert store.record("actor", "a")["town"] == "deux"


def test_one_refused_record_refuses_all_of_them(store: Store) -> None:
    put(store, "actor", "a")
    before = store.snapshot()
    both = Changes.one("project", record("project", "p")) + Changes.one(
        "actor", record("actor", "b"), record("actor", "a", revision=9)
    )
    with pytest.raises(ConflictError):
        store.write(both, author="C", message="m")
    assert store.snapshot() == before
    assert list(store.read("actor").index) == ["a"]
    assert store.read("project").empty


STRANGE = [
    (Changes.one("actor", {**record("actor", "a"), "couleur": "bleu"}), "couleur"),
    (Changes.one("actor", record("actor", "")), "identifiant vide"),
    (Changes.one("actor", {"actor_name": "Sans identifiant"}), "identifiant vide"),
    (Changes.one("contact", {**record("contact", "c"), "contact_name": "X"}), "contact_name"),
    (Changes.one("actors", record("actor", "a")), "actors"),
    (Changes.removal("acteur", "a"), "acteur"),
]


def test_what_no_kind_knows_is_refused(store: Store) -> None:
    before = store.snapshot()
    good = Changes.one("actor", record("actor", "z"))
    for changes, why in STRANGE:
        with pytest.raises(AtlasError, match=why):
            store.write(good + changes, author="C", message="m")
    assert store.snapshot() == before
    store.write(good, author="C", message="m")  # it is not left in the middle of something


def test_no_change_is_no_snapshot(store: Store) -> None:
    before = store.snapshot()
    empty = Changes({"actor": []}, {"project": []})
    assert store.write(Changes(), author="C", message="m") == before
    assert store.write(empty, author="C", message="m") == before == store.snapshot()


def test_dropped_then_made_anew(store: Store) -> None:
    put(store, "actor", "a")
    put(store, "actor", "b")
    store.write(Changes.removal("actor", "a", "unknown"), author="C", message="m")
    assert list(store.read("actor").index) == ["b"]
    with pytest.raises(UnknownCodeError, match="introuvable"):
        store.record("actor", "a")
    put(store, "actor", "a", town="de retour")
    assert store.record("actor", "a")["revision"] == 1


def test_of_two_changes_of_a_record_the_later_wins(store: Store) -> None:
    one, two = record("actor", "a", town="un"), record("actor", "a", town="deux")
    store.write(Changes.one("actor", one) + Changes.one("actor", two), author="C", message="m")
    assert store.record("actor", "a")["town"] == "deux"
    held = store.record("actor", "a")
    store.write(
        Changes.one("actor", held | {"town": "trois"}) + Changes.removal("actor", "a"),
        author="C",
        message="m",
    )
    assert store.read("actor").empty


def test_a_past_state_that_never_was(store: Store) -> None:
    put(store, "actor", "a")
    for read in (lambda: store.read("actor", 999), lambda: store.record("actor", "a", 999)):
        with pytest.raises(UnknownCodeError, match="n’existe pas"):
            read()


def test_only_what_was_changed_is_read_again(store: Store, place: StoreLocation) -> None:
    put(store, "actor", "a")
    actors, projects = store.read("actor"), store.read("project")
    other = Store.create(place.folder, place.postgres)
    put(other, "project", "p")
    assert store.read("actor") is actors
    assert store.read("project") is not projects
    assert list(store.read("project").index) == ["p"]
    other.write(Changes.removal("actor", "a"), author="C", message="m")
    assert store.read("actor").empty
    other.connection.close()


def test_threads_of_one_process_lose_no_write(store: Store) -> None:
    faults: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for turn in range(4):
                put(store, "actor", f"{name}{turn}")
        except BaseException as fault:  # noqa: BLE001 - told by the assertion below
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(name,)) for name in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(fault, fault.__cause__) for fault in faults] == []
    assert len(store.read("actor")) == 12


def test_what_no_catalogue_takes_is_left_out_and_said_of_an_id(store: Store) -> None:
    spoilt = {"actor_id": "a", "actor_name": "A\x00B\ud800", "practices": ["x\x00"]}
    store.write(Changes.one("actor", spoilt), author="m\x00oi", message="n\ud800on")
    kept = store.record("actor", "a")
    assert (kept["actor_name"], kept["practices"]) == ("AB", ["x"])
    with pytest.raises(AtlasError, match="identifiant illisible"):
        store.write(Changes.one("actor", {"actor_id": "b\x00"}), author="moi", message="non")
    with pytest.raises(UnknownCodeError):
        store.record("actor", "\x00")


@pytest.mark.parametrize(
    ("name", "value"),
    [("longitude", 1e300), ("longitude", -180.01), ("latitude", float("inf")), ("latitude", 91)],
)
def test_a_record_that_lies_nowhere_on_earth_is_refused(
    store: Store, name: str, value: float
) -> None:
    with pytest.raises(AtlasError, match=f"{name} hors de la Terre"):
        put(store, "actor", "a", **{name: value})
    with pytest.raises(AtlasError, match="location_score hors de toute mesure"):
        put(store, "actor", "a", location_score=-float("inf"))
    assert store.is_new()
    put(store, "actor", "a", longitude=180.0, latitude=float("nan"))
    assert store.record("actor", "a")["latitude"] is None
