"""Where the data come from, read from the file that ships, and the credit drawn from it."""

import re
from pathlib import Path

import pytest

from geo.errors import BadFileError, MissingDataError
from geo.reference.sources import Source, attribution, credit, everything, sources

ENTRY = """
[[source]]
id = "a"
title = "t"
publisher = "p"
licence = "L"
vintage = "v"
date = "2024-01-01"
url = "https://example.org"
sha256 = "0"
used_for = "u"
credit = "Un"
"""


def faults(listed: tuple[Source, ...]) -> list[str]:
    """Name the entries that do not say where they come from."""
    return [
        source.id
        for source in listed
        if not all(
            (source.title, source.publisher, source.licence, source.vintage, source.used_for)
        )
        or not source.url.startswith("https://")
        or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", source.date)
        or not re.fullmatch(r"[0-9a-f]{64}", source.sha256)
    ]


def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CATALYSE_DATA", str(tmp_path))


def test_every_entry_says_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert faults(everything()) == []
    folder(tmp_path, monkeypatch, ENTRY)
    assert faults(everything()) == ["a"]


def test_inputs_are_told_from_files() -> None:
    assert {source.role for source in sources()} == {"input"}
    assert {source.role for source in everything()} == {"input", "file"}
    assert {source.publisher for source in sources()} >= {"IGN", "INSEE", "DGCL", "ANCT", "DILA"}


def test_the_attribution_is_drawn_from_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = attribution()
    for word in ("IGN ADMIN EXPRESS", "INSEE COG\u00a02026", "ANCT CRTE\u00a02022"):
        assert word in said
    assert said.endswith("\u00a0— Licence Ouverte\u00a02.0")
    two = ENTRY.replace('"a"', '"b"').replace("Un", "Deux")
    silent = ENTRY.replace('"a"', '"c"').replace("Un", "")
    other = ENTRY.replace('"a"', '"d"').replace('"L"', '"M"').replace("Un", "Trois")
    folder(tmp_path, monkeypatch, ENTRY + two + silent + other)
    assert attribution() == "Un, Deux\u00a0— L\u00a0; Trois\u00a0— M"
    assert credit(()) == ""


def test_an_absent_or_broken_list_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_DATA", str(tmp_path))
    with pytest.raises(MissingDataError, match=r"sources\.toml"):
        sources()
    for text in ("[[source]", '[[source]]\nid = "seul"\n'):
        own = tmp_path / str(len(text))
        own.mkdir()
        folder(own, monkeypatch, text)
        with pytest.raises(BadFileError, match=r"sources\.toml"):
            sources()
