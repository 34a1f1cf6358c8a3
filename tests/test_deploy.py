"""What ``docs/how-to/deploy.md`` tells to install is there, is read, and means what it says."""

import configparser
import re
import shlex
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
