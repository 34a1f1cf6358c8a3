"""The harness itself: each check that it offers can fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.harness import (
    PHONE,
    assert_no_console_error,
    assert_no_outside_request,
    axe,
    is_outside,
    map_frame,
    open_page,
    screenshot,
    serve,
    settle,
    traffic,
    visit,
)
from tests.browser.steps import renew

SMALL_APP = """
import folium
import streamlit as st
from streamlit_folium import st_folium

st.title("Essai")
if st.button("Ajouter"):
    st.write("Ajouté")
st_folium(folium.Map(tiles=None), returned_objects=[], height=200)
"""


@pytest.fixture(scope="module")
def small_url(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    app = tmp_path_factory.mktemp("small") / "small.py"
    app.write_text(SMALL_APP, encoding="utf-8")
    assert browser.is_connected()
    with serve(app) as url:
        yield url


@pytest.fixture(scope="module")
def small_window(browser: Browser, small_url: str) -> Iterator[Page]:
    opened = open_page(browser, small_url)
    yield opened
    opened.context.close()


@pytest.fixture
def small(small_window: Page) -> Iterator[Page]:
    yield small_window
    renew(small_window)


def test_a_rerun_is_awaited(small: Page) -> None:
    visit(small)
    small.get_by_role("button", name="Ajouter").click()
    settle(small)
    assert small.get_by_text("Ajouté").is_visible()


def test_a_quiet_page_passes(small: Page) -> None:
    small.goto("/_stcore/health")
    assert_no_outside_request(small)
    assert_no_console_error(small)
    assert traffic(small).requests


def test_a_request_that_leaves_the_machine_is_refused_and_named(small: Page) -> None:
    small.goto("/_stcore/health")
    named, numbered = "http://tuiles.invalid/1.png", "http://192.0.2.1/1.png"
    small.set_content(f'<img src="{named}"><img src="{numbered}">')
    small.wait_for_function("[...document.images].every(one => one.complete)")
    assert sorted(traffic(small).outside) == [numbered, named]
    with pytest.raises(AssertionError, match=r"tuiles\.invalid"):
        assert_no_outside_request(small)
    assert_no_outside_request(small, allowed=("tuiles.invalid", "192.0.2.1"))
    with pytest.raises(AssertionError, match="console errors"):
        assert_no_console_error(small)


def test_a_folium_map_with_its_default_scripts_is_caught(small: Page) -> None:
    visit(small)
    small.wait_for_timeout(500)
    with pytest.raises(AssertionError, match="left the machine"):
        assert_no_outside_request(small)


def test_a_map_that_never_draws_is_an_error(small: Page) -> None:
    visit(small)
    with pytest.raises(Exception, match="Timeout"):
        map_frame(small, nth=3, timeout_ms=500)


def test_axe_names_an_image_without_text(small: Page) -> None:
    small.goto("/_stcore/health")
    small.set_content('<html lang="fr"><title>t</title><main><h1>T</h1><img src="data:,"></main>')
    assert "image-alt" in {fault["id"] for fault in axe(small)}


def test_axe_is_content_with_a_plain_page(small: Page) -> None:
    small.goto("/_stcore/health")
    small.set_content('<html lang="fr"><title>t</title><main><h1>Titre</h1></main>')
    assert axe(small) == []


def test_a_screenshot_has_the_size_asked(small: Page, tmp_path: Path) -> None:
    visit(small)
    path = screenshot(small, tmp_path / "phone.png", PHONE)
    header = path.read_bytes()[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == PHONE


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="did not start"), serve(tmp_path / "absent.py"):
        pass


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("http://127.0.0.1:8501/x", False),
        ("ws://127.0.0.1:8501/_stcore/stream", False),
        ("data:image/png;base64,", False),
        ("blob:http://127.0.0.1/1", False),
        ("https://tile.invalid/1/2/3.png", True),
        ("wss://ailleurs.invalid/", True),
        ("http://127.0.0.1.invalid/", True),
    ],
)
def test_outside_is_any_other_host(url: str, *, answer: bool) -> None:
    assert is_outside(url) is answer
