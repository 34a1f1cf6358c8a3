"""Drive the running app in Chromium with every outside request refused and recorded."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Frame, Page, Playwright, Request, WebSocket

from tests.browser.scripts import BROKEN, QUIET, SHOWN, STILL, WATCH

ROOT: Final = Path(__file__).resolve().parents[2]
AXE: Final = ROOT / "node_modules" / "axe-core" / "axe.min.js"
HOME_HOST: Final = "127.0.0.1"
_TERMINALS: Final[dict[str, Path]] = {}
DESKTOP: Final = (1280, 900)
PHONE: Final = (390, 844)
PATIENCE_MS: Final = 60_000.0  # a loaded machine makes a test longer, not red
NO_TILES: Final = {"CATALYSE_TILES": ""}
HEADLESS: Final = "chromium-headless-shell"
CHROMIUM_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The network is off below the page: no name resolves and no address is reached, whoever asks.
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOME_HOST}",
)

# A page lives two seconds: what V8 would spend to make its scripts fast is never won back, nor what
# threads that sweep and draw beside it spend to agree; a sixth of a visit's processor time.
SHORT_LIVED: Final = (
    "--js-flags=--no-turbofan --no-maglev --min-semi-space-size=16 --single-threaded-gc",
    "--in-process-gpu",
)


def chromium_path() -> str | None:
    """Find the browser of visitors, which measures and screenshots want; None without any."""
    return next(filter(None, map(shutil.which, (*CHROMIUM_NAMES, HEADLESS))), None)


def tested_path() -> str | None:
    """Find the browser of tests: the same engine without its windows takes a third less time."""
    return shutil.which(HEADLESS) or chromium_path()


def launch(playwright: Playwright, path: str, flags: tuple[str, ...] = ()) -> Browser:
    """Start a headless Chromium with a new profile and no network but loopback."""
    return playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_FLAGS, *flags])


# --- the server ---------------------------------------------------------------------------


def free_port() -> int:
    """Take a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOME_HOST, 0))
        return int(probe.getsockname()[1])


def server_command(app: Path, port: int) -> list[str]:
    """Say the command that `catalyse serve --no-open` becomes, for a machine with no screen."""
    options = {"server.headless": "true", "server.address": HOME_HOST}
    options |= {"server.port": str(port), "browser.gatherUsageStats": "false"}
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "streamlit", "run", str(app), *flags, "--", "--no-open"]


def is_up(url: str) -> bool:
    """Ask Streamlit's own health route."""
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End one server: politely, then not."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def serve(
    app: Path = ROOT / "app.py", environment: Mapping[str, str] = NO_TILES, patience_s: float = 60
) -> Iterator[str]:
    """Run the real server for as long as the block lasts; give its address."""
    port = free_port()
    url = f"http://{HOME_HOST}:{port}"
    with tempfile.NamedTemporaryFile() as log, tempfile.TemporaryDirectory() as store:
        _TERMINALS[url] = Path(log.name)
        process = subprocess.Popen(
            server_command(app, port),
            cwd=app.parent,
            env={**os.environ, "CATALYSE_STORE": store, **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            deadline = time.monotonic() + patience_s
            while not is_up(url):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{app} did not start:\n{terminal(url)[-4000:]}")
                time.sleep(0.05)
            yield url
        finally:
            stop(process)


def terminal(url: str) -> str:
    """Read what the server at an address said on its terminal."""
    return _TERMINALS[url].read_text(encoding="utf-8")


def way_in(url: str) -> str:
    """Return the last address printed, that serves once, as who started the server copies it."""
    return str(re.findall(rf"{re.escape(url)}/entrer\?\S+", terminal(url))[-1])


# --- the page and what it asked for -------------------------------------------------------


@dataclass
class Traffic:
    """What one page asked for and complained about since it was opened."""

    requests: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


_TRAFFIC: WeakKeyDictionary[Page, Traffic] = WeakKeyDictionary()


def traffic(page: Page) -> Traffic:
    """Return the record of a page opened by `open_page`."""
    return _TRAFFIC[page]


def is_outside(url: str) -> bool:
    """Return whether a request leaves this machine; data and blob addresses do not."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != HOME_HOST


def open_page(
    browser: Browser,
    url: str,
    size: tuple[int, int] = DESKTOP,
    *,
    judged: bool = True,
    at_the_machine: bool = False,
    **options: Any,
) -> Page:
    """Open a blank page in a fresh French context whose relative addresses start at `url`.

    ``at_the_machine``: its browser has opened the address that the server printed; ``bypass_csp``
    (an option of Playwright) lets a script that slipped into a page run, and so be seen. Holding
    still what turns changes how long a page takes: a measure goes without being judged.
    """
    context = browser.new_context(
        base_url=url,
        viewport={"width": size[0], "height": size[1]},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        accept_downloads=True,
        **options,
    )
    if at_the_machine:
        context.request.get(way_in(url), max_redirects=0)
    seen = Traffic()

    # To stop requests as they leave would turn the browser's cache off.
    def judge(request: Request) -> None:
        if is_outside(request.url) and request.failure != "csp":
            seen.outside.append(request.url)

    def on_socket(socket: WebSocket) -> None:
        (seen.outside if is_outside(socket.url) else seen.requests).append(socket.url)

    if judged:
        context.on("requestfailed", judge)
        context.add_init_script(WATCH)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("websocket", on_socket)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", lambda m: seen.errors.append(m.text) if m.type == "error" else None)
    _TRAFFIC[page] = seen
    return page


def assert_no_outside_request(page: Page, allowed: tuple[str, ...] = ()) -> None:
    """Fail when the page asked any host but this machine (and the allowed hosts)."""
    outside = [url for url in traffic(page).outside if urlsplit(url).hostname not in allowed]
    assert not outside, f"requests left the machine: {outside[:5]} ({len(outside)} in all)"


def assert_no_console_error(page: Page) -> None:
    """Fail when the page threw or logged an error."""
    assert not traffic(page).errors, f"console errors: {traffic(page).errors[:5]}"


# --- Streamlit and the map ----------------------------------------------------------------

_POLLING_MS: Final = 50  # at each frame, as Playwright does by itself, it would make frames


def settle(page: Page, timeout_ms: float = PATIENCE_MS) -> None:
    """Wait until Streamlit has run and is done; 600 ms tell that it had nothing to run.

    What the server painted has given way to it by then.
    """
    page.locator("#premier").wait_for(state="detached", timeout=timeout_ms)
    page.evaluate("window.quietSince = null")
    page.wait_for_function(QUIET, timeout=timeout_ms, polling=_POLLING_MS)


def visit(page: Page, path: str = "/") -> None:
    """Go to a page of the app and wait until it is there."""
    page.goto(path)
    settle(page)


def map_frame(page: Page, nth: int = 0, timeout_ms: float = PATIENCE_MS) -> Frame:
    """Return the frame of a Folium map once Leaflet has drawn it and nothing moves for 300 ms."""
    holder = page.locator('iframe[src*="streamlit_folium"]').nth(nth)
    holder.wait_for(state="attached", timeout=timeout_ms)
    holder.scroll_into_view_if_needed()
    handle = holder.element_handle()
    frame = handle.content_frame() if handle else None
    assert frame is not None, "the map's iframe holds no document"
    frame.wait_for_selector(".leaflet-container", state="attached", timeout=timeout_ms)
    frame.evaluate("window.stillSince = null")
    frame.wait_for_function(STILL, timeout=timeout_ms, polling=_POLLING_MS)
    return frame


def screenshot(page: Page, path: Path, size: tuple[int, int] = DESKTOP) -> Path:
    """Save what a visitor sees at one size of screen."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    settle(page)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    page.wait_for_timeout(400)  # Leaflet re-fits the map after a resize, with an animation
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    return path


def axe(place: Page | Frame, **options: Any) -> list[dict[str, Any]]:
    """Run axe-core on a page or a frame; give its violations, one dictionary each."""
    if not AXE.exists():
        raise RuntimeError("axe-core is missing: run `make web`")
    if not place.evaluate("() => 'axe' in window"):
        place.evaluate(AXE.read_text(encoding="utf-8"))
    place.evaluate(SHOWN)  # what fades in is pale while it does
    found = place.evaluate(BROKEN, {"iframes": False, "resultTypes": ["violations"], **options})
    faults = [
        {
            "id": fault["id"],
            "impact": fault["impact"],
            "help": fault["help"],
            "nodes": [n["html"][:200] for n in fault["nodes"] if not _not_ours(n["html"])],
        }
        for fault in found
    ]
    return [fault for fault in faults if fault["nodes"]]


def _not_ours(node: str) -> bool:
    """Tell what Streamlit draws itself: its list of pages on a phone, its field for files."""
    listed = node.startswith('<li class="st-emotion-cache')
    return listed or "stSidebarNavItems" in node or "stFileUploaderDropzone" in node
