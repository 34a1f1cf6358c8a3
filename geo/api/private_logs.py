"""What the server's log never holds: what people type or send, and what an exception repeats of it.

Libraries write, at the level DEBUG, the messages of a page, the addresses asked of a geocoder, the
tokens of a sign-in: that level stays off, whatever the settings of Streamlit say. Of an exception
the log keeps where it came from and its kind, not its sentence, which may quote a record.
"""

import logging
import traceback
from types import TracebackType
from typing import Any, Final

_STRANGERS: Final = "starlette_auth_routes"
"""Streamlit's door of the sign-in: it logs what an address says, and anybody writes one."""
_Fault = tuple[type[BaseException], BaseException, TracebackType | None]


def keep_private() -> None:
    """Set the log of this process so, for every library in it."""
    logging.disable(logging.DEBUG)
    made = logging.getLogRecordFactory()

    def record(*args: Any, **more: Any) -> logging.LogRecord:
        found = made(*args, **more)
        if found.module == _STRANGERS:
            found.args = tuple("…" for _ in found.args or ())
        if found.exc_info and found.exc_info[0]:
            found.exc_text = without_sentences(found.exc_info)
            found.exc_info = None
        return found

    logging.setLogRecordFactory(record)


def without_sentences(fault: _Fault) -> str:
    """Write where an exception and those before it came from, and their kinds."""
    parts = []
    one: BaseException | None = fault[1]
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        kind = f"{type(one).__module__}.{type(one).__qualname__}"
        parts.append("".join([*traceback.format_tb(one.__traceback__), kind]))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\nafter\n".join(parts)
