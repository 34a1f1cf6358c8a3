"""Who reads nothing for a while, or too little for long, is cut off: no answer waits for ever.

Every answer of the app leaves in small pieces, each gone before the next is given. A piece nobody
takes in time ends the connection, and with it the work that fed it; so do the few bytes of a small
answer. A reader just quick enough for each piece would hold its turn for hours: past some minutes,
an answer must have left at the pace of a poor line.
"""

import socket
from asyncio import Transport, get_running_loop
from collections.abc import Iterator
from contextlib import suppress
from math import inf
from typing import Final, cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.settings import settings

PIECE: Final = 1 << 16
GRACE_S: Final = 300.0
LEAST_RATE: Final = 100_000.0
"""Bytes a second on average, half of what a line of 1.6 Mb/s carries, once the grace is spent."""
_INTERNET: Final = (socket.AF_INET, socket.AF_INET6)
_UNSENT: Final = "TCP_NOTSENT_LOWAT"  # Windows has none


class CutWhenStalled:
    """Send the answers of an app in pieces, and cut off those who do not take them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, piece by piece."""
        transport = _transport(receive)
        if transport is not None:
            _without_delay(transport)
        if transport is None or scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop, patience_s = get_running_loop(), settings().api_stall
        _in_small_steps(transport)
        last = inf

        async def watched(message: Message) -> None:
            nonlocal last
            if message["type"] == "http.response.start":
                last = loop.time() + GRACE_S
            for piece in _pieces(message):
                last += len(piece.get("body", b"")) / LEAST_RATE
                cut = loop.call_at(min(loop.time() + patience_s, last), transport.abort)
                try:
                    await send(piece)
                finally:
                    cut.cancel()

        await self.app(scope, receive, watched)


def _transport(receive: Receive) -> Transport | None:
    """Find the connection of a request: uvicorn's own ``receive`` holds it, ASGI names it not."""
    found = getattr(getattr(receive, "__self__", None), "transport", None)
    return cast("Transport", found) if hasattr(found, "set_write_buffer_limits") else None


def _without_delay(transport: Transport) -> None:
    """Let a body leave before its head is acknowledged, which a client may put off for 40 ms.

    asyncio asks so for the sockets that it makes. Streamlit gives the server a socket of its own
    making, whose protocol is not said: asyncio then asks nothing for those it accepts.
    """
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family in _INTERNET:
        with suppress(OSError):  # gone already
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _in_small_steps(transport: Transport) -> None:
    """Take a piece only when the one before has left.

    The system would keep megabytes of its own besides, and ask for more only once a third of them
    is gone: that may take a slow reader longer than one is waited for.
    """
    transport.set_write_buffer_limits(0)
    connection, unsent = transport.get_extra_info("socket"), getattr(socket, _UNSENT, None)
    if unsent is not None and connection is not None and connection.family in _INTERNET:
        with suppress(OSError):  # gone already
            connection.setsockopt(socket.IPPROTO_TCP, unsent, PIECE)


def _pieces(message: Message) -> Iterator[Message]:
    """Cut a body; its end comes apart, after the last of it has left."""
    body, more = message.get("body", b""), message.get("more_body", False)
    if message["type"] != "http.response.body" or not body:
        yield message
        return
    for start in range(0, len(body), PIECE):
        yield {**message, "body": body[start : start + PIECE], "more_body": True}
    if not more:
        yield {**message, "body": b"", "more_body": False}
