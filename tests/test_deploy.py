"""What ``docs/how-to/deploy.md`` tells to install is there, is read, and means what it says."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import click
import pytest

from geo.cli.main import cli
from geo.settings import ROOT, Settings

GUIDE: Final = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
FILES: Final = ROOT / "docs" / "how-to" / "deploy"
LINES: Final = [
    line
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
    if line
]


def variables() -> dict[str, str]:
    text = (FILES / "catalyse.env").read_text(encoding="utf-8")
    words = [shlex.split(line) for line in text.splitlines() if line and line[0] != "#"]
    return dict(word.split("=", 1) for [word] in words)


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str
    read.read_string((FILES / name).read_text(encoding="utf-8"))
    return read


def test_the_commands_of_the_guide_are_read_by_the_terminal() -> None:
    own = [line for line in LINES if line.startswith(".venv/bin/catalyse ")]
    assert len(own) == 2
    for line in own:
        words = shlex.split(line.partition(" > ")[0])[1:]
        command = cli.commands[words[0]]
        command.make_context(words[0], words[1:])
    with pytest.raises(click.UsageError):
        cli.commands["nginx"].make_context("nginx", ["--name", "x", "--ports", "3"])


def test_the_files_that_it_installs_are_those_shipped() -> None:
    named = {one for line in LINES for one in re.findall(r"docs/how-to/deploy/(\S+)", line)}
    assert named == {path.name for path in FILES.iterdir()}


def test_the_settings_shipped_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told = variables()
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    own = {name.removeprefix("CATALYSE_").lower() for name in told if name[:9] == "CATALYSE_"}
    assert own <= Settings.model_fields.keys()
    read = Settings()
    assert read.json_logs
    assert read.catalogue == told["CATALYSE_CATALOGUE"]


def test_the_service_starts_what_catalyse_serve_does_and_writes_where_it_may() -> None:
    service = unit("catalyse@.service")["Service"]
    words = shlex.split(service["ExecStart"])
    assert words[1:5] == ["-m", "streamlit", "run", "app.py"]
    assert words[words.index("--server.port") + 1] == "%i"
    assert words[words.index("--server.address") + 1] == "127.0.0.1"
    writable = Path(service["ReadWritePaths"])
    assert all(
        Path(variables()[f"CATALYSE_{one}"]).is_relative_to(writable) for one in ("STORE", "CACHE")
    )


def test_the_target_wants_the_ports_of_nginx() -> None:
    wanted = re.findall(r"catalyse@(\d+)\.service", unit("catalyse.target")["Unit"]["Wants"])
    [line] = [one for one in LINES if "catalyse nginx" in one]
    words = shlex.split(line.partition(" > ")[0])
    assert wanted == [str(8501 + n) for n in range(int(words[words.index("--workers") + 1]))]


_INSIDE: Final = """
import socket, subprocess, sys
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
for _ in range(2):  # loaded anew, it stands as before
    subprocess.run(["nft", "-f", sys.argv[1]], check=True)

def opened(many, source, to, family):
    lines = [socket.socket(family) for _ in range(many)]
    for one in lines:
        one.bind((source, 0))
    return lines, sum(one.connect_ex((to, 80)) == 0 for one in lines)

with (
    socket.create_server(("127.0.0.1", 80), backlog=2000),
    socket.create_server(("::1", 80), family=socket.AF_INET6, backlog=2000),
):
    greedy = opened(450, "127.0.0.66", "127.0.0.1", socket.AF_INET)
    other = opened(3, "127.0.0.2", "127.0.0.1", socket.AF_INET)
    network = opened(450, "::1", "::1", socket.AF_INET6)
    print(greedy[1], other[1], network[1])
"""


def test_one_address_does_not_take_every_connection() -> None:
    """The rule is loaded by the kernel, in a network of its own."""
    absent = [name for name in ("nft", "ip", "unshare") if shutil.which(name) is None]
    if absent or subprocess.run(["unshare", "-n", "true"], check=False).returncode:
        pytest.skip("nftables est absent, ou demande les droits de root")
    rules = str(FILES / "catalyse.nft")
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", _INSIDE, rules],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("400 3 400\n", "")
