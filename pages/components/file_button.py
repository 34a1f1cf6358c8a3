"""The button that hands a file over, made when it is pressed: in its turn, whoever presses."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

import streamlit as st

from geo.directory.fair_turn import AT_WORK, FairTurn
from geo.directory.requests.visits import network_of
from geo.errors import OverloadedError
from pages.components.client import client_address

Make = Callable[[], bytes | str]
_BY_CLIENT: Final = 2
_PATIENCE_S: Final = 30.0
_LATER: Final = "Trop de fichiers à la fois\u00a0: redemandez celui-ci dans un instant."
_turns: Final = FairTurn(together=AT_WORK, slow=True)
_waiting: Counter[str] = Counter()
_lock: Final = Lock()


def file_button(  # noqa: PLR0913 - what a file is, by name
    label: str,
    content: bytes | Make,
    name: str,
    media_type: str,
    *,
    icon: str = ":material/download:",
    key: str | None = None,
) -> None:
    """Draw the button of a file.

    A national report is seconds of work and half a gigabyte: one file is made at a time, and of one
    address two wait at most, so that nobody's queue keeps the others from theirs.
    """
    client = network_of(client_address())
    data = content if isinstance(content, bytes) else in_turn(content, client)
    st.download_button(label, data, name, media_type, key=key, on_click="ignore", icon=icon)


def in_turn(make: Make, client: str) -> Make:
    """Return what makes a file in its turn, for an address; ``OverloadedError`` when none comes."""

    def made() -> bytes | str:
        with _place(client), _turns.turn(client, _PATIENCE_S) as came:
            if not came:
                raise OverloadedError(_LATER)
            return make()

    return made


@contextmanager
def _place(client: str) -> Iterator[None]:
    """Hold one of the places of an address for as long as the block lasts.

    Raises
    ------
    OverloadedError
        It has none left.
    """
    with _lock:
        if _waiting[client] >= _BY_CLIENT:
            raise OverloadedError(_LATER)
        _waiting[client] += 1
    try:
        yield
    finally:
        with _lock:
            _waiting[client] -= 1
            if not _waiting[client]:
                del _waiting[client]
