"""Count what the server sends to one page, by way of Chromium's own protocol."""

import base64
import gzip
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Error, Page

STREAMLIT_BUNDLE: Final = "/static/"
BINARY_FRAME: Final = 2


@dataclass
class Sent:
    """Answers and WebSocket frames received since the last `reset`."""

    session: CDPSession
    urls: dict[str, str] = field(default_factory=dict)
    wire: dict[str, int] = field(default_factory=dict)
    frames: list[bytes] = field(default_factory=list)

    def reset(self) -> None:
        """Forget what was counted until now."""
        self.urls.clear()
        self.wire.clear()
        self.frames.clear()

    def _body(self, request: str) -> bytes:
        try:
            answer = self.session.send("Network.getResponseBody", {"requestId": request})
        except Error:  # a redirect or a cached module keeps no body
            return b""
        text: str = answer["body"]
        return base64.b64decode(text) if answer["base64Encoded"] else text.encode()

    def _is_bundle(self, request: str) -> bool:
        return urlsplit(self.urls.get(request, "")).path.startswith(STREAMLIT_BUNDLE)

    def totals(self) -> dict[str, float]:
        """Sum in kB (1,000 bytes): as sent, and as gzip would make it, bundle apart."""
        own = [request for request in self.wire if not self._is_bundle(request)]
        packed = [len(gzip.compress(self._body(request))) for request in own]
        return {
            "http (ko)": _kb(sum(self.wire[request] for request in own)),
            "http gzip (ko)": _kb(sum(packed)),
            "websocket (ko)": _kb(sum(map(len, self.frames))),
            "websocket gzip (ko)": _kb(len(gzip.compress(b"".join(self.frames)))),
            "paquet de Streamlit (ko)": _kb(sum(self.wire.values()) - _total(self.wire, own)),
        }

    def heaviest(self, count: int = 4) -> str:
        """Name the largest answers, bundle apart."""
        own = [request for request in self.wire if not self._is_bundle(request)]
        own.sort(key=self.wire.__getitem__, reverse=True)
        return ", ".join(
            f"{urlsplit(self.urls[request]).path} {_kb(self.wire[request])}"
            for request in own[:count]
        )


def _total(wire: dict[str, int], requests: list[str]) -> int:
    return sum(wire[request] for request in requests)


def _kb(count: int) -> float:
    return round(count / 1000, 1)


def watch(page: Page) -> Sent:
    """Start counting on a page that has loaded nothing yet."""
    session = page.context.new_cdp_session(page)
    sent = Sent(session)

    def on_frame(event: dict[str, Any]) -> None:
        frame = event["response"]
        data: str = frame["payloadData"]
        binary = frame["opcode"] == BINARY_FRAME
        sent.frames.append(base64.b64decode(data) if binary else data.encode())

    def on_finished(event: dict[str, Any]) -> None:
        sent.wire[event["requestId"]] = int(event["encodedDataLength"])

    def on_response(event: dict[str, Any]) -> None:
        sent.urls[event["requestId"]] = event["response"]["url"]

    session.on("Network.webSocketFrameReceived", on_frame)
    session.on("Network.loadingFinished", on_finished)
    session.on("Network.responseReceived", on_response)
    session.send("Network.enable")
    return sent
