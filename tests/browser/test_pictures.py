"""Each page looks as it did when it was last accepted: layout, not glyphs.

A page that changed on purpose is accepted anew by ``python -m tests.browser.pictures NAME``, its
picture looked at before it is committed: see ``tests/browser/pictures.py``.
"""

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.harness import visit
from tests.browser.pictures import (
    ACCEPTED,
    MOST,
    SIZES,
    VIEWS,
    assert_as_accepted,
    difference,
    path_of,
    take,
)
from tests.browser.steps import stand
from tests.browser.test_first_screen import MADE_LIVE

LARGEST_FILE, LARGEST_ALL = 40_000, 1_200_000
OTHER_FONT = (
    "@font-face { font-family: Autre; src: local('DejaVu Sans'); size-adjust: 87% }"
    "*:not([data-testid=stIconMaterial]) { font-family: Autre, sans-serif !important }"
)
MOVED = "[data-testid=stMain] { transform: translate(60px, 40px) }"


@pytest.mark.parametrize("view", [name for name, path in VIEWS.items() if path not in MADE_LIVE])
def test_a_page_looks_as_it_was_accepted(reader: Page, view: str) -> None:
    """Those whose first screen is looked at are photographed there."""
    visit(reader, VIEWS[view])
    assert_as_accepted(reader, view)


def test_another_font_passes_and_a_layout_that_moved_does_not(shared_reader: Page) -> None:
    reader = shared_reader
    stand(reader, VIEWS["proches"])
    for width in SIZES:
        accepted = Image.open(path_of("proches", width))
        for change, seen in ((OTHER_FONT, False), (MOVED, True)):
            style = reader.add_style_tag(content=change)
            assert (difference(take(reader, width), accepted, width) > MOST) is seen, width
            style.evaluate("style => style.remove()")


def test_accepted_pictures_are_those_of_the_views_and_stay_small() -> None:
    files = {path: path.stat().st_size for path in ACCEPTED.glob("*.png")}
    assert set(files) == {path_of(view, width) for view in VIEWS for width in SIZES}
    assert max(files.values()) <= LARGEST_FILE
    assert sum(files.values()) <= LARGEST_ALL
