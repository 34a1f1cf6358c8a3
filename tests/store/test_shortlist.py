"""One question answered from the few records that it needs is answered as from all of them."""

import random
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from geo.analysis import nearest as nearest_module
from geo.analysis.nearest import Nearest, Search, nearest, nearest_once
from geo.analysis.origin import Origin, parse_origin
from geo.directory.directory import Directory
from geo.directory.published import published_catalysts
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.directory.store.worlds import FICTITIOUS
from geo.query.selection import Selection
from tests.store.drawn import record
from tests.store.test_catching_up import said

PLACES = ("commune:94018", "departement:63", "2.41382,48.82312", "-5.5,46.5")
SELECTIONS = (
    Selection(),
    Selection(practices=("gestion_lieu",)),
    Selection(practices=("non_renseigne",), evidence=("named",)),
    Selection(text="É"),
)


def actor(rng: random.Random, number: int) -> dict[str, Any]:
    """Draw an actor near one of a few points, so that many are about as near as each other."""
    start = FICTITIOUS if rng.random() < 0.1 else "a"
    lon, lat = rng.choice(((2.41, 48.82), (3.08, 45.78), (55.45, -20.88)))
    point = {"longitude": lon + rng.choice((0, 0.01)), "latitude": lat + rng.random() / 100}
    return record(
        "actor",
        f"{start}{number:03d}",
        **said(rng)
        | (point if rng.random() < 0.7 else {"longitude": None, "latitude": None})
        | {
            "scope": rng.choice(("", "", "national", "departement:94", "region:84")),
            "website": rng.choice(("", "https://exemple.invalid")),
            "fictive": rng.random() < 0.01,
        },
    )


def questions() -> Iterator[tuple[Origin, Selection, Search]]:
    """Ask from land and sea, of few and many, with and without a radius."""
    for place in PLACES:
        for selection in SELECTIONS:
            for search in (Search(1), Search(5, 30.0), Search(7, by_distance=True), Search(500)):
                yield parse_origin(place), selection, search


def assert_same(one: Nearest, other: Nearest) -> None:
    pd.testing.assert_frame_equal(one.all_rows, other.all_rows)
    assert (one.selected_count, one.placed_count) == (other.selected_count, other.placed_count)
    assert [one.notices(), one.unranked()] == [other.notices(), other.unranked()]


def test_the_answer_is_that_of_the_whole_directory(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(11)  # noqa: S311 - drawn, not secret
    monkeypatch.setattr(nearest_module, "open_store", lambda: store)
    some = [actor(rng, number) for number in range(120)]
    store.write(Changes.one("actor", *some), author="Aude", message="Essai")
    whole = Directory(store.origin, published_catalysts(store))
    sizes = set()
    for origin, selection, search in questions():
        book, answer = nearest_once(origin, selection, search)
        assert_same(answer, nearest(whole, origin, selection, search))
        assert (book.name, book.fictive) == (whole.name, whole.fictive)
        sizes.add(len(book.frame))
    assert min(sizes) < 0.7 * len(whole.frame)  # some were answered without reading all


def test_of_an_empty_store_nothing_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_module, "open_store", lambda: store)
    book, answer = nearest_once(parse_origin("commune:94018"), Selection(), Search())
    assert answer.all_rows.empty
    assert answer.selected_count == 0
    assert not book.fictive


@pytest.mark.parametrize("only", [True, False])
def test_what_is_made_up_is_said_wherever_it_stands(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, only: bool
) -> None:
    monkeypatch.setattr(nearest_module, "open_store", lambda: store)
    far = {"longitude": 3.08, "latitude": 45.78, "fictive": only, "evidence": "named"}
    near = {"longitude": 2.41, "latitude": 48.82, "evidence": "named"}
    some = record("actor", "far", **far), record("actor", "near", **near)
    store.write(Changes.one("actor", *some), author="Aude", message="Essai")
    book, answer = nearest_once(parse_origin("commune:94018"), Selection(), Search(1))
    assert [*answer.ranked.index] == ["near"]
    assert book.fictive is only
