"""A large base begun from the files of a former state is the base read whole."""

import os
import random
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pandas as pd
import pytest

from geo.directory import published as published_module
from geo.directory.published import published, published_catalysts, published_local_actors
from geo.directory.store import catching_up, large_tables, state_files
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.frame_files import read_frame, write_frame
from geo.directory.store.store import Store
from geo.directory.store.whole_files import are_whole
from geo.settings import ROOT
from tests.store.drawn import record
from tests.store.test_catching_up import edit, said

_KILLED: Final = """
import os, signal, sys
from pathlib import Path
from geo.directory import published
from geo.directory.store import large_tables
from geo.directory.store.store import Store

def removed(path, *args, unlink=os.unlink, **more):
    unlink(path, *args, **more)
    if str(path).endswith(".arrow"):
        os.kill(os.getpid(), signal.SIGKILL)

os.unlink = removed
published._MANY = large_tables._MANY = 0
published.published_catalysts(Store.create(Path(sys.argv[1]), sys.argv[2]))
"""
_STARTED: Final = """
import os, sys
from pathlib import Path
from geo.directory import published
from geo.directory.store import large_tables, state_files
from geo.directory.store.store import Store

published._MANY = large_tables._MANY = 0
# before
store = Store.create(Path(sys.argv[1]), sys.argv[2])
found = [published.published_catalysts(store), published.published(store, "actor")]
print([one.to_json() for one in [*found, store.read("actor")]])
"""
FILES = ("found.arrow", "catalysts.arrow", "local.arrow")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Take every base for a large one, its files in a cache of its own."""
    monkeypatch.setenv("CATALYSE_CACHE", str(tmp_path / "cache"))
    for module in (published_module, large_tables):
        monkeypatch.setattr(module, "_MANY", 0)
    monkeypatch.setattr(catching_up, "_FEW", 0)
    monkeypatch.setattr(catching_up, "_MUCH", 9)
    return tmp_path / "cache" / "tables"


def _filled(store: Store, rng: random.Random, *, plain: bool = False) -> None:
    some = {"status": "publiee", "withheld": [], "longitude": 2.5} if plain else {}
    first = [record("actor", f"a{n:02d}", **(said(rng) | some)) for n in range(30)]
    store.write(Changes.one("actor", *first), author="Aude", message="Essai")


def _all(store: Store) -> list[pd.DataFrame]:
    found = [published_catalysts(store), published_local_actors(store)]
    return [*found, published(store, "actor"), store.read("actor")]


def _check(place: StoreLocation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a base as a start of the server does, then whole, as where no cache can be written."""
    started = _all(Store.create(place.folder, place.postgres))
    with monkeypatch.context() as without:
        without.setenv("CATALYSE_CACHE", os.devnull)
        whole = _all(Store.create(place.folder, place.postgres))
    for one, other in zip(started, whole, strict=True):
        pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("plain", [True, False])
def test_a_start_from_files_is_the_base_read_whole(
    store: Store,
    place: StoreLocation,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    plain: bool,
) -> None:
    rng = random.Random(5)  # noqa: S311 - drawn, not secret
    _filled(store, rng, plain=plain)
    _check(place, monkeypatch)
    (state,) = folder.iterdir()
    assert (state / "public.arrow").exists() is not plain
    for _ in range(6):
        edit(store, rng)
        _check(place, monkeypatch)
    assert [*folder.iterdir()] == [state]  # what came since was read from it


def test_a_base_put_back_is_not_begun_from_what_it_became(
    store: Store, place: StoreLocation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place.postgres:
        pytest.skip("a folder is put back")
    rng = random.Random(7)  # noqa: S311 - drawn, not secret
    _filled(store, rng)
    store.connection.close()
    before = place.folder.with_name("before")
    shutil.copytree(place.folder, before)
    for _ in range(2):  # the same number, not the same state
        again = Store.create(place.folder)
        edit(again, rng)
        _check(place, monkeypatch)
        again.connection.close()
        shutil.rmtree(place.folder)
        shutil.copytree(before, place.folder)
    assert len([*folder.iterdir()]) == 1


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_is_not_begun_from(
    store: Store, place: StoreLocation, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _filled(store, random.Random(9), plain=True)  # noqa: S311 - drawn, not secret
    _check(place, monkeypatch)
    (file,) = folder.glob(f"*/{name}")
    file.write_bytes(file.read_bytes()[:-20])
    _check(place, monkeypatch)


def _started(place: StoreLocation, script: str = _STARTED) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, str(place.folder), place.postgres]
    return subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)


def test_a_bit_that_a_disk_turned_ends_no_process_and_changes_no_answer(
    store: Store, place: StoreLocation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _filled(store, random.Random(8))  # noqa: S311 - drawn, not secret
    sound = _started(place).stdout
    draw = random.Random(8)  # noqa: S311 - drawn, not secret
    for name in ("found.arrow", "public.arrow", "catalysts.arrow"):
        (file,) = folder.glob(f"*/{name}")
        assert stat.S_IMODE(file.stat().st_mode) == 0o400  # nobody cuts by mistake what is mapped
        file.chmod(0o600)
        whole = file.read_bytes()
        for _ in range(20):
            content = bytearray(whole)
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
            file.write_bytes(content)
            assert not are_whole(file.parent)
        again = _started(place)
        assert (again.returncode, again.stdout) == (0, sound), again.stderr
        assert len([*folder.glob("[!.]*/found.arrow")]) == 1  # made anew, for the next start
    _check(place, monkeypatch)


def test_a_state_that_a_process_died_of_as_it_opened_it_is_not_opened_again(
    store: Store, place: StoreLocation, folder: Path
) -> None:
    _filled(store, random.Random(2))  # noqa: S311 - drawn, not secret
    sound = _started(place).stdout
    (state,) = folder.glob("[!.]*")
    killer = _STARTED.replace("# before", "state_files.read_frame = lambda _: os.abort()")
    assert _started(place, killer).returncode == -signal.SIGABRT
    (state / "opened").touch()
    assert _started(place).stdout == sound
    assert not (state / "opened").exists()  # made anew
    assert not [*folder.glob("*/opening-*")]


@pytest.mark.parametrize("name", ["public.arrow", *FILES])
def test_a_state_that_lost_a_file_is_not_begun_from(
    store: Store, place: StoreLocation, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _filled(store, random.Random(4))  # noqa: S311 - drawn, not secret
    _check(place, monkeypatch)
    (file,) = folder.glob(f"*/{name}")
    file.unlink()
    _check(place, monkeypatch)  # without what is public, all of it would be taken for public
    assert len([*folder.glob("[!.]*/*.arrow")]) == len({*FILES, "public.arrow"})


def test_a_process_killed_as_it_takes_a_state_away_leaves_no_half_of_one(
    store: Store, place: StoreLocation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(6)  # noqa: S311 - drawn, not secret
    _filled(store, rng)
    published_catalysts(store)
    (state,) = folder.iterdir()
    state.rename(folder / "of-an-older-version")
    command = [sys.executable, "-c", _KILLED, str(place.folder), place.postgres]
    ended = subprocess.run(command, check=False, env={**os.environ}, cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL
    (found,) = folder.glob("[!.]*")
    assert {file.name for file in found.glob("*.arrow")} == {*FILES, "public.arrow"}
    _check(place, monkeypatch)
    (draft,) = folder.glob(".*")  # of the process that was killed
    os.utime(draft, (0, 0))
    edit(store, rng)
    shutil.rmtree(found)
    _check(place, monkeypatch)
    assert not [*folder.glob(".*")]


def test_what_other_code_made_public_is_not_begun_from(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _filled(store, random.Random(3))  # noqa: S311 - drawn, not secret
    published_catalysts(store)
    assert state_files.load(store)
    assert folder.is_dir()
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "other.py").touch()
    monkeypatch.setattr(state_files, "_CODE", tmp_path / "code")
    assert state_files.load(store) is None


def test_the_files_are_their_owners_alone(store: Store, folder: Path) -> None:
    _filled(store, random.Random(3))  # noqa: S311 - drawn, not secret
    published_catalysts(store)
    (state,) = folder.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    assert {file.name for file in state.iterdir()} >= {*FILES}


def test_a_frame_comes_back_as_it_was(tmp_path: Path) -> None:
    texts = pd.Series(["é", "", "x" * 300], dtype="str")
    lists: list[list[str]] = [[], ["a", "b"], []]
    frame = pd.DataFrame(
        {
            "id": pd.Series(["a", "b", "c"], dtype="str"),
            "note": texts,
            "same": texts.array,
            "lists": pd.Series(lists, dtype=object),
            "x": [1.5, float("nan"), -0.0],
            "n": [1, 2, 3],
            "flag": [True, False, True],
        }
    )
    frame = frame.set_index("id", drop=False)
    for some in (frame, frame.iloc[:0], pd.concat([frame, frame])):
        write_frame(tmp_path / "some.arrow", some)
        pd.testing.assert_frame_equal(read_frame(tmp_path / "some.arrow"), some)
