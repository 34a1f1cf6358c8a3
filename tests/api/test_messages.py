"""Messages that no page sends, written by hand to a running server: they reach nothing."""

import asyncio
import socket
import struct
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from geo.api.messages import FILES_A_MINUTE, GuardMessages
from pages.components.messages import asks_for_a_file, is_foreign
from tests.browser.harness import NO_TILES, serve
from tests.talk import Talk, talking

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serve(environment=NO_TILES) as address:
        yield address


def packed_table(rows: int) -> bytes:
    table = pa.table({"a": pa.array([0] * rows)})
    packed = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(packed, table.schema, options=options) as stream:
        stream.write_table(table)
    return bytes(packed.getvalue())


def after(talk: Talk, data: bytes) -> list[str]:
    """Name what a session receives after a message, up to the answer to a sign of life."""
    talk.line.send(data)
    talk.line.send(BackMsg(app_heartbeat=True).SerializeToString())
    kinds: list[str] = []
    while "heartbeat_ack" not in kinds:
        kinds.append(ForwardMsg.FromString(talk.line.recv(timeout=60)).WhichOneof("type") or "")
    return kinds


def run_with_map(talk: Talk) -> BackMsg:
    """Run the first page, then write what its map would send, without a value."""
    _, widgets = talk.run("")
    found = next(one.id for one in widgets if one.kind == "component_instance")
    message = BackMsg()
    message.rerun_script.page_script_hash = talk.here[1]
    message.rerun_script.widget_states.widgets.add(id=found)
    return message


def test_a_table_packed_by_hand_opens_nowhere(url: str) -> None:
    packed = packed_table(1_000_000)
    assert len(packed) < MEGABYTE / 100  # of a few kilobytes, it opens into megabytes
    with talking(url) as talk:
        message = run_with_map(talk)
        widget = message.rerun_script.widget_states.widgets[0]
        for part in ("data", "index", "columns"):
            setattr(widget.arrow_value, part, packed)
        assert "new_session" not in after(talk, message.SerializeToString())
        widget.json_value = '{"kind": "place", "lon": 2.4, "lat": 48.8}'
        talk.line.send(message.SerializeToString())
        kinds = ""
        while "new_session" not in kinds:  # what the map does send still runs the page
            kinds += str(ForwardMsg.FromString(talk.line.recv(timeout=60)).WhichOneof("type"))


def test_a_message_of_over_a_megabyte_ends_its_session(url: str) -> None:
    with talking(url) as talk:
        message = run_with_map(talk)
        message.rerun_script.widget_states.widgets[0].json_value = "[" + "{}," * MEGABYTE + "{}]"
        talk.line.send(message.SerializeToString())
        with pytest.raises(ConnectionClosed) as closed:
            [talk.line.recv(timeout=60) for _ in range(10_000)]
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_a_message_too_long_ends_its_session_as_it_begins(url: str) -> None:
    where = urlsplit(url)
    hello = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    long = struct.pack(">BBQI", 0x82, 0xFF, 45 * MEGABYTE, 0)  # nothing of it follows
    with closing(socket.create_connection((where.hostname, where.port), timeout=60)) as line:
        line.sendall(hello.encode())
        said = line.recv(65_536)
        line.sendall(long)
        while piece := line.recv(65_536):
            said += piece
    assert struct.pack(">H", 1009) in said


@pytest.mark.parametrize("kind", ["clear_cache", "load_git_info", "set_run_on_save"])
def test_what_only_the_menu_of_a_developer_sends_is_left_out(kind: str) -> None:
    assert is_foreign(BackMsg(**{kind: True}).SerializeToString())


@pytest.mark.parametrize("payload", ["install_skills", "dismiss_skills_nudge"])
def test_no_page_asks_the_server_to_write_what_streamlit_offers_to_developers(payload: str) -> None:
    message = BackMsg()
    getattr(message.backend_operation_request, payload).SetInParent()
    assert is_foreign(message.SerializeToString())


def file_wanted() -> bytes:
    message = BackMsg()
    message.backend_operation_request.deferred_file.file_id = "a"
    return message.SerializeToString()


def test_an_address_has_so_many_files_made_a_minute_and_goes_on_otherwise() -> None:
    life = BackMsg(app_heartbeat=True).SerializeToString()
    coming = deque([file_wanted()] * (FILES_A_MINUTE + 50) + [life])
    passed: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.receive", "bytes": coming.popleft()}

    async def app(_scope: Any, own: Any, _send: Any) -> None:
        while coming:
            passed.append((await own())["bytes"])

    async def send(_: Any) -> None: ...

    guard = GuardMessages(app, is_foreign, asks_for_a_file)
    asyncio.run(
        guard({"type": "websocket", "client": ("10.0.0.1", 1), "headers": []}, receive, send)
    )
    assert FILES_A_MINUTE <= passed.count(file_wanted()) <= FILES_A_MINUTE + 2
    assert passed[-1] == life


def test_what_pages_send_goes_on() -> None:
    for kind in ("app_heartbeat", "stop_script"):
        assert not is_foreign(BackMsg(**{kind: True}).SerializeToString())
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="a", json_value="{}")
    assert not is_foreign(message.SerializeToString())
    assert not is_foreign(file_wanted())
    assert not is_foreign(b"")
    assert not is_foreign(b"\xff\xff")  # Streamlit's to refuse
