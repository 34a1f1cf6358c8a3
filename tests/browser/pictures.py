"""What a page looks like, coarsely: blurred and small, so that layout counts and glyphs do not.

``python -m tests.browser.pictures`` takes the pictures anew: look at each before committing it.
"""

import re
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLong

from tests.browser.harness import (
    DESKTOP,
    PHONE,
    launch,
    open_page,
    serve,
    settle,
    tested_path,
    visit,
)

ACCEPTED: Final = Path(__file__).parent / "accepted"
SIZES: Final = {1280: DESKTOP, 390: PHONE}
VIEWS: Final = {
    "proches": "/?lieu=commune:94018",
    "carte": "/carte",
    "couverture": "/couverture",
    "territoire": "/territoire?territoire=crte:crte-84-07-3",
    "catalyseurs": "/catalyseurs",
    "fiche": "/catalyseurs?fiche=agir-ensemble-a-charenton",
    "alliances": "/alliances",
    "ecosysteme": "/ecosysteme?ecosysteme=exemple-paris-est-marne-bois",
    "projets": "/projets",
    "ressources": "/ressources",
    "methode": "/methode",
}
MOST: Final = 0.05
"""Share of the screen that may differ: another font of like widths changes 1 %, a layout that moved
by 60 px 7 % of an almost empty page and 10 to 40 % of the others."""
_KEPT: Final = 3  # an accepted picture is so many times smaller than the screen
_CELL: Final = 20  # CSS pixels: what is compared
_BLUR: Final = 1.5  # cells
_SEEN: Final = 10  # levels of 255 from which a cell differs
_LOOKS: Final = 12
_MOVING: Final = "*{caret-color:transparent!important;animation:none!important}"


def take(page: Page, width: int) -> Image.Image:
    """Photograph what a visitor sees before scrolling, once nothing moves."""
    page.set_viewport_size({"width": SIZES[width][0], "height": SIZES[width][1]})
    settle(page)
    page.add_style_tag(content=_MOVING)
    page.wait_for_timeout(700)  # a map fits its new size with an animation
    with suppress(TooLong):  # a cold server draws the first squares of a ground in its own time
        page.wait_for_load_state("networkidle", timeout=10_000)
    picture = page.screenshot()
    for _ in range(_LOOKS):
        page.wait_for_timeout(300)
        before, picture = picture, page.screenshot()
        if before == picture:
            break
    return Image.open(BytesIO(picture)).convert("RGB")


def path_of(view: str, width: int) -> Path:
    """Return where the accepted picture of a view stands."""
    return ACCEPTED / f"{view}-{width}.png"


def accept(picture: Image.Image, path: Path) -> None:
    """Write a picture small, in few colours."""
    small = picture.reduce(_KEPT).quantize(48, dither=Image.Dither.NONE)
    path.parent.mkdir(exist_ok=True)
    small.save(path, optimize=True)


def difference(one: Image.Image, other: Image.Image, width: int) -> float:
    """Return the share of the screen, 0 to 1, whose blurred look differs."""
    size = tuple(side // _CELL for side in SIZES[width])
    cells = [
        np.asarray(
            picture.convert("RGB")
            .resize((size[0], size[1]), Image.Resampling.BOX)
            .filter(ImageFilter.GaussianBlur(_BLUR)),
            dtype=np.int16,
        )
        for picture in (one, other)
    ]
    return float((np.abs(cells[0] - cells[1]).max(axis=2) > _SEEN).mean())


def assert_as_accepted(page: Page, view: str) -> None:
    """Fail when an open page looks otherwise than its accepted pictures."""
    found = {
        width: difference(take(page, width), Image.open(path_of(view, width)), width)
        for width in SIZES
    }
    assert max(found.values()) <= MOST, {width: f"{one:.1%}" for width, one in found.items()}


def main(wanted: list[str]) -> None:
    """Take the pictures of some views, or of all, and accept them."""
    asked = {name: VIEWS[name] for name in wanted or VIEWS if re.fullmatch(r"[\w-]+", name)}
    with serve() as url, sync_playwright() as playwright:
        browser = launch(playwright, str(tested_path()))
        for name, path in asked.items():
            page = open_page(browser, url)
            visit(page, path)
            for width in SIZES:
                accept(take(page, width), path_of(name, width))
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
