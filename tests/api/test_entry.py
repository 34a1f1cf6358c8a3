"""How the user of this machine comes in: the door, and what others can see of it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pytest
from starlette.applications import Starlette

from geo.api import entry, welcome
from geo.directory.local_access import Entrance
from geo.settings import ROOT
from tests.api.asgi import Client

SERVER = "http://127.0.0.1:80"


@pytest.fixture
def entrance(monkeypatch: pytest.MonkeyPatch) -> Entrance:
    made = Entrance()
    monkeypatch.setattr(entry, "ENTRANCE", made)
    monkeypatch.setattr(welcome, "ENTRANCE", made)
    return made


@pytest.fixture
def client(entrance: Entrance) -> Client:
    assert not entrance.is_open
    return Client(Starlette(routes=entry.routes(then=lambda: welcome.invite_again(SERVER))))


@contextmanager
def closed_terminal() -> Iterator[IO[str]]:
    """Return the end of a pipe that nobody reads any more."""
    read, write = os.pipe()
    os.close(read)
    gone = os.fdopen(write, "w")
    try:
        yield gone
    finally:
        with suppress(BrokenPipeError):
            gone.close()


def test_a_terminal_closed_since_does_not_lose_the_cookie(
    client: Client, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = entrance.invite()
    with monkeypatch.context() as patch, closed_terminal() as gone:
        patch.setattr(sys, "stderr", gone)
        answer = client.get(f"/entrer?jeton={token}")
    assert answer.status_code == 303
    secret = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert entrance.knows(secret)


@pytest.mark.parametrize("headers", [{}, {"sec-purpose": "prefetch"}])
def test_a_server_that_invites_nobody_has_no_door(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/entrer?jeton=a", headers)
    assert answer.status_code == 404
    assert "terminal" not in answer.text
    assert "set-cookie" not in answer.headers


def test_an_address_that_nobody_used_in_a_day_opens_nothing_and_the_next_one_is_shown(
    client: Client,
    entrance: Entrance,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = f"/entrer?jeton={entrance.invite()}"
    day_later = time.time() + 24 * 3_600 + 1
    monkeypatch.setattr("geo.directory.local_access.time.time", lambda: day_later)
    answer = client.get(old)
    assert answer.status_code == 403
    assert "n’a pas servi en 24 heures" in answer.text
    assert "set-cookie" not in answer.headers
    shown = capsys.readouterr().err
    assert "24 heures" in shown
    assert "déjà servi" in client.get(old).text  # and nothing more is shown
    assert not capsys.readouterr().err
    assert client.get(f"/entrer?jeton={shown.split('jeton=')[1].strip()}").status_code == 303


_OPENER = """#!/bin/sh
echo "$1" > "$OUT/argument"
file="${1#file://}"
stat -c %a "$file" > "$OUT/mode"
cp "$file" "$OUT/page.new"
mv "$OUT/page.new" "$OUT/page.html"
"""
_WELCOMED = """
import sys, threading, time
from geo.api import welcome
welcome.welcome("http://127.0.0.1:9", invited=sys.argv[1] == "invited", browse=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows opens the address itself")
def test_the_token_is_not_among_the_words_of_the_browser(tmp_path: Path) -> None:
    opener = tmp_path / "navigateur"
    opener.write_text(_OPENER)
    opener.chmod(0o700)
    own = {**os.environ, "BROWSER": f"{opener} %s", "DISPLAY": ":9", "OUT": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", _WELCOMED, "invited", "1.5"],
        cwd=ROOT,
        env=own,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        _, told = running.communicate(timeout=60)
    said = (tmp_path / "argument").read_text().strip()
    assert said.startswith("file:///")
    assert "jeton" not in said
    assert (tmp_path / "mode").read_text() == "600\n"
    token = told.partition("jeton=")[2].split()[0]
    assert f"url=http://127.0.0.1:9/entrer?jeton={token}" in (tmp_path / "page.html").read_text()
    assert not Path(said.removeprefix("file://")).exists()  # gone with the server


def test_the_file_goes_once_its_reader_has_come_in(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(welcome, "ROOT", tmp_path)
    seen = []

    def come_in(page: str) -> None:
        seen.append(page)
        assert [one.as_uri() for one in tmp_path.iterdir()] == [page]
        welcome.invite_again(SERVER)

    monkeypatch.setattr("webbrowser.open", come_in)
    began = time.monotonic()
    welcome._open_privately(f"{SERVER}/entrer?jeton={entrance.invite()}")  # noqa: SLF001
    assert len(seen) == 1
    assert [*tmp_path.iterdir()] == []
    assert time.monotonic() - began < 10
