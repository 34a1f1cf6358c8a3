"""What a browser may send as a click on a map: anything."""

import pytest

from pages.components.map import Click, _click


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {"kind": []},
        {"kind": {}},
        {"kind": "place", "lon": 10**400, "lat": 1},
        {"kind": "place", "lon": float("nan"), "lat": 1},
        {"kind": "place", "lon": 1e308, "lat": 1},
        {"kind": "place", "lon": "2", "lat": None},
    ],
)
def test_a_forged_click_is_no_click(sent: object) -> None:
    assert _click(sent) is None


def test_a_click_is_read_with_its_id_cut() -> None:
    sent = {"kind": "area", "id": "9" * 10_000, "lon": 2, "lat": 48.5, "own": "yes"}
    assert _click(sent) == Click("area", "9" * 200, 2.0, 48.5)
