"""Several servers of one machine, watched: one that stops is started again."""

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Final

_LOOK_S: Final = 0.2
_AGAIN_S: Final = 1.0
_PATIENCE_S: Final = 10.0
_COOKIE_SECRET: Final = "STREAMLIT_SERVER_COOKIE_SECRET"  # noqa: S105 - the name of a variable

Command = Callable[[int], list[str]]


def serve_all(command: Command, ports: Sequence[int]) -> None:
    """Run one server on each port until this process is told to stop; then stop them all.

    They share the secret that signs the cookies of a sign-in, unless the operator gave one.
    """
    environment = {_COOKIE_SECRET: secrets.token_urlsafe(32), **os.environ}
    signals: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        signals.append(number)

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)
    running = {port: _start(command(port), environment) for port in ports}
    started = dict.fromkeys(ports, time.monotonic())
    try:
        while not signals:
            time.sleep(_LOOK_S)
            for port, process in running.items():
                # One that cannot start is not tried without a pause.
                if process.poll() is not None and time.monotonic() > started[port] + _AGAIN_S:
                    running[port] = _start(command(port), environment)
                    started[port] = time.monotonic()
    finally:
        _stop(list(running.values()))


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # In a group of its own: a Ctrl+C reaches this process, which stops them in order.
    return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
