"""The messages that a page of this app sends: everything else is somebody's own writing."""

from typing import Final

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

_KINDS: Final = {
    *("rerun_script", "stop_script", "app_heartbeat"),
    *("file_urls_request", "backend_operation_request"),
}


def is_foreign(data: bytes) -> bool:
    """Tell a message of no page of this app: of another kind, or with a table of a component.

    One that cannot be read is Streamlit's to refuse: it ends the session.
    """
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    kind = message.WhichOneof("type")
    if kind is None:
        return False
    widgets = message.rerun_script.widget_states.widgets
    return kind not in _KINDS or any(one.HasField("arrow_value") for one in widgets)
