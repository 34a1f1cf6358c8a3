"""Compressed forms of files that never change: made in the background, kept on disk.

Who asks first waits for nothing: a quick form is made in memory, and the best one, which may take
seconds, is written once nobody has asked for a while. It is found again after a restart under the
digest of the content, in the folder of ``CATALYSE_CACHE``; where that cannot be written, it stays
in memory.
"""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread, get_native_id
from typing import Final, NamedTuple

from geo.api.content_coding import DECODERS, ENCODERS, Coding, quick_gzip
from geo.errors import BadFileError
from geo.files import write_whole
from geo.settings import settings

QUIET_S: Final = 3.0
"""Seconds without a question after which the background may work."""
LONGEST_WAIT_S: Final = 30.0
_SUFFIXES: Final[dict[Coding, str]] = {"br": ".br", "gzip": ".gz"}
_LEAST_PRIORITY: Final = 19
_UNUSED_DAYS: Final = 90


class Content(NamedTuple):
    """One file's content: its digest, and what reads it again."""

    digest: str
    read: Callable[[], bytes]


class Precompressed:
    """Compressed forms of contents, by digest and coding."""

    def __init__(self, folder: Callable[[], Path], quiet_s: float = QUIET_S) -> None:
        self._folder, self._quiet_s = folder, quiet_s
        self._best: dict[tuple[str, Coding], bytes] = {}
        self._quick: dict[str, bytes] = {}
        self._asked_at = time.monotonic()
        self._work: SimpleQueue[tuple[Content, Coding]] = SimpleQueue()
        self._queued: set[tuple[str, Coding]] = set()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._writes = True

    def ready(self, digest: str, coding: Coding) -> bytes | None:
        """Return the best form of a content if it is in memory."""
        self._asked_at = time.monotonic()
        return self._best.get((digest, coding))

    def form(
        self, content: Content, codings: Iterable[Coding], quick: Callable[[], bytes] | None = None
    ) -> tuple[Coding | None, bytes]:
        """Return a content in the best form at hand of those a client takes, and its coding.

        What is not at hand is asked of the background; until then gzip, else the plain content.

        Parameters
        ----------
        quick
            Gives the content in gzip where somebody holds it already.
        """
        takes = tuple(codings)
        if takes:
            best = takes[0]
            if found := self.ready(content.digest, best) or self._from_disk(content, best):
                return best, found
            self.ask(content, best)
        if "gzip" not in takes:
            return None, content.read()
        if found := self.ready(content.digest, "gzip") or self._quick.get(content.digest):
            return "gzip", found
        if quick:
            return "gzip", quick()
        made = self._quick[content.digest] = quick_gzip(content.read())
        return "gzip", made

    def ask(self, content: Content, coding: Coding) -> None:
        """Have the best form of a content made in the background, once."""
        with self._lock:
            if (content.digest, coding) in self._queued:
                return
            self._queued.add((content.digest, coding))
            if self._thread is None:
                self._thread = Thread(target=self._run, name="precompressed", daemon=True)
                self._thread.start()
        self._work.put((content, coding))

    def _run(self) -> None:
        _step_back()
        with suppress(OSError):  # somebody takes the folder away as it is looked at
            self._clean()
        while True:
            content, coding = self._work.get()
            self._wait()
            with suppress(OSError):  # the file is gone: whoever asks for it is told
                self._make(content, coding)

    def _wait(self) -> None:
        """Wait until nobody has asked for a while; a busy server's turn comes all the same."""
        latest = time.monotonic() + LONGEST_WAIT_S
        while (left := min(self._asked_at + self._quiet_s, latest) - time.monotonic()) > 0:
            time.sleep(left)

    def _make(self, content: Content, coding: Coding) -> None:
        if self._from_disk(content, coding):
            return
        form = ENCODERS[coding](content.read())
        self._keep(content, coding, form)
        try:
            if self._writes:
                self._folder().mkdir(parents=True, exist_ok=True)
                write_whole(self._path(content, coding), form)
        except (OSError, BadFileError) as fault:
            self._writes = False  # said once; what is compressed stays in memory
            logging.getLogger(__name__).warning("Compressed files are not kept: %s", fault)

    def _from_disk(self, content: Content, coding: Coding) -> bytes | None:
        """Read a form that an earlier process wrote; one that gives other bytes back is none."""
        path = self._path(content, coding)
        try:
            form = path.read_bytes()
            if DECODERS[coding](form) != content.read():
                return None
        except Exception:  # noqa: BLE001 - each decoder has its own fault for a damaged file
            return None
        self._keep(content, coding, form)
        with suppress(OSError):
            os.utime(path)
        return form

    def _keep(self, content: Content, coding: Coding, form: bytes) -> None:
        self._best[content.digest, coding] = form
        self._quick.pop(content.digest, None)

    def _path(self, content: Content, coding: Coding) -> Path:
        return self._folder() / f"{content.digest}{_SUFFIXES[coding]}"

    def _clean(self) -> None:
        """Remove what no version has asked for since long, and drafts of whoever was killed."""
        oldest = time.time() - _UNUSED_DAYS * 86_400
        for path in (*self._folder().glob("*.br"), *self._folder().glob("*.gz")):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()
        for draft in self._folder().glob(".*"):
            with suppress(OSError):
                if draft.stat().st_mtime < time.time() - 86_400:
                    shutil.rmtree(draft)


def _step_back() -> None:
    """Let every other thread go first; where a thread has no priority of its own, none changes."""
    if hasattr(os, "setpriority"):
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, get_native_id(), _LEAST_PRIORITY)


PRECOMPRESSED: Final = Precompressed(lambda: settings().cache / "web")
"""The forms of this process."""
