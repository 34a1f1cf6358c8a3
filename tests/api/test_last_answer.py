"""The first page as the latest start left it: the same answer, of the same base, or none."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from geo.api import html_shell, layers
from geo.directory.directory import directory
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.output.first import answers, last_answer, place_answers
from geo.settings import ROOT, settings
from tests.api.asgi import Client
from tests.api.test_first_view import INDEX, PAGES, WAITS, painted

ADDRESSES = re.compile(r"/layers/[\w./?=-]+")
_LIGHT = """
import sys
from geo.output.first.last_answer import last_answer, look
look()
assert last_answer()
print(*{"pandas", "numpy", "duckdb", "pyarrow", "shapely"} & {*sys.modules})
"""


@pytest.fixture
def client() -> Client:
    return Client(Starlette(routes=[*html_shell.routes(INDEX, PAGES), *layers.routes()]))


@pytest.fixture(autouse=True)
def _own_base(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Give each test a base and a cache, and forget what it found."""
    monkeypatch.setenv("CATALYSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "base"))
    yield
    monkeypatch.setenv("CATALYSE_STORE", "")
    monkeypatch.setenv("CATALYSE_CACHE", str(tmp_path / "none"))
    last_answer.look()


def started() -> None:
    """Do what a server does of it when it starts."""
    last_answer.look()
    directory()
    last_answer.save()


def saved() -> list[Path]:
    return sorted((settings().cache / "first").glob("*.json"))


def early(client: Client, monkeypatch: pytest.MonkeyPatch, path: str = "/") -> str:
    """Paint a page as a server that has just started does."""
    last_answer.look()
    with monkeypatch.context() as patch:
        patch.setattr(answers, "READY", False)
        return painted(client, path)


def test_it_is_what_the_page_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert WAITS in early(client, monkeypatch)
    started()
    text = early(client, monkeypatch)
    assert WAITS not in text
    assert text == painted(client, "/")
    assert [client.get(one).status_code for one in {*ADDRESSES.findall(text)}] == [200, 200]


def test_a_new_base_begins_as_the_new_one_before_it(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started()
    assert len(saved()) == 2
    text = early(client, monkeypatch)
    monkeypatch.setenv("CATALYSE_STORE", str(tmp_path / "other"))
    assert early(client, monkeypatch) == text


def test_another_state_has_no_such_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    started()
    text = early(client, monkeypatch)
    records = next(one for one in ADDRESSES.findall(text) if "points" in one)
    store = open_store()
    row = store.record("actor", str(directory().frame.index[0]))
    store.write(Changes.one("actor", row | {"status": "masquee"}), author="t", message="t")
    assert client.get(records).status_code == 404
    assert WAITS in early(client, monkeypatch)
    last_answer.save()
    assert row["actor_id"] not in early(client, monkeypatch)
    assert len(saved()) == 2
    assert sum(row["actor_id"] in path.read_text() for path in saved()) == 1  # what ships


def test_only_what_was_made_of_the_same_is_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    started()
    assert WAITS in early(client, monkeypatch, "/?pratique=accompagnements")
    assert WAITS in early(client, monkeypatch, "/carte")
    monkeypatch.setenv("CATALYSE_TILES", "osm")
    assert WAITS in early(client, monkeypatch)


def test_another_file_of_catalysts_is_another_base(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "catalysts.csv"
    file.write_bytes(settings().catalysts_file.read_bytes())
    monkeypatch.setenv("CATALYSE_CATALYSTS", str(file))
    started()
    assert WAITS not in early(client, monkeypatch)
    os.utime(file, (0, 0))
    assert WAITS in early(client, monkeypatch)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"files": {"a": ["x", "y", "z"]}}'])
def test_a_damaged_file_is_none(
    client: Client, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    started()
    for path in saved():
        path.write_text(content, encoding="utf-8")
    assert WAITS in early(client, monkeypatch)


def test_a_cut_file_is_none(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    started()
    for path in saved():
        read = json.loads(path.read_text(encoding="utf-8"))
        read["files"] = {name: [one[0][:400], *one[1:]] for name, one in read["files"].items()}
        path.write_text(json.dumps(read), encoding="utf-8")
    assert WAITS in early(client, monkeypatch)


@pytest.mark.parametrize(
    ("name", "value"),
    [("CATALOGUE", "postgresql://u@127.0.0.1:1/b"), ("FILES", "s3://seau/base")],
)
def test_what_others_share_is_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    started()
    monkeypatch.setenv(f"CATALYSE_{name}", value)
    assert WAITS in early(client, monkeypatch)


def test_more_marks_than_are_sent_at_once_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_answers, "MANY", 10)
    started()
    assert saved() == []


def test_a_cache_that_cannot_be_written_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CATALYSE_CACHE", str(tmp_path / "file"))
    started()
    assert last_answer.last_answer() is None


def test_it_waits_for_nothing_heavy() -> None:
    started()
    done = subprocess.run(
        [sys.executable, "-c", _LIGHT],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
