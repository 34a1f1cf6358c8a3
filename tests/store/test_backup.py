"""A backup goes to the other catalogue and back with its whole history; bad files do nothing."""

import hashlib
import hmac
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.directory import owner_link
from geo.directory.store import history
from geo.directory.store.backup import backup, restore
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import FIELDS, decrypt, erase
from geo.directory.store.keys import OWNERS, keyring
from geo.directory.store.store import Store
from geo.errors import BadFileError, BadLinkError
from tests.store.conftest import MakePlace
from tests.store.drawn import PERSON, put, put_person, record, state

OTHER = {"sqlite": "postgres", "postgres": "sqlite"}
Spoil = Callable[[Path], None]


def lived_in(store: Store) -> list[int]:
    """Write a little of everything, some of it big enough to lie in a file of its own."""
    many = [record("actor", f"a{i}", town="Ici", practices=["x"]) for i in range(30)]
    return [
        store.write(Changes.one("actor", *many), author="Aude", message="Import « d’été »"),
        put(store, "actor", "a1", town="Là", longitude=2.5),
        put_person(store, "c1"),
        put_person(store, "gone"),
        put(store, "project", "p", actor_ids=["a1"], rank=3),
        erase(store, "gone", author="Aude"),
        store.write(
            Changes.removal("actor", "a2") + Changes.removal("project", "p"),
            author="B",
            message="Fin",
        ),
        put(store, "actor", "a2", town="Revenu"),
    ]


def told(store: Store) -> list[tuple[str, str, str, object]]:
    return [
        (
            one.written_at,
            one.author,
            one.message,
            {kind: {**what, "ids": sorted(what["ids"])} for kind, what in one.touched.items()},
        )
        for one in reversed(history.entries(store, 1000))
    ]


def test_it_goes_to_the_other_catalogue_with_its_history(
    store: Store, catalogue: str, new_place: MakePlace, tmp_path: Path
) -> None:
    snapshots = lived_in(store)
    backup(store, tmp_path / "s.zip")
    place = new_place(OTHER[catalogue])
    other = Store.create(place.folder, place.postgres)
    steps: list[tuple[int, int]] = []
    done = restore(other, tmp_path / "s.zip", author="C", progress=lambda *step: steps.append(step))
    assert done == len(snapshots) == len(steps)
    assert told(other) == told(store)
    theirs = [one.snapshot for one in reversed(history.entries(other, 1000))]
    for mine, yours in zip(snapshots, theirs, strict=True):
        assert state(other, yours) == state(store, mine)
    people = decrypt(other, other.read("contact"))[[*FIELDS]].to_dict("index")
    assert people == {"c1": PERSON}
    gone = decrypt(other, other.read("contact", theirs[3]))
    assert "Quandalle" not in gone.loc["gone"].to_string()
    # Once more does nothing; a backup of the copy is the same base.
    assert restore(other, tmp_path / "s.zip", author="C") == 0
    put(other, "actor", "later")
    other.connection.close()


def test_into_a_base_that_lives_it_is_one_snapshot_to_undo(store: Store, tmp_path: Path) -> None:
    put(store, "actor", "a", town="avant")
    put(store, "project", "p")
    backup(store, tmp_path / "s.zip")
    then = state(store)
    put(store, "actor", "a", town="après")
    put(store, "actor", "b")
    last = store.write(Changes.removal("project", "p"), author="B", message="m")
    before, written = state(store), len(history.entries(store))
    assert restore(store, tmp_path / "s.zip", author="C") == 1
    assert len(history.entries(store)) == written + 1
    assert history.entries(store)[0].author == "C"
    assert bare(state(store)) == bare(then)
    store.write(history.everything_restored(store, last), author="C", message="Annuler")
    assert bare(state(store)) == bare(before)


def bare(told: dict[str, dict[str, dict[str, object]]]) -> object:
    return {
        kind: {name: {**one, "revision": 0} for name, one in held.items()}
        for kind, held in told.items()
    }


def test_a_restoration_that_was_cut_goes_on_where_it_stopped(
    store: Store, new_place: MakePlace, tmp_path: Path
) -> None:
    lived_in(store)
    backup(store, tmp_path / "s.zip")
    place = new_place("sqlite")
    other = Store.create(place.folder)

    class CutError(Exception):
        pass

    def cut(done: int, _total: int) -> None:
        if done == 3:
            raise CutError

    with pytest.raises(CutError):
        restore(other, tmp_path / "s.zip", author="C", progress=cut)
    assert len(history.entries(other)) == 3
    restore(other, tmp_path / "s.zip", author="C")
    assert told(other) == told(store)
    assert state(other) == state(store)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for at in range(len(content) // 4, len(content) * 3 // 4, 97):
        content[at] ^= 0xFF
    path.write_bytes(content)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("catalyst_id;nom\na;b\n", encoding="utf-8")


def _with(name: str, content: bytes | None) -> Spoil:
    """Return what replaces one member of the archive, or takes it out."""

    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            held = {one: archive.read(one) for one in archive.namelist()}
        held |= {} if content is None else {name: content}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, data in held.items():
                if one != name or content is not None:
                    archive.writestr(one, data)

    return spoil


def _twice(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(name, archive.read(name))


def _parquet(**columns: list[object]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue().to_pybytes()


SPOILT: dict[str, Spoil] = {
    "cut": _cut,
    "flipped": _flipped,
    "empty": _empty,
    "text": _text,
    "absent": Path.unlink,
    "no journal": _with("journal.parquet", None),
    "no actors": _with("actors.parquet", None),
    "manifest is a list": _with("manifeste.json", b"[1]"),
    "manifest is no json": _with("manifeste.json", b"{"),
    "later version": _with("manifeste.json", json.dumps({"format": 99}).encode()),
    "keys are a list": _with("cles.json", b'["a"]'),
    "keys are numbers": _with("cles.json", b'{"a": 1}'),
    "keys are nothing": _with("cles.json", b"[]"),
    "manifest opens into a thousand times more": _with("manifeste.json", b" " * 50_000_000),
    "a million rows in a few bytes": _with(
        "actors.parquet",
        _parquet(actor_id=["x"] * 10**6, snapshot_id=[3] * 10**6, change_type=["insert"] * 10**6),
    ),
    "actors are text": _with("actors.parquet", b"PAR1 no PAR1"),
    "actors have no id": _with("actors.parquet", _parquet(town=["x"])),
    "actors have no snapshot": _with("actors.parquet", _parquet(actor_id=["x"])),
    "actors have numbers for lists": _with(
        "actors.parquet",
        _parquet(actor_id=["x"], snapshot_id=[3], change_type=["insert"], practices=[4]),
    ),
    "actors have an unknown field": _with(
        "actors.parquet",
        _parquet(actor_id=["x"], snapshot_id=[3], change_type=["insert"], couleur=["x"]),
    ),
    "an actor lies nowhere": _with(
        "actors.parquet",
        _parquet(actor_id=["x"], snapshot_id=[3], change_type=["insert"], longitude=[1e300]),
    ),
    "an actor was neither put nor dropped": _with(
        "actors.parquet", _parquet(actor_id=["x"], snapshot_id=[3], change_type=["truc"])
    ),
    "a line of the journal comes twice": _with(
        "journal.parquet",
        _parquet(snapshot_id=[3, 3], written_at=["", ""], author=["", ""], message=["", ""]),
    ),
    "two journals": lambda path: _twice(path, "journal.parquet"),
    "journal has no author": _with("journal.parquet", _parquet(snapshot_id=[3])),
}


def test_a_file_that_is_no_backup_does_nothing(
    store: Store, place: StoreLocation, new_place: MakePlace, tmp_path: Path
) -> None:
    lived_in(store)
    put(store, "alliance", "al", member_ids=["a1"])
    good = tmp_path / "bon.zip"
    backup(store, good)
    bare_place = new_place("postgres" if place.postgres else "sqlite")
    empty = Store.create(bare_place.folder, bare_place.postgres)
    before = store.snapshot(), empty.snapshot()
    for name, spoil in SPOILT.items():
        path = tmp_path / "essai.zip"
        path.write_bytes(good.read_bytes())
        spoil(path)
        for target in (store, empty):
            with pytest.raises(BadFileError, match=r"essai\.zip"):
                restore(target, path, author=name)
            assert (store.snapshot(), empty.snapshot()) == before, name
    assert empty.is_new()
    empty.connection.close()


def test_what_was_written_by_hand_comes_back_too(
    store: Store, new_place: MakePlace, tmp_path: Path
) -> None:
    put(store, "actor", "a", town="Ici")
    for statement in (
        "INSERT INTO lake.actors (actor_id, actor_name, revision) VALUES ('h', 'À la main', 4)",
        "INSERT INTO lake.actors (actor_id, town) VALUES (NULL, 'nulle part')",
        "UPDATE lake.actors SET town = 'Là' WHERE actor_id = 'a'",
    ):
        store.connection.cursor().execute(statement)
    put(store, "actor", "h", town="Ailleurs")
    backup(store, tmp_path / "s.zip")
    other = Store.create(new_place("sqlite").folder)
    restore(other, tmp_path / "s.zip", author="C")
    assert other.read("actor")["town"].to_dict() == {"a": "Là", "h": "Ailleurs"}
    assert "hors de l’application" in " ".join(one.message for one in history.entries(other))
    assert restore(other, tmp_path / "s.zip", author="C") == 0
    other.connection.close()


def test_a_backup_brings_no_key_but_those_of_whom_it_holds(
    store: Store, new_place: MakePlace, tmp_path: Path
) -> None:
    put_person(store, "c1")
    path = tmp_path / "s.zip"
    backup(store, path)
    with zipfile.ZipFile(path) as archive:
        keys = json.loads(archive.read("cles.json"))
    key = keys["c1"]
    crafted = keys | {OWNERS: key, "another": key, "\ud800": key}
    _with("cles.json", json.dumps(crafted).encode())(path)
    place = new_place("sqlite")
    other = Store.create(place.folder)
    restore(other, path, author="C")
    assert decrypt(other, other.read("contact"))[[*FIELDS]].to_dict("index") == {"c1": PERSON}
    assert keyring(other).existing([OWNERS, "another", "c1"]).keys() == {"c1"}
    mine = hmac.new(key.encode(), b"99999999999 a1", hashlib.sha256).hexdigest()
    owner_link.signed(other, "a1")
    with pytest.raises(BadLinkError):
        owner_link.check(other, "a1", f"99999999999-{mine}")
    other.connection.close()


def test_a_backup_that_cannot_be_written_leaves_the_former_one(
    store: Store, tmp_path: Path
) -> None:
    put(store, "actor", "a")
    with pytest.raises(BadFileError, match="Impossible d’écrire"):
        backup(store, tmp_path / "absent" / "s.zip")
    backup(store, tmp_path / "s.zip")
    backup(store, tmp_path / "s.zip")
    assert [path.name for path in tmp_path.glob("*s.zip")] == ["s.zip"]
