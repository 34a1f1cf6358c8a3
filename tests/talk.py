"""Speak to the pages as no browser need do: messages of Streamlit's WebSocket, written by hand."""

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@dataclass
class Widget:
    """One widget that a page showed: its kind, its label, its id."""

    kind: str
    label: str
    id: str


@dataclass
class Talk:
    """One session; what was set stays set, as a browser would say again."""

    line: ClientConnection
    states: dict[str, Any] = field(default_factory=dict)
    here: tuple[str, str] = ("", "")
    session: str = ""

    def run(
        self, page: str, query: str = "", press: Sequence[str] = ()
    ) -> tuple[str, list[Widget]]:
        """Run a page with what was set, and some buttons; give what was sent, and its widgets."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = query
        if self.here[1] and self.here[0] == page:
            asked.page_script_hash = self.here[1]  # a page named anew forgets what was typed
        else:
            asked.page_name = page
        for name, value in self.states.items():
            one = asked.widget_states.widgets.add(id=name)
            setattr(one, "bool_value" if isinstance(value, bool) else "string_value", value)
        for name in press:
            asked.widget_states.widgets.add(id=name, trigger_value=True)
        self.line.send(message.SerializeToString())
        told: list[str] = []
        widgets: list[Widget] = []
        while True:
            found = ForwardMsg.FromString(self.line.recv(timeout=120))
            told.append(str(found.delta))
            widgets += _widgets(found)
            if found.WhichOneof("type") == "new_session":
                self.session = found.new_session.initialize.session_id
            if found.WhichOneof("type") == "navigation":
                self.here = page, found.navigation.page_script_hash
            again = found.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
            if found.WhichOneof("type") == "script_finished" and not again:
                return "".join(told), widgets

    def file(self, file_id: str) -> str:
        """Have a file of the page made, as its button does; give the path that it is read at."""
        message = BackMsg()
        wanted = message.backend_operation_request
        wanted.request_id, wanted.session_id = "1", self.session
        wanted.deferred_file.file_id = file_id
        self.line.send(message.SerializeToString())
        while True:
            found = ForwardMsg.FromString(self.line.recv(timeout=120))
            if found.WhichOneof("type") == "backend_operation_response":
                return str(found.backend_operation_response.deferred_file.url)


def _widgets(message: ForwardMsg) -> Iterator[Widget]:
    if message.delta.WhichOneof("type") != "new_element":
        return
    element = message.delta.new_element
    kind = element.WhichOneof("type") or ""
    one: Any = getattr(element, kind, None)
    if getattr(one, "id", ""):
        yield Widget(kind, getattr(one, "label", ""), one.id)


@contextmanager
def talking(url: str, headers: Mapping[str, str] | None = None) -> Iterator[Talk]:
    """Open a session, as whoever these headers make."""
    where = urlsplit(url)
    with (
        socket.create_connection((where.hostname or "", where.port or 80)) as through,
        connect(
            f"ws://{where.netloc}/_stcore/stream",
            sock=through,
            additional_headers=dict(headers or {}),
            max_size=None,
            open_timeout=60,
        ) as line,
    ):
        yield Talk(line)
