"""Which sessions of the pages were asked for a file: those alone may send one."""

from collections import OrderedDict
from threading import Lock
from typing import Final

_REMEMBERED: Final = 1_000


class Senders:
    """Sessions that were shown where to bring a file, the latest ones."""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        self.remembered = remembered
        self._known: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def ask(self, session: str) -> None:
        """Note that a page asks a session for a file."""
        with self._lock:
            self._known[session] = None
            self._known.move_to_end(session)
            while len(self._known) > self.remembered:
                self._known.popitem(last=False)

    def may_send(self, session: str) -> bool:
        """Return whether a session was asked for one."""
        return session in self._known


SENDERS: Final = Senders()
"""Those of this process."""
