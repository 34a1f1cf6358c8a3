"""Files and terminals that mean harm or are merely broken: one sentence, never a command."""

import errno
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli.main import main
from geo.settings import settings

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
