"""One size of ``bench.scale``, in a process of its own: write the actors, then open each page."""

import contextlib
import gzip
import json
import logging
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any, Final
from unittest.mock import patch

from starlette.applications import Starlette

from bench import made_up
from bench.exports import own, peak
from bench.measure import Row
from geo.api import layers
from geo.api.warming import warm
from geo.directory.directory import directory
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.rows import plain
from geo.output.first import answers
from geo.output.first.document import MENU, NO_PARAMETERS
from geo.output.maps import base
from geo.query.doors import OPENED, PAGES
from geo.query.query import Query
from geo.settings import ROOT, settings
from pages.components import session_user
from tests.api.asgi import Client
from tests.pages import seen

Link = dict[str, str]
NEAREST: Final = ("-m", "geo.cli", "nearest", "--commune", "94018", "--format", "json")
VISITS: Final[tuple[tuple[str, Link], ...]] = (
    ("trouver", {}),
    ("trouver", {"lieu": "commune:94018"}),
    ("carte", {}),
    ("carte", {"contours": "departement", "indicateur": "densite"}),
    ("territoire", {"territoire": "epci:200054781"}),
    ("territoire", {"territoire": "region:11"}),
    ("catalyseurs", {}),
    ("acteurs", {}),
    ("ecosysteme", {"ecosysteme": "E1"}),
    ("alliances", {}),
    ("projets", {}),
    ("couverture", {}),
    ("ressources", {}),
    ("reperes", {}),
    ("methode", {}),
    ("doublons", {}),
)
_START: Final = "from geo.directory.directory import directory; directory()"
_PATIENCE_S: Final = 1_000
_OF_THE_TEAM: Final = ("doublons",)
_ECOSYSTEM: Final = {
    "ecosystem_id": "E1",
    "ecosystem_name": "Écosystème fictif de la Métropole du Grand Paris",
    "territory_kind": "epci",
    "territory_code": "200054781",
    "status": "publiee",
    "fictive": True,
    "revision": 0,
}
_MAINLAND: Final = "6/30/21/35/25"  # as a window of 1,280 pixels looks at it
_sent: list[str] = []


def child(quantity: int) -> None:
    """Measure one size and say it as JSON, on the last line."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    with contextlib.redirect_stdout(sys.stderr):
        rows = [_written(quantity), _apart("(catalyse nearest)", *NEAREST)]
        rows += [_apart("(démarrage)", "-c", _START)]
        warm()  # as a server does once it has settled
        _keep_what_maps_send()
        with patch.object(seen, "PATIENCE_S", _PATIENCE_S):
            rows += [_print_row(_visited(*visit)) for visit in VISITS]
    print(json.dumps(rows, ensure_ascii=False))


def _print_row(row: Row) -> Row:
    print(row, flush=True)
    return row


def _row(name: str, **figures: float | None) -> Row:
    names = ("première (s)", "de nouveau (s)", "modifiée (s)", "carte (ko)", "peinte (ko)")
    shown = {one: figures.get(one) for one in names}
    rounded = {key: "" if value is None else round(value, 2) for key, value in shown.items()}
    return {"page": name, **rounded, "mémoire (Mo)": peak(), "propre (Mo)": own()}


def _written(quantity: int) -> Row:
    """Write the actors in a process of its own: what it holds is no page's memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        wall, processor = apart.submit(made_up.write, settings().store, quantity).result()
    open_store().write(Changes.one("ecosystem", _ECOSYSTEM), author="mesure", message="Fictif")
    return _print_row(_row(f"(écriture : {wall:.1f} s d’horloge)", **{"première (s)": processor}))


def _apart(name: str, *arguments: str) -> Row:
    command, before = [sys.executable, *arguments], _children_s()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    return _print_row(_row(name, **{"première (s)": _children_s() - before}))


def _children_s() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _visited(page: str, link: Link) -> Row:
    """Open a page, run it again, edit a record, open it in another session."""
    _sent.clear()
    if page in _OF_THE_TEAM:
        session_user.is_its_users = session_user._came_in = lambda: True  # noqa: SLF001
    app, first = _timed(partial(seen.opened, page, **link))
    faults = [one for one in seen.faults(app) if "fictives" not in one]
    shown = _map_kb() if _sent else None
    _, again = _timed(app.run)
    _edit()
    _, edited = _timed(partial(seen.opened, page, **link))
    painted = len(gzip.compress(_painted(page, link))) / 1000 if page in _PAINTED else None
    figures = {"première (s)": first, "de nouveau (s)": again, "modifiée (s)": edited}
    name = " ".join([page, *link.values(), *faults])
    return _row(name, **figures, **{"carte (ko)": shown, "peinte (ko)": painted})


def _timed(job: Any) -> tuple[Any, float]:
    before = time.process_time()
    return job(), time.process_time() - before


def _edit() -> None:
    """Correct a catalyst, as every page that names it then shows."""
    store = open_store()
    record = plain(store.record("actor", str(directory().frame.index[-1])))
    record["website"] = f"https://exemple.invalid/{record['revision']}"
    store.write(Changes.one("actor", record), author="mesure", message="Correction fictive")


# --- what a browser is sent ---------------------------------------------------------------------

_PAINTED: Final = {page or "trouver" for page in MENU}


def _painted(page: str, link: Link) -> bytes:
    own, _ = PAGES.get(page, NO_PARAMETERS).read({key: [value] for key, value in link.items()})
    opened, _ = OPENED.read({})
    query = Query({**opened.values, **own.values})
    found = answers.answer("" if page == "trouver" else page, query, "")
    return f"{found.body}{found.drawing}".encode()


def _keep_what_maps_send() -> None:
    class Kept(base.Overlay):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            _sent.append(self.document)

    base.Overlay = Kept  # type: ignore[misc]


def _map_kb() -> float:
    """Weigh the value of the map and what its script then asks for, the first view included."""
    client = Client(Starlette(routes=layers.routes()))
    document = _sent[-1]
    total = len(gzip.compress(document.encode()))
    for layer in json.loads(document)["layers"]:
        if address := layer.get("url"):
            total += len(client.get(address, {"accept-encoding": "gzip"}).body)
        if views := layer.get("view"):
            address = f"{views}{_MAINLAND}.json"
            total += len(client.get(address, {"accept-encoding": "gzip"}).body)
    return total / 1000
