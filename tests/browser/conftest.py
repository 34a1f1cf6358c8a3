"""A real browser before the real app: one server and one Chromium for the whole folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.harness import (
    NO_TILES,
    PATIENCE_MS,
    SHORT_LIVED,
    launch,
    open_page,
    serve,
    tested_path,
)
from tests.browser.openid import ROLES, SECRETARIAT, signing_in
from tests.browser.steps import renew
from tests.smtp import Postman, mail_server

HERE = Path(__file__).parent
MISSING = (
    "Chromium est introuvable : tests dans un vrai navigateur sautés "
    "(paquet « chromium-headless-shell » ou « chromium »)"
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: none is run again, what is waited for is waited longer."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Package scope: Playwright's event loop is gone before other tests of the same worker run.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = tested_path()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = launch(playwright, path, SHORT_LIVED)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def app_url(browser: Browser) -> Iterator[str]:
    """Return the address of the running app, tiles off; needs the browser so as to skip with it."""
    assert browser.is_connected()
    with serve(environment=NO_TILES) as url:
        yield url


@pytest.fixture(scope="package")
def tiled_url(browser: Browser) -> Iterator[str]:
    """Return the address of the app set otherwise.

    Two tile servers, one site that may frame it, no right to who sits at the machine.
    """
    assert browser.is_connected()
    own = {"CATALYSE_TILES": "ign,osm", "CATALYSE_FRAME_ANCESTORS": "https://maville.fr"}
    with serve(environment=own | {"CATALYSE_LOCAL": "non"}) as url:
        yield url


@pytest.fixture(scope="package")
def postman() -> Iterator[Postman]:
    """Receive what the app where people sign in sends by mail."""
    with mail_server() as found:
        yield found


@pytest.fixture(scope="package")
def signing_url(browser: Browser, postman: Postman) -> Iterator[str]:
    """Return the address of the app where people sign in, with its mails."""
    assert browser.is_connected()
    mails = {"CATALYSE_SMTP": postman.url, "CATALYSE_SECRETARIAT": SECRETARIAT}
    with signing_in(ROLES | mails) as url:
        yield url


@pytest.fixture(scope="package")
def window(browser: Browser, app_url: str) -> Iterator[Page]:
    """Open a window of the user of the machine, who sees every form; nothing loaded yet."""
    opened = open_page(browser, app_url, at_the_machine=True)
    yield opened
    opened.context.close()


@pytest.fixture(scope="package")
def reading_window(browser: Browser, app_url: str) -> Iterator[Page]:
    """Open a window of somebody who only reads; nothing loaded yet."""
    opened = open_page(browser, app_url)
    yield opened
    opened.context.close()


@pytest.fixture(scope="package")
def tiled_window(browser: Browser, tiled_url: str) -> Iterator[Page]:
    opened = open_page(browser, tiled_url)
    yield opened
    opened.context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """Give that window as new; what a browser keeps of scripts it has read spares reading them."""
    if window.url != "about:blank":
        renew(window)
    yield window
    renew(window)


@pytest.fixture
def shared(window: Page) -> Page:
    """Give that window with the page that the test before left in it, if it was given so too."""
    return window


@pytest.fixture
def shared_reader(reading_window: Page) -> Page:
    """Give the window of who only reads with the page that the test before left in it."""
    return reading_window


@pytest.fixture
def reader(reading_window: Page) -> Iterator[Page]:
    """Give the window of who only reads, as new."""
    if reading_window.url != "about:blank":
        renew(reading_window)
    yield reading_window
    renew(reading_window)


@pytest.fixture
def tiled(tiled_window: Page) -> Iterator[Page]:
    """Give the window of the app set otherwise, as new."""
    yield tiled_window
    renew(tiled_window)
