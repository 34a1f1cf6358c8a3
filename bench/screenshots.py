"""Make README's screenshots from the running app: `make screenshots`."""

import sys
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests.browser.harness import (
    DESKTOP,
    PHONE,
    ROOT,
    chromium_path,
    launch,
    map_frame,
    open_page,
    screenshot,
    serve,
    visit,
)

FOLDER: Final = ROOT / ".github" / "screenshots"
# Name of the picture -> address, and whether the page holds a map.
SHOTS: Final = {
    "trouver": ("/?lieu=commune:63113", True),
    "carte": ("/carte", True),
    "territoire": ("/territoire?territoire=crte:crte-84-63-1", True),
    "ecosysteme": ("/ecosysteme?ecosysteme=exemple-paris-est-marne-bois", True),
    "catalyseurs": ("/catalyseurs", False),
    "methode": ("/methode", False),
}


def shoot(page: Page, name: str, size: tuple[int, int]) -> None:
    """Open one page at one size of screen and keep what a visitor sees first."""
    path, has_map = SHOTS[name]
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, path)
    if has_map and page.locator("iframe").first.is_visible():  # a phone may show the list first
        map_frame(page).wait_for_selector("canvas, .leaflet-container path", state="attached")
        page.wait_for_timeout(500)
    print(screenshot(page, FOLDER / f"{name}-{size[0]}.png", size))


def main() -> int:
    """Make every picture at both sizes."""
    path = chromium_path()
    if path is None:
        print("Chromium est introuvable : aucune capture.", file=sys.stderr)
        return 1
    with sync_playwright() as playwright, serve() as url:
        browser = launch(playwright, path)
        for size in (DESKTOP, PHONE):
            page = open_page(browser, url, size, at_the_machine=True)
            for name in SHOTS:
                shoot(page, name, size)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
