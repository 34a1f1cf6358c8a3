"""Frames of a large store as a state left them, kept in files of the cache for whoever comes next.

A start reads what changed since, not the whole, and the processes of one server share them in
memory. They are their owner's alone to read, as the store is.
"""

import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from geo import database
from geo.directory.store.frame_files import read_frame, write_frame
from geo.directory.store.store import Store
from geo.directory.store.whole_files import are_whole, note_sums, opening
from geo.files import files_seen
from geo.settings import ROOT, settings

Frames = dict[str, pd.DataFrame]
_CODE: Final = ROOT / "geo"
_LEFT_S: Final = 3_600
"""Seconds after which a draft is nobody's: to write the largest takes a minute."""
_UNREADABLE: Final = (OSError, pa.ArrowException, ValueError, KeyError, TypeError)


def save(store: Store, number: int, frames: Mapping[str, pd.DataFrame]) -> bool:
    """Keep frames as a snapshot left them, and those of no other; tell whether it could be done."""
    folder = settings().cache / "tables"
    with suppress(OSError, pa.ArrowException):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = folder / _name(store, number)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".") as draft:  # its owner's alone
            whole = Path(draft) / "whole"
            whole.mkdir(mode=0o700)
            for name, frame in frames.items():
                write_frame(whole / f"{name}.arrow", frame)
            note_sums(whole)
            # Moved, each at once, before it is taken apart: nobody finds half of a state.
            for other in folder.glob("[!.]*"):
                if other != place or not are_whole(place):
                    other.rename(Path(draft) / other.name)
            if not place.exists():  # another process may have been sooner
                whole.rename(place)
        _sweep(folder)
        return place.is_dir()
    return False


def load(store: Store) -> tuple[int, Frames] | None:
    """Return the snapshot and the frames that were kept, if it is one of this store's past.

    All of them, or none: without what is public, all of it would be taken for public. Those that
    are not as they were written are taken away: the next start would not read them either.
    """
    folder = settings().cache / "tables"
    found = folder.glob(f"{_key(store)}-*") if folder.is_dir() else ()
    for place in found:
        with suppress(*_UNREADABLE):
            number = int(place.name.split("-")[1])
            if place.name != _name(store, number):
                continue
            if not are_whole(place):
                _take_away(place)
                continue
            with opening(place):
                return number, {one.stem: read_frame(one) for one in place.glob("*.arrow")}
    return None


def _name(store: Store, number: int) -> str:
    """Name a state by what no other has: one put back from a copy counts from where it was."""
    found = store.fetch(database.sql("store/snapshot_moment"), {"number": number})
    moment = "".join(map(str, found["moment"].to_pylist()))
    return f"{_key(store)}-{number}-{moment}"


def _take_away(place: Path) -> None:
    """Remove a state at once, whoever else is opening it: they keep what they hold of it."""
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".") as draft:
        place.rename(Path(draft) / place.name)


def _sweep(folder: Path) -> None:
    """Take away what processes that were killed had begun: at a million actors, a gigabyte each."""
    for draft in folder.glob(".*"):
        with suppress(OSError):  # another process may take it away too
            if time.time() - draft.stat().st_mtime > _LEFT_S:
                shutil.rmtree(draft)


def _key(store: Store) -> str:
    """Name a store and the code that makes its frames: what is public is what this code says."""
    place = store.place
    made_of = [place.folder.absolute(), place.postgres, place.data.address, *files_seen(_CODE)]
    return sha256(repr(made_of).encode()).hexdigest()[:32]
