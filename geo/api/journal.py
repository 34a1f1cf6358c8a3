"""The log as JSON, one object a line, where the operator sets it; each request has a number.

A line of a request says its path, never its parameters nor who asked: those name places, links
that open rights, and people.
"""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.settings import settings

HEADER: Final = "X-Request-Id"
_GIVEN: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_NUMBER: ContextVar[str] = ContextVar("request_id", default="")
_NO_FAULT: Final = (None, None, None)
_LOG: Final = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON, its fault included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := _NUMBER.get():
            fields["request_id"] = number
        fields |= getattr(record, "facts", {})
        if record.exc_info or record.exc_text:  # the text stands alone once it is private
            fields["fault"] = record.exc_text or self.formatException(record.exc_info or _NO_FAULT)
        return json.dumps(fields, ensure_ascii=False)


def write_json() -> None:
    """Have every logger of this process write JSON lines, if the operator set it."""
    if not settings().json_logs:
        return
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler(sys.stderr))
    known = [logging.getLogger(name) for name in logging.Logger.manager.loggerDict]
    for handler in {one for logger in (root, *known) for one in logger.handlers}:
        handler.setFormatter(JsonLines())
    _LOG.setLevel(logging.INFO)


class NumberRequests:
    """Give each request a number: the proxy's where it gave one; tell it, log it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the number in the headers."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        proxy_number = Headers(scope=scope).get(HEADER, "")
        number = proxy_number if _GIVEN.fullmatch(proxy_number) else uuid4().hex
        token, start, status = _NUMBER.set(number), perf_counter(), 0

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(raw=message.setdefault("headers", []))[HEADER] = number
            await send(message)

        try:
            await self.app(scope, receive, send_numbered)
        finally:
            if settings().json_logs:
                _LOG.info("request", extra={"facts": _facts(scope, status, start)})
            _NUMBER.reset(token)


def _facts(scope: Scope, status: int, start: float) -> dict[str, Any]:
    return {
        "kind": scope["type"],
        "method": scope.get("method", ""),
        "path": scope["path"],
        "status": status,
        "ms": round(1000 * (perf_counter() - start)),
    }
