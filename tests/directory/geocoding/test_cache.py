"""Nothing is asked twice: by a run, the next one, or another process."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from geo.directory.geocoding.batch import ask
from geo.directory.geocoding.cache import FILE, Cache
from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.query import Answer, GeocodingQuery
from tests.directory.geocoding.server import Script

NANTES = "44109"
HERE = Answer(-1.55, 47.2, 0.9, "housenumber", "12 Rue du Pont 44000 Nantes", NANTES)
ASKED = GeocodingQuery("12 rue du Pont", "", NANTES)


def many(count: int) -> list[GeocodingQuery]:
    return [GeocodingQuery(f"{n} rue du Pont", "", NANTES) for n in range(1, count + 1)]


def test_an_answer_comes_back_whole(tmp_path: Path) -> None:
    Cache(tmp_path).put("http://a", {ASKED: HERE, GeocodingQuery("introuvable"): None})
    again = Cache(tmp_path)
    other = GeocodingQuery("12  RUE DU PONT", "", NANTES)
    known = again.get("http://a", [other, GeocodingQuery("introuvable"), GeocodingQuery("autre")])
    assert known == {other: HERE, GeocodingQuery("introuvable"): None}
    assert again.get("http://b", [ASKED]) == {}  # another geocoder answers for itself
    assert again.get("http://a", [GeocodingQuery(ASKED.text)]) == {}  # the filters count


def test_an_answer_has_its_date(tmp_path: Path) -> None:
    Cache(tmp_path).put("http://a", {ASKED: HERE})
    with sqlite3.connect(tmp_path / FILE) as file:
        [(date,)] = file.execute("SELECT asked_on FROM answers").fetchall()
    file.close()
    assert len(date) == len("2026-01-01")


def test_nothing_is_asked_twice(geocoder: Geocoder, script: Script, tmp_path: Path) -> None:
    asked = [
        *many(30),
        GeocodingQuery("introuvable", "", NANTES),
        GeocodingQuery("2 RUE, du Pont", "", NANTES),
    ]
    first = ask(asked, geocoder, Cache(tmp_path))
    second = ask(asked, geocoder, Cache(tmp_path))
    assert first == second
    assert first.fault == ""
    assert len(first.answers) == 31
    assert set(script.asked.values()) == {1}
    assert len(script.times) == 1


def test_without_a_cache_it_would_be_seen(geocoder: Geocoder, script: Script) -> None:
    for _ in range(2):
        ask(many(3), geocoder, None)
    assert set(script.asked.values()) == {2}


def test_another_process_asks_nothing_again(
    geocoder: Geocoder, script: Script, tmp_path: Path
) -> None:
    ask(many(5), geocoder, Cache(tmp_path))
    code = (
        "import sys; from pathlib import Path\n"
        "from geo.directory.geocoding.cache import Cache\n"
        "from geo.directory.geocoding.query import GeocodingQuery\n"
        f"some = [GeocodingQuery(f'{{n}} rue du Pont', '', '{NANTES}') for n in range(1, 8)]\n"
        "print(len(Cache(Path(sys.argv[1])).get(sys.argv[2], some)))"
    )
    told = [sys.executable, "-c", code, str(tmp_path), geocoder.url]
    assert subprocess.run(told, capture_output=True, check=True, text=True).stdout == "5\n"
    assert len(script.times) == 1


def test_processes_that_write_together_lose_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from geo.directory.geocoding.cache import Cache\n"
        "from geo.directory.geocoding.query import GeocodingQuery\n"
        "cache = Cache(Path(sys.argv[1]))\n"
        "for n in range(40):\n"
        "    cache.put('http://a', {GeocodingQuery(f'{n} rue {sys.argv[2]}'): None})\n"
        "sys.exit(cache.fault or 0)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "abc"
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    every = [GeocodingQuery(f"{n} rue {name}") for n in range(40) for name in "abc"]
    assert len(Cache(tmp_path).get("http://a", every)) == 120


def test_a_fault_midway_keeps_and_says_what_is_left(
    geocoder: Geocoder, script: Script, tmp_path: Path
) -> None:
    script.next.extend(["ok", *["503"] * 4])
    told: list[tuple[int, int]] = []
    stopped = ask(many(700), geocoder, Cache(tmp_path), lambda *done: told.append(done))
    assert len(stopped.answers) == 500
    assert told == [(500, 700)]
    assert "erreur 503" in stopped.fault
    assert "200\u00a0adresses restent sans réponse." in stopped.fault
    script.asked.clear()
    resumed = ask(many(700), geocoder, Cache(tmp_path))
    assert (len(resumed.answers), resumed.fault) == (700, "")
    assert len(script.asked) == 200


@pytest.mark.parametrize("word", ["cut", "error-rows"])
def test_what_a_broken_batch_lost_is_asked_once_more(
    geocoder: Geocoder, script: Script, tmp_path: Path, word: str
) -> None:
    script.next.append(word)
    whole = ask(many(30), geocoder, Cache(tmp_path))
    assert (len(whole.answers), whole.fault) == (30, "")
    assert len(script.times) == 2
    script.next.extend([word, word])
    part = ask([GeocodingQuery(f"{n} avenue Foch", "", NANTES) for n in range(30)], geocoder, None)
    assert 0 < len(part.answers) < 30
    assert "sans réponse" in part.fault


@pytest.mark.parametrize("content", [b"this is no database at all, sorry" * 100, None])
def test_a_file_that_cannot_be_used_stops_nothing(
    geocoder: Geocoder, script: Script, tmp_path: Path, content: bytes | None
) -> None:
    if content:
        (tmp_path / FILE).write_bytes(content)
    else:
        (tmp_path / FILE).mkdir()
    cache = Cache(tmp_path)
    for _ in range(2):
        assert len(ask(many(3), geocoder, cache).answers) == 3
    assert set(script.asked.values()) == {1}
    assert "geocodage.sqlite" in cache.fault


def test_an_erased_address_leaves_no_byte(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("http://a", {ASKED: HERE, GeocodingQuery("3 rue Haute"): None})
    cache.put("http://a", {GeocodingQuery("12 Rue du Pont"): HERE})
    assert b"rue du pont" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    cache.forget(ASKED)
    assert b"rue du pont" not in b"".join(file.read_bytes() for file in tmp_path.iterdir()).lower()
    assert cache.get("http://a", [ASKED, GeocodingQuery("3 rue Haute")]) == {
        GeocodingQuery("3 rue Haute"): None
    }
