"""The commune search over every name of the gazetteer, then over misspelt ones."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import process

from bench.measure import Report, Row, once
from geo.reference.gazetteer import search
from geo.settings import settings

BUDGET_S = 90.0
LIMIT = 10


def timed(name: str, texts: list[str], ask: Callable[[str], Any], budget_s: float) -> Row:
    """Ask for each text until the budget is spent; say how many were asked."""
    ask(texts[0])
    times: list[float] = []
    for text in texts:
        times.append(once(partial(ask, text))[0])
        if sum(times) > budget_s:
            break
    milliseconds = np.array(times) * 1000
    return {
        "outil": name,
        "textes": f"{len(times)} sur {len(texts)}",
        "p50 (ms)": round(float(np.percentile(milliseconds, 50)), 3),
        "p95 (ms)": round(float(np.percentile(milliseconds, 95)), 3),
        "p99 (ms)": round(float(np.percentile(milliseconds, 99)), 3),
        "max (ms)": round(float(milliseconds.max()), 1),
    }


def misspell(text: str, rng: random.Random) -> str:
    """Drop one letter after the first."""
    at = rng.randrange(1, len(text))
    return text[:at] + text[at + 1 :]


def run() -> Report:
    """Time the search as typed, misspelt, unfinished, and by postcode."""
    names = pd.read_parquet(settings().reference / "names.parquet")
    rng = random.Random(3)  # noqa: S311
    texts = sorted(set(names["name"]))
    rng.shuffle(texts)
    long_names = [text for text in texts if len(text) > 5]
    spoilt = [misspell(text, rng) for text in long_names[:2000]]
    postcodes = sorted({code for row in names["postcodes"].dropna() for code in row})
    rng.shuffle(postcodes)

    def ours(text: str) -> Any:
        return search(text, LIMIT)

    cold = once(lambda: ours("Lyon"))[0]
    rows = [
        timed("catalyse, tous les noms", texts, ours, BUDGET_S),
        timed("catalyse, une lettre oubliée", spoilt, ours, 20),
        timed("catalyse, trois premières lettres", [text[:3] for text in texts[:2000]], ours, 20),
        timed("catalyse, codes postaux", postcodes[:2000], ours, 20),
        timed(
            "rapidfuzz.process.extract seul",
            texts[:100],
            lambda text: process.extract(text, texts, limit=LIMIT),
            20,
        ),
    ]
    remarks = [f"Premier appel, index compris : {cold:.2f} s ; {len(texts)} noms distincts."]
    return Report("Recherche d'un nom de commune ou de territoire", rows, remarks)
