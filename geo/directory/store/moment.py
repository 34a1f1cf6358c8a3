"""One moment for a whole page: its thread asks once what does not change while it runs.

A question to the catalogue takes 4 ms of processor, and a page asked it up to fourteen times. What
is written meanwhile by this process is seen at once, by another one on the next page.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")
_HERE: Final = local()


@contextmanager
def one_moment() -> Iterator[None]:
    """Let this thread keep the answers of ``once`` as long as the block lasts."""
    _HERE.answers = {}
    try:
        yield
    finally:
        del _HERE.answers


def once(subject: object, ask: Callable[[], Answer]) -> Answer:
    """Return what is known of a subject in this moment, or ask; out of a moment, always ask."""
    known: dict[object, Any] | None = getattr(_HERE, "answers", None)
    if known is None:
        return ask()
    if subject not in known:
        known[subject] = ask()
    found: Answer = known[subject]
    return found


def forget(subject: object) -> None:
    """Ask again about a subject from now on: it has changed."""
    getattr(_HERE, "answers", {}).pop(subject, None)
