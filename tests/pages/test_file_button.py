"""Files that pages make: one at a time, two waiting for one address, and by one door."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

import pytest

from geo.errors import OverloadedError
from geo.settings import ROOT
from pages.components.file_button import in_turn


def test_files_of_several_visitors_are_made_one_after_the_other() -> None:
    lock, now, most = Lock(), 0, 0

    def make() -> bytes:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        Event().wait(0.02)
        with lock:
            now -= 1
        return b"made"

    with ThreadPoolExecutor(6) as pool:
        made = [pool.submit(in_turn(make, f"10.0.0.{one}")) for one in range(6)]
        assert {one.result(timeout=30) for one in made} == {b"made"}
    assert most == 1


def test_a_third_file_of_one_address_is_refused_at_once_while_others_get_theirs() -> None:
    begun, end = Event(), Event()

    def slow() -> bytes:
        begun.set()
        end.wait(30)
        return b"slow"

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(in_turn(slow, "10.0.0.1"))
        assert begun.wait(30)
        second = pool.submit(in_turn(lambda: b"second", "10.0.0.1"))
        other = pool.submit(in_turn(lambda: b"other", "10.0.0.2"))
        while not second.running():
            Event().wait(0.01)
        Event().wait(0.2)  # until it waits for its turn
        with pytest.raises(OverloadedError, match="Trop de fichiers"):
            in_turn(lambda: b"third", "10.0.0.1")()
        end.set()
        results = [one.result(timeout=30) for one in (first, second, other)]
    assert results == [b"slow", b"second", b"other"]
    assert in_turn(lambda: b"again", "10.0.0.1")() == b"again"


def test_a_file_that_fails_gives_its_turn_back() -> None:
    def fails() -> bytes:
        raise ValueError("a fault")

    for _ in range(3):
        with pytest.raises(ValueError, match="a fault"):
            in_turn(fails, "10.0.0.1")()
    assert in_turn(lambda: b"made", "10.0.0.1")() == b"made"


def test_every_page_hands_files_over_by_the_one_button() -> None:
    callers = [
        path.name
        for path in (ROOT / "pages").rglob("*.py")
        if "download_button(" in path.read_text(encoding="utf-8")
    ]
    assert callers == ["file_button.py"]
