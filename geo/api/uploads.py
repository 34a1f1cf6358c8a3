"""Who may send files to the pages, and how many: Streamlit takes them from any open session.

A visitor opens a session by a line that asks nothing of them; whatever they then put at the
address of uploads would stay in memory as long as that line. So a file is taken only from a
session that a page asked for one, no larger than imports are, and few wait at once. One that comes
drop by drop would keep its place from the others: it is given up.
"""

from asyncio import get_running_loop, timeout_at
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.api.problem import RefusedError, problem
from geo.api.rate_limit import client_of
from geo.api.stalls import GRACE_S, LEAST_RATE
from geo.directory.uploading import SENDERS
from geo.settings import settings

PREFIX: Final = "/_stcore/upload_file/"
OF_ONE: Final = 3
"""Files that one session holds: one replaced may still be there."""
OF_ADDRESS: Final = 6
"""Files of the sessions of one address: whoever opens many leaves as many to the others."""
OF_ALL: Final = 12
_MEGABYTE: Final = 1_000_000  # that of imports, whose libraries a server must not wait for
_ENVELOPE: Final = 65_536
"""Bytes that a form adds around its file."""
_FORBIDDEN, _TOO_SLOW, _TOO_LARGE, _THEIRS, _OURS = 403, 408, 413, 429, 503

FilesBySession = Callable[[], Mapping[str, Mapping[str, object]]]


class GuardUploads:
    """Refuse a file before its first byte is read.

    Parameters
    ----------
    files_by_session
        Gives the files in memory, by session then by id.
    """

    def __init__(self, app: ASGIApp, files_by_session: FilesBySession) -> None:
        self.app, self._files_by_session = app, files_by_session
        self._coming: OrderedDict[int, str] = OrderedDict()
        self._address_of: dict[str, str] = {}
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, once the file may come."""
        sends = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        if not sends or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        session, _, file = scope["path"].removeprefix(PREFIX).partition("/")
        try:
            with self._lock:
                self._check(session, Headers(scope=scope))
                self._leave_room(session, file, client_of(HTTPConnection(scope)))
                self._coming[id(scope)] = session
        except RefusedError as fault:
            await problem(fault)(scope, receive, send)
            return
        try:
            await self.app(scope, _in_time(receive, Headers(scope=scope)), send)
        except _TooSlowError:
            slow = RefusedError("Ce fichier arrive trop lentement.", status=_TOO_SLOW)
            slow.headers["Connection"] = "close"  # what would still come is of nothing
            await problem(slow)(scope, receive, send)
        finally:
            with self._lock:
                del self._coming[id(scope)]

    def _check(self, session: str, headers: Headers) -> None:
        if not SENDERS.may_send(session):
            raise RefusedError("Aucun fichier n’est demandé à cette page.", status=_FORBIDDEN)
        most = settings().import_megabytes
        length = headers.get("content-length", "")
        # Without a length it could be of any: browsers say it.
        if not length.isdecimal() or int(length) > most * _MEGABYTE + _ENVELOPE:
            raise RefusedError(f"Ce fichier dépasse {most} Mo.", status=_TOO_LARGE)

    def _leave_room(self, session: str, file: str, address: str) -> None:
        """Refuse one file too many of a session, of an address or of all."""
        found = [(one, {*files}) for one, files in [*self._files_by_session().items()]]
        waiting = Counter(self._coming.values())
        waiting += Counter({one: len(ids) for one, ids in found})
        waiting[session] -= any(one == session and file in ids for one, ids in found)
        known = self._address_of.items()
        self._address_of = {one: where for one, where in known if one in waiting}
        self._address_of[session] = address
        theirs = sum(waiting[one] for one, where in self._address_of.items() if where == address)
        if waiting[session] >= OF_ONE or theirs >= OF_ADDRESS:
            message = "Trop de fichiers à la fois : retirez-en un de la page."
            if waiting[session] < OF_ONE:
                message = "Trop de fichiers à la fois depuis votre adresse : réessayez plus tard."
            raise RefusedError(message, status=_THEIRS)
        if waiting.total() >= OF_ALL:
            message = "Trop de fichiers attendent d’être lus : réessayez dans un instant."
            raise RefusedError(message, status=_OURS)


class _TooSlowError(ClientDisconnect):
    """A file did not come in time."""


def _in_time(messages: Receive, headers: Headers) -> Receive:
    """Wait for each part of a body, and for the whole of it, no longer than a poor line takes."""
    loop = get_running_loop()
    last = loop.time() + GRACE_S + int(headers["content-length"]) / LEAST_RATE

    async def next_part() -> Message:
        try:
            async with timeout_at(min(loop.time() + settings().api_stall, last)):
                return await messages()
        except TimeoutError:
            raise _TooSlowError from None

    return next_part
