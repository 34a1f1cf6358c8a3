"""Work that takes seconds and memory: so many at once, the others wait a little or come back."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from geo.api.problem import RefusedError

AT_ONCE: Final = 2
_PATIENCE_S: Final = 5.0
_AGAIN_S: Final = 30
turns: Final = BoundedSemaphore(AT_ONCE)


@contextmanager
def a_turn() -> Iterator[None]:
    """Wait for one's turn, then give it back.

    Raises
    ------
    RefusedError
        503 when the wait is too long: a thread that waits serves nobody else.
    """
    if not turns.acquire(timeout=_PATIENCE_S):
        busy = RefusedError("Trop de fichiers à la fois : redemandez dans un instant.", status=503)
        busy.headers["Retry-After"] = str(_AGAIN_S)
        raise busy
    try:
        yield
    finally:
        turns.release()
