"""One visitor's session: what a browser would send, and what it would keep of the answers."""

import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

LARGEST: Final = 64 * 2**20
PATIENCE_S: Final = 120.0
_EARLY: Final = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


class PageFault(RuntimeError):  # noqa: N818 - what a visitor would see, not a bug of the driver
    """A page said that it stopped."""


@dataclass(frozen=True)
class Widget:
    """What a page offers: its id, its kind, what may be chosen, the fragment that draws it."""

    id: str
    kind: str
    options: tuple[str, ...]
    fragment: str


@dataclass(frozen=True)
class Rerun:
    """One run of a page, as its visitor waited for it."""

    seconds: float
    received: int


@dataclass
class Session:
    """A page of the app, open. ``widgets``: by their key; ``map_json``: what the map got."""

    socket: ClientConnection
    page: str = ""
    query: str = ""
    page_hash: str = ""
    widgets: dict[str, Widget] = field(default_factory=dict)
    alerts: list[str] = field(default_factory=list)
    map_json: str = ""
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _messages: dict[str, ForwardMsg] = field(default_factory=dict)

    async def open(self, page: str, query: str = "") -> Rerun:
        """Follow a link."""
        self.page, self.query, self.page_hash = page, query, ""
        self.widgets.clear()
        self.alerts.clear()
        self._states.clear()
        return await self._run("")

    async def type(self, key: str, text: str) -> Rerun:
        """Write in a field."""
        return await self._set(key, WidgetState(id=self._widget(key).id, string_value=text))

    async def choose(self, key: str, option: str) -> Rerun:
        """Choose one value of a list, or press one pill."""
        widget = self._widget(key)
        state = WidgetState(id=widget.id)
        if widget.kind == "button_group":
            state.string_array_value.data.append(option)
        else:
            state.string_value = option
        return await self._set(key, state)

    async def tell(self, key: str, json_text: str) -> Rerun:
        """Send what a component reports: a click on the map."""
        return await self._set(key, WidgetState(id=self._widget(key).id, json_value=json_text))

    def write(self, key: str, text: str) -> None:
        """Write in a field of a form: nothing leaves until a button is pressed."""
        self._states[key] = WidgetState(id=self._widget(key).id, string_value=text)

    def tick(self, key: str) -> None:
        """Tick a box of a form."""
        self._states[key] = WidgetState(id=self._widget(key).id, bool_value=True)

    async def press(self, key: str) -> Rerun:
        """Press a button."""
        try:
            return await self._set(key, WidgetState(id=self._widget(key).id, trigger_value=True))
        finally:
            del self._states[key]

    def _widget(self, key: str) -> Widget:
        if key not in self.widgets:
            raise PageFault(f"{self.page}?{self.query} : sans {key} ; {self.alerts}")
        return self.widgets[key]

    async def _set(self, key: str, state: WidgetState) -> Rerun:
        self._states[key] = state
        return await self._run(self.widgets[key].fragment)

    async def _run(self, fragment: str) -> Rerun:
        request = BackMsg()
        run = request.rerun_script
        run.query_string, run.page_name, run.page_script_hash = (
            self.query,
            self.page,
            self.page_hash,
        )
        run.fragment_id = fragment
        run.widget_states.widgets.extend(self._states.values())
        run.cached_message_hashes.extend(self._messages)
        start, received = time.perf_counter(), 0
        await self.socket.send(request.SerializeToString())
        known, self._messages = self._messages, {}
        while True:
            raw = await self.socket.recv(decode=False)
            received += len(raw)
            message = ForwardMsg.FromString(raw)
            if message.WhichOneof("type") == "ref_hash":
                cached = known[message.ref_hash]
                self._messages[message.ref_hash] = cached
                cached.metadata.CopyFrom(message.metadata)
                message = cached
            elif message.metadata.cacheable:
                self._messages[message.hash] = message
            self._take(message)
            if (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished != _EARLY
            ):
                return Rerun(time.perf_counter() - start, received)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta.new_element, message.delta.fragment_id)

    def _element(self, element: Any, fragment: str) -> None:
        kind = element.WhichOneof("type")
        shown = getattr(element, str(kind))
        if kind == "exception" or (kind == "alert" and "inattendue" in shown.body):
            raise PageFault(f"{self.page}?{self.query} : {str(shown)[:400]}")
        if kind == "alert":
            self.alerts.append(shown.body[:200])
        if kind == "component_instance":
            self.map_json = shown.json_args
        name = getattr(shown, "id", "")
        if not name or getattr(shown, "disabled", False):
            return
        self.widgets[_key(name, kind, shown)] = Widget(name, kind, _options(kind, shown), fragment)


def _key(widget_id: str, kind: str, shown: Any) -> str:
    """Return the key that a page gave a widget, or its label; « carte » for a map."""
    if kind == "component_instance":
        return "carte"
    key = widget_id.split("-", 2)[-1] if widget_id.startswith("$$ID-") else widget_id
    return str(shown.label) if key == "None" or key.startswith("FormSubmitter:") else key


def _options(kind: str, shown: Any) -> tuple[str, ...]:
    if kind == "selectbox":
        return tuple(shown.options)
    return tuple(one.content for one in shown.options) if kind == "button_group" else ()


def document(url: str) -> str:
    """Load the page, as a browser does before it opens a socket; return the cookie given."""
    request = Request(url, headers={"Sec-Fetch-Dest": "document", "Accept": "text/html"})  # noqa: S310
    with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
        answer.read()
        return _cookies(answer.headers.get_all("Set-Cookie", []))


def cookie_of(socket: ClientConnection) -> str:
    """Return the cookie that came with the socket: another process took the session."""
    return _cookies(socket.response.headers.get_all("Set-Cookie") if socket.response else [])


def _cookies(headers: list[str]) -> str:
    return "; ".join(one.partition(";")[0] for one in headers if one.startswith("catalyse_route="))


def opened(url: str, cookie: str = "") -> connect:
    """Open the socket of a session, as a browser that was let in would."""
    parts = urlsplit(url)
    headers = {"Origin": f"{parts.scheme}://{parts.netloc}"} | (
        {"Cookie": cookie} if cookie else {}
    )
    return connect(
        url.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        additional_headers=headers,
        max_size=LARGEST,
        ping_interval=None,
        open_timeout=PATIENCE_S,
        proxy=None,
    )
