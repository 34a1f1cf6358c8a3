"""Load one server with more and more visitors, by turns with another checkout if one is named."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.load.crowd import Crowd, load
from bench.load.process import children
from bench.measure import Report, Row
from tests.browser.harness import ROOT, serve

USERS: Final = (1, 10, 25, 50)
WARMING: Final = Crowd(users=4, seconds=60, think_s=0, reruns=150, seed=7)
BEFORE: Final = os.environ.get("BENCH_LOAD_BEFORE", "")
"""Root of another checkout, measured by turns with this one."""
_LONGEST_S: Final = 60.0


def _crowds(name: str, root: Path) -> Iterator[Row]:
    """Start one server and load it with more and more visitors."""
    before = children()
    with serve(root / "app.py") as url:
        servers = [*(children() - before)]
        load(url, WARMING, servers)
        for users in USERS:
            yield {"code": name} | load(url, Crowd(users, _LONGEST_S), servers).as_row()


def run() -> Report:
    """Load the app, by turns with another checkout if one is named."""
    trees = {"avant": Path(BEFORE), "ici": ROOT} if BEFORE else {"ici": ROOT}
    turns = zip(*(_crowds(name, root) for name, root in trees.items()), strict=True)
    remarks = [f"{_LONGEST_S:.0f} s chacun ; d’autres processus partagent la machine."]
    return Report("Sous la charge", [row for turn in turns for row in turn], remarks)
