"""A real browser before the real app: one server and one Chromium for the whole folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.harness import NO_TILES, chromium_path, launch, open_page, serve

HERE = Path(__file__).parent
MISSING = "Chromium est introuvable : tests dans un vrai navigateur sautés (paquet « chromium »)"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder.

    A loaded machine may make a browser wait longer than a test does: it is asked again, twice at
    most; what is really wrong stays wrong.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=2))


# Package scope: Playwright's event loop is gone before other tests of the same worker run.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        chromium = launch(playwright, path)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def app_url(browser: Browser) -> Iterator[str]:
    """Give the address of the running app, tiles off; needs the browser so as to skip with it."""
    assert browser.is_connected()
    with serve(environment=NO_TILES) as url:
        yield url


@pytest.fixture
def page(browser: Browser, app_url: str) -> Iterator[Page]:
    """Open a fresh page of the user of the machine, who sees every form; nothing loaded yet."""
    opened = open_page(browser, app_url, at_the_machine=True)
    yield opened
    opened.context.close()
