"""Who may send files to the pages, and how many: Streamlit takes them from any open session.

A visitor opens a session by a line that asks nothing of them; whatever they then put at the
address of uploads would stay in memory as long as that line. So a file is taken only from a
session that a page asked for one, no larger than imports are, and few wait at once.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.api.problem import RefusedError, problem
from geo.directory.uploading import SENDERS
from geo.settings import settings

PREFIX: Final = "/_stcore/upload_file/"
OF_ONE: Final = 3
"""Files that one session holds: one replaced may still be there."""
OF_ALL: Final = 12
_MEGABYTE: Final = 1_000_000  # that of imports, whose libraries a server must not wait for
_ENVELOPE: Final = 65_536
"""Bytes that a form adds around its file."""
_FORBIDDEN, _TOO_LARGE, _THEIRS, _OURS = 403, 413, 429, 503

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
                self._check(session, file, Headers(scope=scope))
                self._coming[id(scope)] = session
        except RefusedError as fault:
            await problem(fault)(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            with self._lock:
                del self._coming[id(scope)]

    def _check(self, session: str, file: str, headers: Headers) -> None:
        if not SENDERS.may_send(session):
            raise RefusedError("Aucun fichier n’est demandé à cette page.", status=_FORBIDDEN)
        most = settings().import_megabytes
        length = headers.get("content-length", "")
        # Without a length it could be of any: browsers say it.
        if not length.isdecimal() or int(length) > most * _MEGABYTE + _ENVELOPE:
            raise RefusedError(f"Ce fichier dépasse {most} Mo.", status=_TOO_LARGE)
        ids_by_session = {one: [*files] for one, files in [*self._files_by_session().items()]}
        own = [one for one in ids_by_session.get(session, []) if one != file]
        if len(own) + [*self._coming.values()].count(session) >= OF_ONE:
            message = "Trop de fichiers à la fois : retirez-en un de la page."
            raise RefusedError(message, status=_THEIRS)
        if sum(map(len, ids_by_session.values())) + len(self._coming) >= OF_ALL:
            message = "Trop de fichiers attendent d’être lus : réessayez dans un instant."
            raise RefusedError(message, status=_OURS)
