"""The app under many visitors: real WebSocket sessions, in Streamlit's own messages, no browser."""

import asyncio
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.measure import Report, Row
from tests.browser.harness import ROOT, serve

USERS: Final = (1, 10, 25, 50)
LONGEST_S: Final = 60.0
PER_PAGE: Final = 4
SOAK_USERS: Final = 25
SOAK_RERUNS: Final = int(os.environ.get("BENCH_LOAD_RERUNS", "5000"))
SOAK_LONGEST_S: Final = 1500.0
BEFORE: Final = os.environ.get("BENCH_LOAD_BEFORE", "")
"""Root of another checkout, measured by turns with this one."""
PAGES: Final = (
    ("", "lieu=commune:63113"),
    ("carte", "contours=crte&indicateur=densite"),
    ("carte", ""),
    ("territoire", "territoire=crte:crte-84-63-1"),
    ("catalyseurs", ""),
    ("ecosysteme", "ecosysteme=exemple-paris-est-marne-bois"),
    ("acteurs", ""),
)
_LARGEST = 64 * 2**20


@dataclass
class Visitor:
    """One session: what it shows, what was chosen in it, how long each run took."""

    socket: ClientConnection
    chance: random.Random
    page: str = ""
    query: str = ""
    page_hash: str = ""
    offers: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    chosen: dict[str, WidgetState] = field(default_factory=dict)

    async def open(self) -> None:
        """Follow a link to a page."""
        self.page, self.query = self.chance.choice(PAGES)
        self.page_hash = ""
        self.chosen.clear()
        self.offers.clear()
        await self._run()

    async def change(self) -> None:
        """Choose one value of one widget of the page."""
        name = self.chance.choice(sorted(self.offers))
        kind, options = self.offers[name]
        option = self.chance.choice(options)
        state = WidgetState(id=name)
        if kind == "selectbox":
            state.string_value = option
        else:
            state.string_array_value.data.append(option)
        self.chosen[name] = state
        await self._run()

    async def _run(self) -> None:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_name = self.query, self.page
        state.page_script_hash = self.page_hash
        state.widget_states.widgets.extend(self.chosen.values())
        await self.socket.send(asked.SerializeToString())
        while not self._is_last(ForwardMsg.FromString(await self.socket.recv(decode=False))):
            pass

    def _is_last(self, said: ForwardMsg) -> bool:
        kind = said.WhichOneof("type")
        if kind == "navigation":
            self.page_hash = said.navigation.page_script_hash
        if kind == "delta" and said.delta.WhichOneof("type") == "new_element":
            self._offered(said.delta.new_element)
        early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and said.script_finished != early

    def _offered(self, element: object) -> None:
        kind = element.WhichOneof("type")  # type: ignore[attr-defined]
        widget = getattr(element, str(kind))
        if kind == "exception" or (kind == "alert" and "inattendue" in widget.body):
            raise RuntimeError(f"{self.page}?{self.query} : {widget}")
        if kind == "selectbox" and not widget.disabled and len(widget.options) > 1:
            self.offers[widget.id] = kind, list(widget.options)
        if kind == "button_group" and not widget.disabled:
            self.offers[widget.id] = kind, [one.content for one in widget.options]


@dataclass
class Load:
    """What every run took, and when to stop."""

    most: int
    until: float
    seconds: list[float] = field(default_factory=list)
    memory: list[tuple[int, float]] = field(default_factory=list)

    def goes_on(self) -> bool:
        """Return whether another run is wanted."""
        return len(self.seconds) < self.most and time.perf_counter() < self.until


async def _visit(url: str, seed: int, load: Load, server: int) -> None:
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(
        address, subprotocols=[Subprotocol("streamlit")], max_size=_LARGEST, ping_interval=None
    ) as socket:
        visitor, turn = Visitor(socket, random.Random(seed)), 0  # noqa: S311
        while load.goes_on():
            start = time.perf_counter()
            await (visitor.change() if turn % PER_PAGE and visitor.offers else visitor.open())
            load.seconds.append(time.perf_counter() - start)
            turn += 1
            if len(load.seconds) % max(1, load.most // 10) == 0:
                load.memory.append((len(load.seconds), _megabytes(server)))


async def _together(url: str, users: int, load: Load, server: int) -> None:
    await asyncio.gather(*(_visit(url, seed, load, server) for seed in range(users)))


def _loaded(url: str, users: int, server: int, most: int, longest_s: float) -> tuple[Row, Load]:
    """Let visitors work without a pause for a time; every page was run once before."""
    start = time.perf_counter()
    load = Load(most, start + longest_s)
    asyncio.run(_together(url, users, load, server))
    took = time.perf_counter() - start
    half, late = np.percentile(load.seconds, (50, 95))
    return {
        "visiteurs": users,
        "passages": len(load.seconds),
        "par seconde": round(len(load.seconds) / took, 1),
        "p50 (s)": round(float(half), 3),
        "p95 (s)": round(float(late), 3),
        "mémoire (Mo)": round(_megabytes(server)),
    }, load


def _children() -> set[int]:
    found = Path("/proc/self/task").glob("*/children")
    return {int(one) for file in found for one in file.read_text(encoding="ascii").split()}


def _megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _crowds(name: str, root: Path) -> Iterator[Row]:
    """Start one server and load it with more and more visitors."""
    before = _children()
    with serve(root / "app.py") as url:
        (server,) = _children() - before
        _loaded(url, 4, server, 60, LONGEST_S)  # warms what is kept
        for users in USERS:
            yield {"code": name} | _loaded(url, users, server, 10_000, LONGEST_S)[0]


def _soak() -> list[Row]:
    before = _children()
    with serve() as url:
        (server,) = _children() - before
        _loaded(url, 4, server, 60, LONGEST_S)
        load = _loaded(url, SOAK_USERS, server, SOAK_RERUNS, SOAK_LONGEST_S)[1]
    return [{"après": done, "mémoire (Mo)": round(held)} for done, held in load.memory]


def run() -> Report:
    """Load the app, by turns with another checkout if one is named; then watch its memory."""
    trees = {"avant": Path(BEFORE), "ici": ROOT} if BEFORE else {"ici": ROOT}
    turns = zip(*(_crowds(name, root) for name, root in trees.items()), strict=True)
    rows = [row for turn in turns for row in turn]
    remarks = [f"Visiteurs sans pause, {PER_PAGE - 1} choix par page, {LONGEST_S:.0f} s chacun."]
    if SOAK_RERUNS:
        told = ", ".join(f"{one['après']} : {one['mémoire (Mo)']} Mo" for one in _soak())
        remarks.append(f"Mémoire, {SOAK_USERS} visiteurs, après n passages : {told}.")
    return Report("Sous la charge", rows, remarks)
