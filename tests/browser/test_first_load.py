"""The first page as a new visitor's browser loads it: compressed, asked for once, light."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from geo.api import preloads
from tests.browser.harness import (
    ROOT,
    assert_no_console_error,
    map_frame,
    open_page,
    settle,
    visit,
)
from tests.browser.steps import renew

MOST_BYTES = {"/": 1_600_000, "/carte": 2_100_000}  # a table weighs half a megabyte
WARNED_AFTER_MS = 8_000  # Chromium waits some seconds before it says that a preload was in vain
ANSWERED = """path => fetch(path).then(answer => answer.text())
  .then(text => text.includes('as="fetch"'))"""
FILES = ("/static/", "/assets/", "/layers/", "/component/")


@dataclass
class Loaded:
    """What came over the wire for one page."""

    page: Page
    answers: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def sent(self) -> list[tuple[str, dict[str, Any], int]]:
        """List path, answer and size of what was not in the browser's cache."""
        return [
            (urlsplit(answer["url"]).path, answer, self.sizes.get(key, 0))
            for key, answer in self.answers.items()
            if answer["url"].startswith("http") and self.sizes.get(key)
        ]


def load(browser: Browser, url: str, path: str, reading: Page) -> Loaded:
    visit(reading, path)  # a server that has just started paints without its answers
    reading.wait_for_function(ANSWERED, arg=path, polling=500)
    renew(reading)
    page = open_page(browser, url, judged=False)  # who judges requests turns the cache off
    found = Loaded(page)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.responseReceived",
        lambda e: found.answers.update({e["requestId"]: e["response"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda e: found.sizes.update({e["requestId"]: int(e["encodedDataLength"])}),
    )
    page.on("console", lambda m: found.warnings.append(m.text) if m.type == "warning" else None)
    page.goto(path)
    map_frame(page)
    settle(page)
    return found


@pytest.fixture(scope="module")
def both(browser: Browser, app_url: str, reading_window: Page) -> Iterator[dict[str, Loaded]]:
    """Load two pages, each in a browser that knows nothing, and wait for both at once."""
    found = {path: load(browser, app_url, path, reading_window) for path in MOST_BYTES}
    found["/"].page.wait_for_timeout(WARNED_AFTER_MS)
    yield found
    for one in found.values():
        one.page.context.close()


@pytest.fixture(params=list(MOST_BYTES))
def loaded(both: dict[str, Loaded], request: pytest.FixtureRequest) -> Loaded:
    return both[request.param]


def test_scripts_and_styles_come_compressed(loaded: Loaded) -> None:
    plain = [
        path
        for path, answer, _ in loaded.sent()
        if path.startswith(FILES)
        and path.endswith((".js", ".css", ".json", ".geojson"))
        and {k.lower(): v for k, v in answer["headers"].items()}.get("content-encoding")
        not in {"br", "gzip"}
    ]
    assert plain == []


def test_no_file_is_downloaded_twice(loaded: Loaded) -> None:
    counts = Counter(
        answer["url"]
        for path, answer, _ in loaded.sent()
        if path.startswith(FILES) and not path.endswith("index.html")
    )
    assert [url for url, count in counts.items() if count > 1] == []


def test_what_is_asked_for_ahead_is_used(loaded: Loaded) -> None:
    assert [text for text in loaded.warnings if "preload" in text] == []
    links = loaded.page.evaluate(
        "[...document.querySelectorAll('link[rel=prefetch]')].map(one => one.href)"
    )
    frame = loaded.page.locator('iframe[src*="streamlit_folium"]').first.element_handle()
    inner = frame.content_frame() if frame else None
    assert inner
    used = inner.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert len(links) > 3
    assert set(links) <= set(used)


def test_the_records_are_asked_for_by_the_document(loaded: Loaded) -> None:
    asked = loaded.page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter(one => one.name.includes('/layers/points/')).map(one => one.initiatorType)"
    )
    assert asked == ["link"]
    points = [path for path, *_ in loaded.sent() if path.startswith("/layers/points/")]
    assert len(points) == 1


def test_the_first_page_is_light(loaded: Loaded) -> None:
    total = sum(size for *_, size in loaded.sent())
    most = MOST_BYTES[urlsplit(loaded.page.url).path]
    assert total < most, sorted((size, path) for path, _, size in loaded.sent())[-8:]


def test_nothing_is_wrong(loaded: Loaded) -> None:
    assert_no_console_error(loaded.page)


def test_pages_with_a_map_are_pages() -> None:
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert preloads.WITH_MAP - {""} <= pages
