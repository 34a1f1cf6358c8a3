"""The first page, beside a plain Streamlit and Folium script of the same points, in one run.

Each time is told for both: first paint, the title's text, the live map, which may be that of a
painted page, and the whole page, once it has run; on a new visit, from the command, on a second
visit, and over a line of 1.6 Mb/s with 150 ms of latency.
"""

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from bench.bytes import watch
from bench.measure import Report, Row
from bench.plain import plain_script, points
from tests.browser.harness import (
    NO_TILES,
    ROOT,
    chromium_path,
    launch,
    open_page,
    serve,
)

TIMES: Final = 3
LINE: Final = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
OUR_MAP: Final = ".leaflet-marker-pane > *"
PLAIN_MAP: Final = ".leaflet-overlay-pane path"
STEPS: Final = ("premier affichage", "titre", "carte", "page entière")
# Whoever writes the title, server or Streamlit: it has a size, and two frames were drawn since.
# The map stands in a frame of the same server, which the page can look into.
WATCH: Final = """mark => {
  const watch = (find, name) => {
    if (!find()) { setTimeout(watch, 5, find, name); return; }
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window[name] = performance.timeOrigin + performance.now();
    }));
  };
  if (window !== window.top) return;
  watch(() => document.querySelector('h1')?.offsetHeight > 0, 'titleAt');
  const hasMap = () => [...document.querySelectorAll('iframe')].some(
    frame => frame.contentDocument?.querySelector(mark));
  watch(hasMap, 'mapAt');
  watch(() => !document.querySelector('#premier') && hasMap() && document.querySelector(
    '[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning', 'wholeAt');
}"""
_FAIR: Final = (
    "Le script simple reçoit Leaflet d’un serveur local et se passe de jQuery, de Bootstrap et des "
    "icônes de Folium. Sans tuiles ; médianes, à tour de rôle ; le disque est chaud, et "
    "le démarrage d’avant a laissé sa première page dans le cache."
)
PAINT: Final = """() => performance.timeOrigin
  + performance.getEntriesByName('first-contentful-paint')[0].startTime"""


@dataclass(frozen=True)
class Site:
    """One contender: its script, and what says that its map is painted."""

    name: str
    script: Path
    mark: str


@dataclass(frozen=True)
class Moments:
    """Seconds until first paint, the title's text, the map with its marks, and all of the page."""

    paint: float
    title: float
    map: float
    whole: float


def visit(page: Page, start: float | None = None) -> Moments:
    """Go to the first page and time what is painted, from a moment or from the visit."""
    begun = start or time.time()
    page.goto("/", wait_until="commit")
    page.wait_for_function("() => window.titleAt && window.wholeAt")
    seen = page.evaluate(f"[({PAINT})(), window.titleAt, window.mapAt, window.wholeAt]")
    return Moments(*(float(moment) / 1000 - begun for moment in seen))


def blank(browser: Browser, url: str, site: Site, line: dict[str, int] | None = None) -> Page:
    """Open a page that has loaded nothing, over a line where one is given."""
    page = open_page(browser, url, judged=False)
    page.add_init_script(f"({WATCH})({json.dumps(site.mark)})")
    if line:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, **line})
    return page


def new_visit(
    browser: Browser, url: str, site: Site, line: dict[str, int] | None = None
) -> Moments:
    """Time a visitor who has never come."""
    page = blank(browser, url, site, line)
    try:
        return visit(page)
    finally:
        page.context.close()


def second_visit(browser: Browser, url: str, site: Site) -> Moments:
    """Time a visitor who comes back: the browser keeps what it may."""
    page = blank(browser, url, site)
    try:
        visit(page)
        return visit(page)
    finally:
        page.context.close()


def from_command(browser: Browser, site: Site) -> Moments:
    """Time a visitor who opens the page as soon as the server answers, from the command."""
    start = time.time()
    with serve(site.script, NO_TILES) as url:
        page = blank(browser, url, site)
        moments = visit(page, start)
        page.context.close()
    return moments


def bytes_of_first_page(browser: Browser, url: str, site: Site) -> float:
    """Sum what a new visitor is sent until nothing moves, headers included, in kB."""
    page = blank(browser, url, site)
    sent = watch(page)
    visit(page)
    page.wait_for_timeout(3000)
    total = sum(sent.wire.values()) + sum(map(len, sent.frames))
    page.context.close()
    return round(total / 1000, 1)


Measure = Callable[[Site], Moments]


def compared(name: str, sites: list[Site], measure: Measure) -> list[Row]:
    """Measure the sites by turns, the first turn thrown away: it warms the disk."""
    turns = [[measure(site) for site in sites] for _ in range(TIMES + 1)][1:]
    return [
        _row(f"{name} → {step}", [[astuple(one)[at] for one in turn] for turn in turns])
        for at, step in enumerate(STEPS)
    ]


def _row(name: str, turns: list[list[float]]) -> Row:
    ours, plain = (median(column) for column in zip(*turns, strict=True))
    worst = max(turn[0] for turn in turns)
    return {
        "mesure": name,
        "Catalyse (s)": round(ours, 2),
        "au plus (s)": round(worst, 2),
        "simple (s)": round(plain, 2),
        "rapport": round(ours / plain, 2),
        "fois": len(turns),
    }


def run() -> Report:
    """Measure the first page of both in one run."""
    path = chromium_path()
    if path is None:
        raise RuntimeError("Chromium est introuvable")
    with ExitStack() as stack:
        script = stack.enter_context(plain_script())
        sites = [
            Site("Catalyse", ROOT / "app.py", OUR_MAP),
            Site("script simple", script, PLAIN_MAP),
        ]
        browser = launch(stack.enter_context(sync_playwright()), path)
        stack.callback(browser.close)
        rows = compared("commande", sites, lambda site: from_command(browser, site))
        urls = {site: stack.enter_context(serve(site.script, NO_TILES)) for site in sites}
        rows += _visits(browser, sites, urls)
        weights = {site.name: bytes_of_first_page(browser, urls[site], site) for site in sites}
    title = f"Première page, à côté d’un script Streamlit et Folium simple ({len(points())} points)"
    weight = f"Première page, tout compris, en ko sur le fil : {weights}."
    return Report(title, rows, [weight, _FAIR])


def _visits(browser: Browser, sites: list[Site], urls: dict[Site, str]) -> list[Row]:
    """Time new visitors, those who come back, and those whose line is slow."""

    def new(site: Site) -> Moments:
        return new_visit(browser, urls[site], site)

    def again(site: Site) -> Moments:
        return second_visit(browser, urls[site], site)

    def slow(site: Site) -> Moments:
        return new_visit(browser, urls[site], site, LINE)

    return [
        *compared("nouvelle visite", sites, new),
        *compared("seconde visite", sites, again),
        *compared("1,6 Mb/s, 150 ms", sites, slow),
    ]
