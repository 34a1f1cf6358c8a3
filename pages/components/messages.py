"""The messages that a page of this app sends: everything else is somebody's own writing."""

from typing import Final

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg

_KINDS: Final = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
_FILE: Final = "deferred_file"


def is_foreign(data: bytes) -> bool:
    """Tell a message of no page of this app: of another kind, or with a table of a component.

    One that cannot be read is Streamlit's to refuse: it ends the session.
    """
    message = _read(data)
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        payload = message.backend_operation_request.WhichOneof("payload")
        return payload not in {_FILE, "dataframe_chunk"}
    widgets = message.rerun_script.widget_states.widgets
    return (kind is not None and kind not in _KINDS) or any(
        one.HasField("arrow_value") for one in widgets
    )


def asks_for_a_file(data: bytes) -> bool:
    """Tell a message that has a file made, of seconds of work."""
    return _read(data).backend_operation_request.WhichOneof("payload") == _FILE


def _read(data: bytes) -> BackMsg:
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return BackMsg()
    return message
