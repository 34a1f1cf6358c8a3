"""Of a crowd, a page sends the browser the names of one page of the table, not all of them."""

import pytest

from geo.directory.directory import directory
from pages.components import catalyst_table
from tests.pages.seen import faults, opened

_PAGE = 20


def _offered() -> list[str]:
    app = opened("catalyseurs")
    assert faults(app) == []
    [box] = [one for one in app.selectbox if one.label == "Ouvrir une fiche"]
    return list(box.options)


@pytest.mark.parametrize(("most", "expected"), [(10, _PAGE), (10_000, None)])
def test_names_to_open_are_those_of_the_page_of_a_crowd(
    monkeypatch: pytest.MonkeyPatch, most: int, expected: int | None
) -> None:
    monkeypatch.setattr(catalyst_table, "_A_PAGE", _PAGE)
    monkeypatch.setattr(catalyst_table, "_OFFERED", most)
    names = directory().frame["catalyst_name"].to_list()
    assert _offered() == names[:expected]
