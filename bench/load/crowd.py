"""A crowd of visitors, bounded in number, time and reruns; what each of their actions took."""

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from websockets.exceptions import WebSocketException

from bench.load.journeys import draw_journey
from bench.load.process import cpu_s, megabytes
from bench.load.session import (
    PATIENCE_S,
    PageFault,
    Rerun,
    Session,
    cookie_of,
    document,
    opened,
)
from bench.measure import Row

MARKS: Final = 20
_LONGEST_THOUGHT: Final = 2.0
_AGAIN_S: Final = 0.2


@dataclass(frozen=True)
class Crowd:
    """So many visitors for so long; each thinks ``think_s`` between two actions, on average."""

    users: int
    seconds: float
    think_s: float = 5.0
    reruns: int = 1_000_000
    seed: int = 13


@dataclass
class Figures:
    """What a crowd saw of its servers."""

    crowd: Crowd
    servers: Sequence[int]
    took: dict[str, list[Rerun]] = field(default_factory=lambda: defaultdict(list))
    refused: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    reopened_s: list[float] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)
    lasted_s: float = 0.0
    processor_s: float = 0.0

    @property
    def reruns(self) -> int:
        """Count the reruns that ended."""
        return sum(map(len, self.took.values()))

    def goes_on(self) -> bool:
        """Return whether another action is wanted."""
        done = self.reruns >= self.crowd.reruns
        return not done and time.perf_counter() < self.began + self.crowd.seconds

    def add(self, action: str, rerun: Rerun) -> None:
        """Count a rerun; now and then, look at the memory."""
        self.took[action].append(rerun)
        every = max(1, min(self.crowd.reruns, 10_000) // MARKS)
        if self.reruns % every == 0:
            self.memory.append((self.reruns, round(sum(map(megabytes, self.servers)))))

    def as_row(self) -> Row:
        """Return all of it, ready for JSON."""
        every = [one for runs in self.took.values() for one in runs]
        return {
            "visiteurs": self.crowd.users,
            "processus": len(self.servers),
            "réflexion (s)": self.crowd.think_s,
            **_seconds(every),
            "par seconde": round(len(every) / self.lasted_s, 1),
            "processeur par passage (ms)": round(1000 * self.processor_s / max(1, len(every)), 1),
            "refus": self.refused,
            "erreurs": self.errors.total(),
            "mémoire (Mo)": self.memory[-1][1] if self.memory else 0,
        }

    def as_json(self) -> dict[str, Any]:
        """Return the row, and what it is made of."""
        return {
            **self.as_row(),
            "par action": {name: _seconds(runs) for name, runs in sorted(self.took.items())},
            "mémoire au fil des passages": self.memory,
            "fautes": dict(self.errors),
            "rouvertes (s)": [round(one, 2) for one in self.reopened_s],
            "durée (s)": round(self.lasted_s, 1),
        }


def _seconds(runs: list[Rerun]) -> Row:
    if not runs:
        return {"passages": 0}
    half, late, last = np.percentile([one.seconds for one in runs], (50, 95, 99))
    return {
        "passages": len(runs),
        "p50 (s)": round(float(half), 3),
        "p95 (s)": round(float(late), 3),
        "p99 (s)": round(float(last), 3),
        "ko": round(float(np.mean([one.received for one in runs])) / 1000, 1),
    }


def load(url: str, crowd: Crowd, servers: Sequence[int]) -> Figures:
    """Let a crowd work; give what it saw, and what its servers spent meanwhile."""
    figures = Figures(crowd, servers)
    before = sum(map(cpu_s, servers))
    asyncio.run(together(url, figures))
    figures.lasted_s = time.perf_counter() - figures.began
    figures.processor_s = sum(map(cpu_s, servers)) - before
    figures.memory.append((figures.reruns, round(sum(map(megabytes, servers)))))
    return figures


async def together(url: str, figures: Figures) -> None:
    """Let every visitor of a crowd come and go."""
    seeds = range(figures.crowd.seed, figures.crowd.seed + figures.crowd.users)
    await asyncio.gather(*(_visitor(url, seed, figures) for seed in seeds))


async def _visitor(url: str, seed: int, figures: Figures) -> None:
    """Open a session, and another one when it is cut, until the crowd goes."""
    chance = random.Random(seed)  # noqa: S311
    await asyncio.sleep(chance.uniform(0, figures.crowd.think_s))
    cut, cookie = 0.0, ""
    while figures.goes_on():
        try:
            cookie = cookie or await asyncio.to_thread(document, url)
            async with opened(url, cookie) as socket:
                cookie = cookie_of(socket) or cookie
                if cut:
                    figures.reopened_s.append(time.perf_counter() - cut)
                    cut = 0.0
                await _visit(Session(socket), chance, figures)
        except (OSError, WebSocketException, TimeoutError) as fault:
            cut = cut or time.perf_counter()
            figures.refused += 1
            figures.errors[f"{type(fault).__name__} {str(fault)[:80]}"] += 1
            await asyncio.sleep(_AGAIN_S)


async def _visit(session: Session, chance: random.Random, figures: Figures) -> None:
    while figures.goes_on():
        try:
            async for action, act in draw_journey(chance)(session, chance):
                figures.add(action, await asyncio.wait_for(act, PATIENCE_S))
                await asyncio.sleep(chance.uniform(0, _LONGEST_THOUGHT) * figures.crowd.think_s)
                if not figures.goes_on():
                    return
        except PageFault as fault:
            figures.errors[str(fault)] += 1
