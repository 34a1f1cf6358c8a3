"""À vérifier: a point typed as people write it, or asked for again in one sentence."""

import pytest

from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from tests.pages.people import CARD, own_store, press, seen_by
from tests.pages.seen import faults, field

__all__ = ["own_store"]


@pytest.fixture
def doubtful(store: Store) -> Store:
    record = store.record("actor", CARD)
    doubt = {"latitude": 45.8, "longitude": 3.0, "location_check": "Loin de sa commune."}
    store.write(Changes.one("actor", record | doubt), author="Essai", message="Essai")
    return store


def test_a_coordinate_is_written_short_with_a_comma(doubtful: Store) -> None:
    assert doubtful.record("actor", CARD)["latitude"] == 45.8
    app = seen_by("colette", "verifier")
    assert field(app, "text_input", "Latitude").value == "45,8"
    assert field(app, "text_input", "Longitude").value == "3"


@pytest.mark.parametrize("typed", ["48,82", " 48.82 "])
def test_a_comma_or_a_point_is_taken(doubtful: Store, typed: str) -> None:
    app = seen_by("colette", "verifier")
    field(app, "text_input", "Latitude").input(typed)
    field(app, "text_input", "Longitude").input("2,41")
    press(app, "Enregistrer ce point")
    assert faults(app) == []
    after = doubtful.record("actor", CARD)
    assert (after["latitude"], after["longitude"]) == (48.82, 2.41)


@pytest.mark.parametrize("typed", ["", "nord", "91", "1e400", "48,8,2"])
def test_what_is_no_latitude_is_asked_for_again(doubtful: Store, typed: str) -> None:
    before = doubtful.snapshot()
    app = seen_by("colette", "verifier")
    field(app, "text_input", "Latitude").input(typed)
    press(app, "Enregistrer ce point")
    [told] = faults(app)
    assert told.replace("\u00a0", " ").replace("\\", "") == (
        "Latitude : écrivez des degrés, de -90 à 90, comme 45,8 ou 45.8."
    )
    assert doubtful.snapshot() == before
