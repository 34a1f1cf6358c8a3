"""Runs of pages in turn: whoever asks for many waits behind those who ask for few.

A page runs as often as its session asks. Unbounded, the sessions of one address that never pause
take all the time there is: a hundred and fifty of them left twenty-five visitors one answer in
forty seconds. So few pages run at once, and no address has all the turns; nothing is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Final

from geo.directory.fair_turn import AT_WORK, FairTurn
from geo.directory.requests.visits import network_of
from pages.components.client import client_address

AT_ONCE: Final = 4
BY_CLIENT: Final = 2
_LONGEST_S: Final = 10.0
"""Seconds after which a run gives its turn up and goes on: to read a file may take minutes."""
_turns: Final = FairTurn(AT_ONCE, _LONGEST_S, AT_WORK)


@contextmanager
def in_turn() -> Iterator[None]:
    """Run a page once its turn has come."""
    with _turns.turn(network_of(client_address()), inf, BY_CLIENT):
        yield
