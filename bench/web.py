"""The app as a visitor meets it: cold start, filter, bytes; measured in Chromium."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, Frame, Page, sync_playwright

from bench.bytes import watch
from bench.measure import Report, Row
from tests.browser.harness import chromium_path, launch, map_frame, open_page, serve, settle, visit

STARTS, CLICKS = 4, 12
WITH_MAP: Final = ("/", "/carte")
DRAWER: Final = '[data-testid="stExpander"]:has-text("Filtres")'
FILTER: Final = f'{DRAWER} [data-testid="stButtonGroup"] button'
# Painted: the outline underneath and a marker are there, and two frames have been drawn since.
PAINTED: Final = """() => new Promise(done => {
  const look = () => {
    const drawn = document.querySelector('.leaflet-socle-pane path')
      && document.querySelector('.leaflet-marker-pane > *');
    if (!drawn) { setTimeout(look, 5); return; }
    requestAnimationFrame(() => requestAnimationFrame(
      () => done(performance.timeOrigin + performance.now())));
  };
  look();
})"""
WATCH_MARKERS: Final = """() => {
  window.unchanged = true;
  new MutationObserver(() => requestAnimationFrame(
    () => { window.redrawn = performance.timeOrigin + performance.now(); }
  )).observe(document.querySelector('.leaflet-marker-pane'), { childList: true });
}"""
WATCH_CLICKS: Final = """() => document.addEventListener('pointerdown',
  () => { window.pressed = performance.timeOrigin + performance.now(); }, { capture: true })"""


def painted_at(page: Page) -> float:
    """Wait for the first map and give the moment it was painted, seconds since 1970."""
    return float(map_frame(page).evaluate(PAINTED)) / 1000


def cold_start(browser: Browser) -> tuple[float, float]:
    """Time `streamlit run` until the server answers, and until the first map is painted."""
    start = time.time()
    with serve() as url:
        up = time.time() - start
        page = open_page(browser, url, judged=False)
        page.goto("/", wait_until="commit")
        painted = painted_at(page) - start
        page.context.close()
    return up, painted


def second_visit(browser: Browser, url: str) -> float:
    """Time a new visitor's first map while the server runs already."""
    page = open_page(browser, url, judged=False)
    start = time.time()
    page.goto("/", wait_until="commit")
    painted = painted_at(page) - start
    page.context.close()
    return painted


def one_click(page: Page, frame: Frame, button: int) -> float:
    """Press one filter; give the seconds until the map's markers were last redrawn."""
    frame.evaluate("window.redrawn = 0")
    page.locator(FILTER).nth(button).click()
    frame.wait_for_function("() => window.redrawn > 0")
    settle(page)
    return (float(frame.evaluate("window.redrawn")) - float(page.evaluate("window.pressed"))) / 1000


def first_bytes(browser: Browser, url: str, path: str) -> tuple[Row, str]:
    """Count what a new visitor's first page is sent; name the heaviest answers."""
    page = open_page(browser, url, judged=False)
    sent = watch(page)
    visit(page, path)
    painted_at(page)
    page.wait_for_timeout(1000)
    counted = sent.totals(), sent.heaviest()
    page.context.close()
    return counted


def filtering(browser: Browser, url: str, path: str) -> tuple[list[float], Row]:
    """Press filters by turns on one page; give the times, and the bytes of one press."""
    page = open_page(browser, url, judged=False)
    sent = watch(page)
    visit(page, path)
    painted_at(page)
    frame = map_frame(page)
    frame.evaluate(WATCH_MARKERS)
    page.evaluate(WATCH_CLICKS)
    page.locator(DRAWER).locator("summary").first.click()
    one_click(page, frame, 0)
    page.wait_for_timeout(500)
    sent.reset()
    one_click(page, frame, 1)
    page.wait_for_timeout(500)
    filtered = sent.totals()
    times = [one_click(page, frame, number % 2) for number in range(CLICKS)]
    if not frame.evaluate("window.unchanged === true"):
        raise RuntimeError("the map was mounted again by a filter")
    page.context.close()
    return times, filtered


def _times(name: str, times: list[float], aim: str) -> Row:
    return {
        "mesure": name,
        "min (s)": round(min(times), 3),
        "médiane (s)": round(median(times), 3),
        "max (s)": round(max(times), 3),
        "fois": len(times),
        "but": aim,
    }


def _weights(name: str, totals: Row, aim: str) -> str:
    sizes = ", ".join(f"{key} {value}" for key, value in totals.items())
    return f"{name} (but : {aim}) : {sizes}."


def measured(measure: Callable[[], Any], times: int) -> list[Any]:
    """Measure several times, the first one thrown away: it warms the disk."""
    measure()
    return [measure() for _ in range(times)]


def run() -> Report:
    """Start the app cold several times, then visit it and press its filters."""
    path = chromium_path()
    if path is None:
        raise RuntimeError("Chromium est introuvable")
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        starts = measured(lambda: cold_start(browser), STARTS)
        with serve() as url:
            visits = measured(lambda: second_visit(browser, url), STARTS)
            firsts = {page: first_bytes(browser, url, page) for page in WITH_MAP}
            filters = {page: filtering(browser, url, page) for page in WITH_MAP}
        browser.close()
    rows = [
        _times("`streamlit run` → serveur prêt", [up for up, _ in starts], ""),
        _times("`streamlit run` → première carte peinte", [seen for _, seen in starts], "< 3 s"),
        _times("nouvelle visite → carte peinte", visits, ""),
    ]
    rows += [
        _times(f"{page} : filtre → carte redessinée", times, "< 0,3 s")
        for page, (times, _) in filters.items()
    ]
    remarks = []
    for page, (totals, heaviest) in firsts.items():
        remarks += [
            _weights(f"{page}, première page", totals, "< 1000 ko gzip hors Streamlit"),
            f"{page}, les plus lourds, en ko : {heaviest}.",
            _weights(f"{page}, un filtre", filters[page][1], "< 50 ko"),
        ]
    remarks.append("Le navigateur est déjà ouvert et son cache vide ; le disque est chaud.")
    return Report("Dans Chromium", rows, remarks)
