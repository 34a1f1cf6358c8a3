"""The server: Streamlit pages and HTTP routes in one process, ``streamlit run app.py``."""

import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path
from threading import Thread
from time import sleep

import streamlit as st
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir

from geo.api import (
    assets,
    entry,
    exports,
    health,
    html_shell,
    images,
    indexing,
    layers,
    message_page,
    metrics,
    not_found,
    oembed,
    ogc,
    preloads,
    previews,
    sheet,
    tiles,
)
from geo.api.daily_backup import keep_backups
from geo.api.framing import Guarded
from geo.api.journal import NumberRequests, write_json
from geo.api.messages import GuardMessages
from geo.api.precompressed import PRECOMPRESSED
from geo.api.private_logs import keep_private
from geo.api.session_origins import RefuseOtherSites
from geo.api.sessions import LimitSessions
from geo.api.sign_in import TendSignIn
from geo.api.stalls import CutWhenStalled
from geo.api.start import check_settings
from geo.api.static_files import ServeCompressed, compress_ahead
from geo.api.uploads import GuardUploads
from geo.api.warming import warm
from geo.api.welcome import invite_again, welcome
from geo.errors import AtlasError
from geo.files import NO_ROOM, is_disk_full
from geo.output.first import last_answer
from geo.settings import ROOT
from pages.components.files_held import files_held
from pages.components.measures import HAS_RUN
from pages.components.messages import asks_for_a_file, is_foreign
from pages.components.session_user import is_its_users
from pages.components.text import plain

_COMPONENT = "/component/streamlit_folium.st_folium/"
_SETTLED_S, _FIRST_S, _HOURS_S = 20, 60, 6 * 3_600
_SWITCH_S, _PATIENCE_S = 0.0005, 3
_UNFORESEEN = (
    "Une erreur inattendue a interrompu cette page. Rechargez-la ; si cela continue, "
    "signalez-le avec l’adresse de la page."
)
_DEFAULT = {"__init__", "main", "trouver"}
PAGES = tuple(
    path.stem for path in sorted((ROOT / "pages").glob("*.py")) if path.stem not in _DEFAULT
)


def _import_early() -> None:
    # While the browser loads the page's scripts, the first run's imports are already under way.
    # Not streamlit_folium: a component imported outside a page is never registered.
    import_module("geo.directory.directory")
    opening = Thread(target=_open_directory)
    opening.start()
    import_module("geo.output.first.place_answers")
    import_module("geo.output.maps.outlines").outlines("region", 1000)
    opening.join()
    import_module("geo.output.first.answers")  # pages are painted with their answer from now on
    for name in ("geo.output.maps.base", "folium.plugins", "pages.sections.trouver.search"):
        import_module(name)
    # Who opened the page as the server started waits for its map: the rest comes after it.
    HAS_RUN.wait(_PATIENCE_S)
    last_answer.save()
    import_module("geo.output.preview_counts")  # last: shared links wait for it to name a place
    import_module("geo.output.first.answers").import_all()


def _open_directory() -> None:
    with suppress(AtlasError):  # a page will say it
        import_module("geo.directory.directory").directory()


def _start() -> None:
    # All that is imported stays: to look for what may go meanwhile is a fifth of the time. Threads
    # take turns more often, so that the page's hundred files are not each held up by an import.
    usual = sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_SWITCH_S)
    try:
        _import_early()
    finally:
        sys.setswitchinterval(usual)
        gc.enable()
    gc.collect()
    gc.freeze()  # what lasts as long as the process is not gone over by each full collection
    ahead = [*preloads.scripts_of(_index), *_page_scripts, *_component_scripts()]
    compress_ahead(_folders, ahead, PRECOMPRESSED)


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    write_json()
    last_answer.look()
    # Said by `make run` and `catalyse serve`: whoever starts the server otherwise invites nobody.
    words = {"--open", "--no-open"}.intersection(sys.argv[1:])
    welcome(_server(), invited=bool(words) and is_its_users(), browse="--open" in words)
    Thread(target=_start, daemon=True).start()
    Thread(target=_warm, daemon=True).start()
    Thread(target=_forget_old_requests, daemon=True).start()
    Thread(target=keep_backups, daemon=True).start()
    yield


def _warm() -> None:
    sleep(_SETTLED_S)
    warm()


def _forget_old_requests() -> None:
    # Nobody need open the queue for who asked long ago to be forgotten.
    while True:
        sleep(_FIRST_S)  # by then what it imports is there: the server answers before
        erasure = import_module("geo.directory.requests.erasure")
        store = import_module("geo.directory.store.open")
        with suppress(AtlasError):
            erasure.expire_quietly(store.open_store())
        last_answer.save()  # what was withdrawn since is not left in the one of the start
        sleep(_HOURS_S)


def _static_folders() -> dict[str, Path]:
    # Found without being imported: a component imported outside a page is never registered.
    folium = Path(str(distribution("streamlit-folium").locate_file("streamlit_folium")))
    return {"/static/": _streamlit / "static", _COMPONENT: folium / "frontend" / "build"}


def _component_scripts() -> list[str]:
    scripts = _folders[_COMPONENT].glob("static/js/main.*.js")
    return [f"{_COMPONENT}static/js/{path.name}" for path in scripts]


def _server() -> str:
    host = st.get_option("server.address") or "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{st.get_option('server.port')}"


def _say_fault(fault: Exception) -> bool:
    """Say a fault in French where the page stopped; what nobody foresaw goes to the log."""
    if isinstance(fault, AtlasError):
        st.error(plain(str(fault)), icon=":material/error:")
        return True
    logging.getLogger(__name__).error("A page stopped.", exc_info=fault)
    st.error(plain(NO_ROOM) if is_disk_full(fault) else _UNFORESEEN, icon=":material/error:")
    return True


keep_private()
try:
    check_settings(str(st.get_option("server.baseUrlPath")))
except AtlasError as fault:
    sys.exit(f"Réglage refusé\u00a0: {fault}")
_streamlit = Path(get_static_dir())
_folders = _static_folders()
_index = (_streamlit / "index.html").read_text(encoding="utf-8")
_page_scripts = preloads.page_scripts(_streamlit, _index)

app = st.App(
    "pages/main.py",
    lifespan=_lifespan,
    on_script_error=_say_fault,
    middleware=[
        Middleware(CutWhenStalled),
        Middleware(NumberRequests),
        Middleware(metrics.MeasureRequests),
        Middleware(RefuseOtherSites, lambda: st.get_option("server.corsAllowedOrigins")),
        Middleware(LimitSessions),
        Middleware(Guarded, _index),
        Middleware(TendSignIn),
        Middleware(GuardUploads, files_held),
        Middleware(GuardMessages, is_foreign, asks_for_a_file),
        Middleware(ServeCompressed, _folders, PRECOMPRESSED),
    ],
    routes=[
        *html_shell.routes(_index, PAGES, _page_scripts, _component_scripts()),
        *indexing.routes(),
        *assets.routes(),
        *layers.routes(),
        *oembed.routes(),
        *previews.routes(),
        *sheet.routes(),
        *images.routes(),
        *exports.routes(),
        *health.routes(),
        *metrics.routes(),
        *entry.routes(then=lambda: invite_again(_server())),
        *tiles.routes(),
        *ogc.routes(),
        *not_found.routes(),
        *message_page.routes(PAGES, _streamlit),
    ],
)
