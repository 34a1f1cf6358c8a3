"""Debian's nginx before several real processes of the app, on loopback, stopped by their ids."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.cli.front import nginx_configuration
from geo.settings import settings
from tests.browser.harness import HOME_HOST, ROOT, free_port, is_up, stop

PATIENCE_S: Final = 90
_MAIN: Final = """
user root;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/erreurs.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/corps;
    proxy_temp_path {folder}/reponses;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    {more}
    include {folder}/catalyse.conf;
}}
"""


def program() -> str | None:
    """Find nginx, or None where there is none."""
    return shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")


@dataclass(frozen=True)
class Fleet:
    """The address of nginx, the ports behind it, and the process that watches over theirs."""

    url: str
    ports: tuple[int, ...]
    watcher: int
    log: Path

    def processes(self) -> list[int]:
        """List the processes that answer now."""
        found = Path(f"/proc/{self.watcher}/task").glob("*/children")
        return [int(one) for file in found for one in file.read_text(encoding="ascii").split()]


@contextmanager
def fleet(workers: int, folder: Path, environment: Mapping[str, str]) -> Iterator[Fleet]:
    """Run ``catalyse serve --workers`` and the nginx that ``catalyse nginx`` writes for it."""
    first = _free_ports(workers)
    ports = [*range(first, first + workers)]
    command = [sys.executable, "-c", "from geo.cli import run; run()", "serve"]
    command += ["--workers", str(workers), "--port", str(first)]
    with (folder / "processus.log").open("wb") as log:
        watcher = subprocess.Popen(
            command, cwd=ROOT, env={**environment}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            for port in ports:
                _wait(f"http://{HOME_HOST}:{port}", watcher, folder)
            with nginx_before(ports, folder, environment) as url:
                yield Fleet(url, tuple(ports), watcher.pid, folder / "processus.log")
        finally:
            stop(watcher)


@contextmanager
def nginx_before(
    ports: list[int],
    folder: Path,
    environment: Mapping[str, str],
    has_begun: Callable[[str], bool] = is_up,
    more: str = "",
) -> Iterator[str]:
    """Run nginx before processes; it has begun once they answer through it, or as one says.

    ``more``: what its operator adds beside our configuration.
    """
    port, path = free_port(), program()
    assert path, "nginx is missing"
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, more=more), encoding="utf-8")
    a_minute = int(environment.get("CATALYSE_API_RATE", settings().api_rate))
    written = nginx_configuration(ports, "_", f"{HOME_HOST}:{port}", a_minute, str(folder))
    (folder / "catalyse.conf").write_text(written, encoding="utf-8")
    process = subprocess.Popen([path, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        _wait(f"http://{HOME_HOST}:{port}", process, folder, has_begun)
        yield f"http://{HOME_HOST}:{port}"
    finally:
        stop(process)


def _wait(
    url: str,
    process: subprocess.Popen[bytes],
    folder: Path,
    has_begun: Callable[[str], bool] = is_up,
) -> None:
    last = time.monotonic() + PATIENCE_S
    while not has_begun(url):
        if process.poll() is not None or time.monotonic() > last:
            logs = [one.read_text(encoding="utf-8")[-2000:] for one in folder.glob("*.log")]
            raise RuntimeError("\n".join([f"{url} did not start", *logs]))
        time.sleep(0.1)


def _free_ports(many: int) -> int:
    """Find so many ports in a row that nobody listens on."""
    while True:
        first = free_port()
        if first + many < 65_000 and all(map(_is_free, range(first, first + many))):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOME_HOST, port)) != 0
