"""A script that slipped into a page does not run there, and sends nothing out."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import map_frame, open_page, settle, traffic, visit

SLIPPED: Final = {
    "an image's handler": "<img src=x onerror='window.hacked = 1'>",
    "a frame": "<iframe srcdoc='<script>top.hacked = 1</script>'></iframe>",
    "a frame of data": "<iframe src='data:text/html,<script>1</script>'></iframe>",
    "a link": "<a id=piege href='javascript:window.hacked = 1'>a</a>",
}
RUN: Final = """text => {
  document.body.insertAdjacentHTML("beforeend", text);
  document.querySelector("#piege")?.click();
}"""
ADDED: Final = """text => {
  const one = document.createElement("script");
  one.textContent = "window.hacked = 1";
  document.head.append(one);
}"""
SENT: Final = """async address => {
  const image = new Image();
  const seen = new Promise(done => {
    image.onload = () => done(true);
    image.onerror = () => done(false);
  });
  image.src = address;
  const asked = await fetch(address, {mode: "no-cors"}).then(() => true, () => false);
  return [await seen, asked];
}"""


@pytest.fixture
def opened(reader: Page) -> Page:
    visit(reader, "/methode")
    return reader


@pytest.mark.parametrize("name", SLIPPED)
def test_what_slipped_into_a_page_does_not_run(opened: Page, name: str) -> None:
    opened.evaluate(RUN, SLIPPED[name])
    opened.evaluate(ADDED)
    settle(opened)
    assert opened.evaluate("window.hacked ?? null") is None
    assert any("Content Security Policy" in one for one in traffic(opened).errors)


@pytest.fixture(scope="module")
def lawless(browser: Browser, app_url: str) -> Iterator[Page]:
    """Open the same page where its policy counts for nothing."""
    page = open_page(browser, app_url, bypass_csp=True)
    visit(page, "/methode")
    yield page
    page.context.close()


def test_the_same_would_run_without_the_policy(lawless: Page) -> None:
    assert lawless.evaluate("window.hacked ?? null") is None
    lawless.evaluate(RUN, SLIPPED["an image's handler"])
    lawless.wait_for_function("window.hacked === 1")


def test_nothing_is_sent_to_another_host(opened: Page, lawless: Page, tiled_url: str) -> None:
    """The other server stands for anybody's: it answers both an image and a request."""
    other = f"{tiled_url}/apercu.png"
    assert opened.evaluate(SENT, other) == [False, False]
    assert lawless.evaluate(SENT, other) == [True, True]


def test_the_frame_of_a_map_sends_nothing_to_another_host(opened: Page, tiled_url: str) -> None:
    visit(opened, "/carte")
    assert map_frame(opened).evaluate(SENT, f"{tiled_url}/apercu.png") == [False, False]


@pytest.mark.parametrize("path", ["/", "/nimporte/quoi", "/carte?embed=true", "/entrer"])
def test_each_document_says_what_it_may_do(app_url: str, path: str) -> None:
    said = headers(app_url + path)
    policy = said["content-security-policy"]
    assert "default-src 'none'" in policy
    scripts = policy.partition("script-src ")[2].partition(";")[0]
    assert "unsafe" not in scripts
    assert "*" not in scripts
    assert said["x-content-type-options"] == "nosniff"
    assert said["referrer-policy"] in {"strict-origin-when-cross-origin", "no-referrer"}
    assert "camera=()" in said["permissions-policy"]


def test_files_and_routes_of_streamlit_say_it_too(app_url: str) -> None:
    for path in ("/_stcore/health", "/static/favicon.png", "/api/health", "/assets/first.js"):
        assert headers(app_url + path)["x-content-type-options"] == "nosniff", path


def test_an_address_of_no_page_says_so_and_leads_to_one(opened: Page, app_url: str) -> None:
    answer = opened.goto(f"{app_url}/nimporte")
    assert answer
    assert answer.status == 404
    assert opened.get_by_role("heading", level=1).inner_text() == "Page introuvable"
    assert not any("Content Security Policy" in one for one in traffic(opened).errors)
    opened.get_by_role("link", name="La carte des catalyseurs").click()
    settle(opened)
    assert opened.url == f"{app_url}/carte"


def headers(url: str) -> dict[str, Any]:
    try:
        with urlopen(url, timeout=60) as answer:  # noqa: S310 - loopback
            told = answer.headers
    except OSError as refusal:
        told = refusal.headers  # type: ignore[attr-defined]
    return {name.lower(): value for name, value in told.items()}
