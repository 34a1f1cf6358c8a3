"""Answers kept with a directory: nobody changes them for another, and they go with it."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from geo.analysis.coverage import coverage
from geo.directory.directory import Directory, memoise
from geo.errors import OverloadedError
from geo.query.selection import Selection
from tests.world import catalyst, frame_of

ALL = Selection()


@pytest.fixture
def book() -> Directory:
    practices = ["gestion_lieu"]
    rows = catalyst("a", location_precision="region", region_code="84", practices=practices)
    return Directory("dessin.csv", frame_of(rows, catalyst("b", location_precision="national")))


def test_an_answer_that_was_changed_changes_no_other(book):
    first = coverage(book, "region", ALL).frame
    before = first.map(lambda one: tuple(one) if isinstance(one, list) else one)
    first.loc["84", "catalyst_count"] = 99
    first["population"] = 0
    first.loc["84", "practices"].append("inventée")
    first["missing_practices"].iloc[0].clear()
    del first["distance_km"]
    again = coverage(book, "region", ALL).frame
    pd.testing.assert_frame_equal(
        again.map(lambda one: tuple(one) if isinstance(one, list) else one), before
    )


def test_the_same_question_is_worked_out_once_and_another_anew(book, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(Directory, "ask", _noted(Directory.ask, asked))
    for _ in range(3):
        coverage(book, "region", ALL)
    assert asked == ["coverage"]
    coverage(book, "region", Selection(practices=("gestion_lieu",)))
    coverage(book, "departement", ALL)
    assert asked == ["coverage"] * 3


def _noted(ask, asked):
    def noted(self, question, **parameters):
        asked.append(question)
        return ask(self, question, **parameters)

    return noted


def test_the_latest_questions_only_are_kept(book):
    coverage(book, "region", ALL)
    for number in range(40):
        coverage(book, "region", Selection(text=f"mot {number}"))
        coverage(book, "region", ALL)
    (answers,) = (one for one in book._answers.values() if ("region", ALL) in one)  # noqa: SLF001
    assert len(answers) == 32
    assert ("region", Selection(text="mot 0")) not in answers


def test_a_directory_no_longer_in_force_goes_without_the_collector(book):
    """What was frozen once warm is never collected: a replaced directory must not need it."""
    gone = Directory("ancien.csv", book.frame)
    coverage(gone, "region", ALL)
    gc.freeze()
    gc.disable()
    try:
        seen = weakref.ref(gone)
        del gone
        assert seen() is None
    finally:
        gc.enable()
        gc.unfreeze()


def test_a_long_question_is_worked_on_alone_and_the_impatient_come_back(book):
    begun, go = threading.Event(), threading.Event()
    worked: list[str] = []

    @memoise(4, 0.05)
    def long(_: Directory, question: str) -> str:
        worked.append(question)
        begun.set()
        assert go.wait(30)
        return question.upper()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(long, book, "une")
        assert begun.wait(30)
        for question in ("une", "autre"):
            with pytest.raises(OverloadedError, match="redemandez"):
                long(book, question)
        go.set()
        assert first.result() == "UNE"
    assert [long(book, "une"), long(book, "autre")] == ["UNE", "AUTRE"]
    assert worked == ["une", "autre"]
