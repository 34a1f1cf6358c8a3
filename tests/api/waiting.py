"""Wait for what is made in the background."""

import time
from collections.abc import Callable
from typing import Any


def until(found: Callable[[], Any], patience_s: float = 20) -> Any:
    """Ask again until something is found."""
    deadline = time.monotonic() + patience_s
    while not (value := found()):
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)
    return value
