"""Files and terminals that mean harm or are merely broken: one sentence, never a command."""

import errno
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli.main import main
from geo.settings import ROOT, settings

HEADER = "catalyst_id,catalyst_name,profile,practices,commune_code,location_precision,evidence"
Words = tuple[str, ...]


class Full(io.StringIO):
    """An output with no room left."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    def run(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["catalyse", *words])
        with pytest.raises(SystemExit) as stop:
            main()
        return int(str(stop.value.code))

    return run


def test_what_was_typed_does_not_command_the_terminal(stopped, capsys):
    assert stopped("nearest", "--commune", "\x1b[31mX\x9b\u202e\n") == 2
    said = capsys.readouterr().err
    assert "[31mX" in said
    assert not {"\x1b", "\x9b", "\u202e"} & set(said)
    assert said.count("\n") == 1


@pytest.mark.parametrize("form", ["table", "json", "geojson", "csv"])
def test_what_a_file_says_does_not_either(form, stopped, capsys, tmp_path, monkeypatch):
    path = tmp_path / "hostile.csv"
    path.write_text(f'{HEADER}\na,"A\x1b[31m\x07\x9b\u202eB\nC",,,94018,commune,named\n', "utf-8")
    monkeypatch.setenv("CATALYSE_CATALYSTS", str(path))
    assert stopped("nearest", "--commune", "94018", "-k", "1", "--format", form) == 0
    said = capsys.readouterr().out
    assert "A [31m B C" in said
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(said)


def test_an_output_with_no_room_is_one_french_sentence(stopped, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdout", Full())
    assert stopped("communes", "Paris", "--limit", "1") == 2
    said = capsys.readouterr().err
    assert said.startswith("Un fichier n’a pas pu être lu ou écrit")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [("history",), ("history", "--limit"), ("revert",), ("demo", "--n", "1", "--seed")]
)
def test_a_number_without_end_is_refused(words: Words, stopped, capsys):
    assert stopped(*words, "9" * 60) == 2
    said = capsys.readouterr().err
    assert "au plus 2147483647" in said
    assert len(said.splitlines()) == 1


def test_a_name_that_no_disk_can_write_is_one_french_sentence(stopped, capsys, tmp_path):
    assert stopped("demo", "--n", "1", "-o", str(tmp_path / "\ud800")) == 2
    said = capsys.readouterr().err
    assert said.startswith("Un fichier n’a pas pu être lu ou écrit")
    assert len(said.splitlines()) == 1


SHELL = 'set -o pipefail; "$0" -c "from geo.cli import run; run()" communes a --limit 500 '


@pytest.mark.parametrize("end", ["| head -c 1", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_who_stops_listening_stops_no_command(end: str) -> None:
    done = subprocess.run(
        ["bash", "-c", SHELL + end, sys.executable], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reason_in_another_encoding_is_noted_and_the_base_leaves(
    stopped, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "base"))
    assert stopped("export-complete", str(tmp_path / "b.zip"), "--reason", "pour \udcff Aude") == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert "pour  Aude" in archive.read("LISEZMOI.txt").decode()


def test_a_name_that_is_no_site_and_ports_too_many_say_so(stopped, capsys):
    assert stopped("nginx", "--name", "a b; }") == 2
    assert "Donnez un nom de site" in capsys.readouterr().err
    assert stopped("nginx", "--name", "x", "--port", "65535") == 2
    assert "dépassent 65535" in capsys.readouterr().err


def test_a_terminal_without_our_signs_shows_others(stopped, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
    assert stopped("communes", "Chalons en Champagne", "--limit", "1") == 0
    assert "Châlons-en-Champagne" in raw.getvalue().decode("latin-1")


@pytest.mark.parametrize("name", ["CATALYSE_DATA", "CATALYSE_WEB", "CATALYSE_CATALYSTS"])
def test_a_setting_set_to_nothing_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = settings()
    monkeypatch.setenv(name, "")
    assert settings() == usual
    assert isinstance(settings().data, Path)
