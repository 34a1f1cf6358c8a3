"""What a visitor does and sees, in a few words each."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from playwright.sync_api import Frame, Locator, Page, ViewportSize
from playwright.sync_api import TimeoutError as TooLong

from tests.browser.harness import (
    DESKTOP,
    assert_no_console_error,
    assert_no_outside_request,
    map_frame,
    settle,
    traffic,
    visit,
)
from tests.browser.scripts import FORGET

PLACE: Final = "Votre commune"
TERRITORY: Final = "Commune, EPCI, EPT, PETR, CRTE, département ou région"
MARK: Final = ".leaflet-marker-pane .catalyseur"
CHARENTON: Final = "/?lieu=commune:94018"
POINT_OF: Final = """at => {
  const point = Object.values(window).find(one => one instanceof L.Map).latLngToContainerPoint(at);
  return [point.x, point.y];
}"""
NAMES: Final = """[...document.querySelectorAll('[aria-label], [title], [placeholder]')]
.flatMap(one => [one.ariaLabel ?? '', one.title, one.placeholder ?? ''])"""
READ_ALOUD: Final = re.compile(
    r"\b(Search|Clear|Fullscreen|Download|Navigate|App|Open|Sidebar|Expand|Collapse|Help|Close|Show|"
    r"Choose|Dataframe|Copy|Result|upload|Remove|Add|Error)\b|\\"
)
WALK: Final = """path => {
  History.prototype.pushState.call(history, {}, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}"""
SCROLLED: Final = "() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 100))"
TILE_HOSTS: Final = ("data.geopf.fr", *(f"{s}.tile.openstreetmap.fr" for s in "abc"))


def listed(page: Page) -> list[str]:
    """Name the catalysts of the list, in order."""
    return [name.strip() for name in page.locator("li.fiche h3").all_inner_texts()]


def ranked(page: Page) -> list[str]:
    """Name the catalysts that have a rank, in order, those folded away included."""
    return [name.strip() for name in page.locator("li.fiche:has(.rang) h3").all_text_contents()]


def marked(frame: Frame) -> list[str]:
    """Say what the marks of a map are called, the first rank first."""
    frame.wait_for_selector(MARK)
    said = frame.locator(MARK).evaluate_all("all => all.map(one => one.ariaLabel)")
    return sorted(said, key=lambda text: int(text.split(".")[0]) if text[0].isdigit() else 0)


def headings(page: Page) -> list[str]:
    return page.get_by_role("heading").all_inner_texts()


def read_aloud(page: Page) -> list[str]:
    """List the names and hints of what a page holds that are English, or not yet put into words."""
    return [text for text in page.evaluate(NAMES) if READ_ALOUD.search(text)]


@contextmanager
def drawer(page: Page, name: str = "Filtres") -> Iterator[Locator]:
    """Open the drawer of the filters, then close it, which runs the page too."""
    fold = page.get_by_test_id("stExpander").filter(has_text=name).first
    head = fold.locator("summary")
    head.click()
    fold.get_by_test_id("stButtonGroup").first.wait_for()
    yield fold
    head.click()
    settle(page)


def chosen(page: Page) -> list[str]:
    """Name the filters that are pressed."""
    with drawer(page) as inside:
        return inside.locator('[aria-pressed="true"]').all_inner_texts()


def search(page: Page, text: str, label: str = PLACE, parameter: str = "lieu") -> None:
    """Type a place and confirm it."""
    field = page.get_by_label(label)
    field.fill(text)
    field.press("Enter")
    page.wait_for_url(f"**{parameter}=**")
    settle(page)


def press_filter(page: Page, name: str) -> None:
    """Press one filter of the drawer and wait for its link."""
    before = page.url
    with drawer(page) as inside:
        inside.get_by_text(name, exact=True).first.click()
        page.wait_for_function("before => location.href !== before", arg=before)
        settle(page)


def open_card(frame: Frame, name: str) -> str:
    """Click the mark of a catalyst and give the words of its card."""
    frame.locator(f'{MARK}[aria-label*="{name}"]').click()
    return frame.locator(".carton").inner_text()


def download(page: Page, label: str, folder: Path) -> Path:
    """Choose a format, press the button and keep the file; or press the button of that name."""
    if page.get_by_role("button", name=label, exact=True).count() == 0:
        pick(page, page.get_by_role("combobox", name="Télécharger"), label)
        label = "Télécharger"
    with page.expect_download() as waited:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def pick(
    page: Page, box: Locator, option: str, *, exact: bool = False, typed: bool = False
) -> None:
    """Choose an option of a list, opened again where the page moved under it and closed it."""
    found = page.get_by_role("option", name=option, exact=exact).first
    for _ in range(5):
        box.scroll_into_view_if_needed()
        page.evaluate(SCROLLED)
        box.click()
        if typed:
            box.fill(option)
        with suppress(TooLong):
            found.click(timeout=5_000)
            settle(page)
            return
    found.click()  # says what is missing


def renew(page: Page) -> None:
    """Make a window as it was opened, but for the browser's cache and its cookies.

    A page whose scripts were read before takes a third less time than in a window of its own.
    """
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.evaluate(FORGET)
    page.unroute_all(behavior="ignoreErrors")
    page.goto("about:blank")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    for told in (traffic(page).requests, traffic(page).outside, traffic(page).errors):
        told.clear()


def walk(page: Page, path: str) -> None:
    """Go to another address of the app from an open page of it, as the browser's arrows do.

    Nothing is loaded, painted nor connected anew: a page with a map takes a third of a visit.
    """
    page.evaluate(WALK, path)
    settle(page)


def stand(page: Page, path: str, size: tuple[int, int] = DESKTOP) -> None:
    """Have an address open in the window that the test before left, there or elsewhere."""
    wanted = ViewportSize(width=size[0], height=size[1])
    resized = page.viewport_size != wanted
    if resized:
        page.set_viewport_size(wanted)
    if page.url == "about:blank":
        visit(page, path)
    elif not page.url.endswith(path):
        walk(page, path)
    elif resized:
        settle(page)


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """Show a page as it is printed; then on a screen that is not emulated, which prints too."""
    page.emulate_media(media="print")
    try:
        yield
    finally:
        page.emulate_media(media="null")


def show_map(page: Page) -> None:
    """Show the map where a phone shows the list first."""
    choice = page.locator("label[for='voir-carte']")
    if choice.count() and choice.is_visible():
        choice.click()


def map_of(page: Page) -> Frame:
    """Return the map once something of its base is drawn."""
    frame = map_frame(page)
    frame.wait_for_selector("canvas, .leaflet-container path", state="attached")
    return frame


def assert_quiet(page: Page, allowed: tuple[str, ...] = ()) -> None:
    """Fail when the page asked another host or complained, what a refused tile says apart."""
    assert_no_outside_request(page, allowed)
    if allowed:
        errors = traffic(page).errors
        errors[:] = [one for one in errors if "ERR_NAME_NOT_RESOLVED" not in one]
    assert_no_console_error(page)
