"""What other processes do to a store: each function runs in a process of its own."""

import atexit
import contextlib
import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any, Final

from geo.directory.store import history
from geo.directory.store.changes import Changes
from geo.directory.store.ducklake import StoreLocation
from geo.directory.store.encryption import consented
from geo.directory.store.keys import keyring
from geo.directory.store.open import open_store
from geo.directory.store.store import Store
from geo.errors import AtlasError, ConflictError
from tests.store.drawn import put, record

MANY: Final = 200  # enough to lie in a file of their own
# Forked from a process that has imported everything and opened nothing: 30 ms instead of 2 s.
_START = multiprocessing.get_context("forkserver")
_START.set_forkserver_preload([__name__])


class Worker:
    """A process at work; ``said`` is what it sent so far, in order."""

    def __init__(self, task: Callable[..., None], place: StoreLocation, *words: Any) -> None:
        self.ear, mouth = _START.Pipe(duplex=False)
        self.said: list[Any] = []
        self.process = _START.Process(target=task, args=(mouth, place, *words), daemon=True)
        # A page that was tried in this process stands as its main module: it is not to be run anew.
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            self.process.start()
        finally:
            sys.modules["__main__"] = main
        mouth.close()

    def hear(self, seconds: float = 60) -> Any:
        """Wait for the next thing it says."""
        assert self.ear.poll(seconds), "the process says nothing"
        self.said.append(self.ear.recv())
        return self.said[-1]

    def end(self) -> list[Any]:
        """Wait for its end; give all that it said."""
        with contextlib.suppress(EOFError):
            while True:
                self.hear()
        self.process.join(60)
        return self.said

    def kill(self) -> list[Any]:
        """Kill it as the system would, between two instructions; give what it had said."""
        with contextlib.suppress(ProcessLookupError):  # it was quicker
            os.kill(self.process.pid or 0, signal.SIGKILL)
        return self.end()


@contextlib.contextmanager
def opened(place: StoreLocation) -> Iterator[Store]:
    store = Store.create(place.folder, place.postgres, place.bucket)
    try:
        yield store
    finally:
        store.connection.close()


def write_many(mouth: Connection, place: StoreLocation, name: str, times: int) -> None:
    """Write records of one's own, and add one each time to a record of everybody's."""
    with opened(place) as store:
        for turn in range(times):
            put(store, "actor", f"{name}{turn}")
            while True:
                held = store.record("project", "counter")
                with contextlib.suppress(ConflictError):
                    more = Changes.one("project", held | {"rank": held["rank"] + 1})
                    mouth.send(store.write(more, author=name, message="+1"))
                    break


def write_one_by_one(
    mouth: Connection, place: StoreLocation, name: str, times: int = 10_000
) -> None:
    """Put one record after another; say each that is written, or why no more is."""
    store = Store.create(place.folder, place.postgres, place.bucket)
    for turn in range(times):
        try:
            put(store, "actor", f"{name}{turn}", town="Ici")
        except AtlasError as fault:
            mouth.send(f"{type(fault).__name__}: {fault}")
            return
        mouth.send(f"{name}{turn}")


def make_keys(mouth: Connection, place: StoreLocation, names: list[str], start: float) -> None:
    """Make each key at a moment of its own, the same for others; say those that one then has."""
    with opened(place) as store:
        keys = {}
        for turn, name in enumerate(names):
            time.sleep(max(0.0, start + turn * 0.05 - time.time()))
            keys[name] = keyring(store).key(name)
        mouth.send(keys)


def hold_a_turn(mouth: Connection, place: StoreLocation) -> None:
    """Keep everybody from writing until killed."""
    with place.turn():
        mouth.send("held")
        signal.pause()


def import_on_and_on(mouth: Connection, place: StoreLocation) -> None:
    """Import the same actors again and again, each time with the next number; say each."""
    with opened(place) as store:
        mouth.send(number_of(store))
        while True:
            number = number_of(store) + 1
            held = dict(store.read("actor")["revision"])
            actors = [
                record("actor", f"a{i}", town=str(number), revision=int(held.get(f"a{i}", 0)))
                for i in range(MANY)
            ]
            marker = store.record("project", "marker") | {"summary": str(number)}
            changes = Changes({"actor": actors, "project": [marker]})
            store.write(changes, author="Import", message=f"Import {number}")
            mouth.send(number)


def edit_on_and_on(mouth: Connection, place: StoreLocation) -> None:
    """Change two records together again and again, each time to the next number; say each."""
    with opened(place) as store:
        mouth.send(number_of(store))
        while True:
            marker = store.record("project", "marker")
            number = int(marker["summary"] or 0) + 1
            actor = store.record("actor", "edited") | {"town": str(number)}
            changes = Changes({"actor": [actor], "project": [marker | {"summary": str(number)}]})
            store.write(changes, author="Édition", message=f"Édition {number}")
            mouth.send(number)


def number_of(store: Store) -> int:
    return int(store.record("project", "marker")["summary"] or 0)


def open_in_force(mouth: Connection, place: StoreLocation) -> None:
    """Open the store of the settings, at the same moment as others; say what it holds."""
    _in_force(place)
    mouth.send("ready")
    store = open_store()
    mouth.send((len(store.read("actor")), len(history.entries(store)), store.read_only))


def _in_force(place: StoreLocation) -> None:
    os.environ["CATALYSE_STORE"] = str(place.folder)
    os.environ["CATALYSE_CATALOGUE"] = place.postgres


def _like_anybody() -> None:
    """Return up root's right to go where it may not (CAP_DAC_OVERRIDE): see capabilities(7)."""
    if os.getuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        assert libc.capget(header, data) == 0
        for at in (0, 1, 2):  # effective, permitted, inheritable; CAP_DAC_READ_SEARCH besides
            data[at] &= ~0b110
        assert libc.capset(header, data) == 0


def open_without_rights(mouth: Connection, place: StoreLocation, page: str) -> None:
    """Open the store as somebody who may only read it; run a page; say what comes of it."""
    _in_force(place)
    _like_anybody()
    store = open_store()
    mouth.send((store.read_only, len(store.read("actor")), len(history.entries(store))))
    try:
        put(store, "actor", "new")
    except AtlasError as fault:
        mouth.send(f"{type(fault).__name__} {fault}")
    mouth.send([*consented(store)["contact_name"]])
    from tests.pages.seen import faults  # noqa: PLC0415 - heavy, here only
    from tests.pages.seen import opened as shown  # noqa: PLC0415

    app = shown(page)
    mouth.send((faults(app), [one.value for one in app.title]))
    atexit._run_exitfuncs()  # noqa: SLF001 - such a process ends without them


def fill_the_disk(mouth: Connection, place: StoreLocation, limit: int) -> None:
    """Write until nothing more fits; then read, make room, write. ``limit``: bytes a file."""
    with opened(place) as store:
        mouth.send(len(store.read("actor")))
        if limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        done = 0
        try:
            for done in range(200):
                noise = [os.urandom(40_000).hex() for _ in range(12)]
                actors = [record("actor", f"n{done}-{i}", note=one) for i, one in enumerate(noise)]
                store.write(Changes.one("actor", *actors), author="A", message="m")
        except AtlasError as fault:
            mouth.send(f"{type(fault).__name__} {fault}")
        mouth.send((done * 12, len(store.read("actor")), len(history.entries(store))))
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        else:
            (place.folder / "ballast").unlink()
        put(store, "actor", "after")
        mouth.send(len(store.read("actor")))


def open_once(mouth: Connection, place: StoreLocation) -> None:
    """Open a store, whatever its version; say why it is only read."""
    mouth.send("ready")
    with opened(place) as store:
        mouth.send(store.read_only)


def read_without_rights(mouth: Connection, place: StoreLocation) -> None:
    """Read the actors as somebody to whom their file is closed; say what comes of it."""
    _like_anybody()
    with opened(place) as store:
        try:
            store.read("actor")
        except AtlasError as fault:
            mouth.send(f"{type(fault).__name__} {fault}")
