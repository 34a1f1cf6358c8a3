"""Vector tiles over random places of France, at each zoom: first written, then asked again."""

import random
import resource
from functools import partial
from math import asinh, pi, radians, tan

import numpy as np

from bench.measure import Report, Row, once
from geo.output import tiles
from geo.output.tiles import LAYERS, tile, zooms

PLACES = 60
EAST = (-1.0, 7.0)
NORTH = (43.5, 49.5)


def places(zoom: int, rng: random.Random) -> list[tuple[int, int]]:
    """Draw some places in France and number their tiles, each once."""
    found = []
    for _ in range(PLACES):
        lon, lat = rng.uniform(*EAST), rng.uniform(*NORTH)
        down = (1 - asinh(tan(radians(lat))) / pi) / 2
        found.append((int((lon + 180) / 360 * 2**zoom), int(down * 2**zoom)))
    return list(dict.fromkeys(found))


def percentiles(seconds: list[float]) -> tuple[float, float, float]:
    """Return the median, the 95th percentile and the longest, in milliseconds."""
    ms = np.array(seconds) * 1000
    return (round(float(np.percentile(ms, 50)), 2), round(float(np.percentile(ms, 95)), 2),
            round(float(ms.max()), 1))  # fmt: skip


def of_zoom(name: str, zoom: int, rng: random.Random) -> Row:
    """Time the tiles of one layer at one zoom."""
    coordinates = places(zoom, rng)
    first = [once(partial(tile, name, zoom, *at))[0] for at in coordinates]
    again = [once(partial(tile, name, zoom, *at))[0] for at in coordinates]
    sizes = [len(tile(name, zoom, *at).packed) for at in coordinates]
    written, cached = percentiles(first), percentiles(again)
    return {
        "couche, zoom": f"{name} {zoom}",
        "tuiles": len(coordinates),
        "écrite p50 (ms)": written[0],
        "écrite p95 (ms)": written[1],
        "écrite max (ms)": written[2],
        "gardée p95 (ms)": cached[1],
        "gzip max (ko)": round(max(sizes) / 1000, 1),
    }


def run() -> Report:
    """Read each layer's shapes once, then time its tiles."""
    rng = random.Random(4)  # noqa: S311
    rows: list[Row] = []
    remarks = []
    for name in LAYERS:
        least, most = zooms(name)
        # Each detail is read when a zoom first needs it: that is the cold start.
        cold = [once(partial(tile, name, z, 0, 0))[0] for z in range(least, most + 1)]
        remarks.append(f"{name} : {sum(cold):.2f} s pour lire ses contours, une fois.")
        rows += [of_zoom(name, zoom, rng) for zoom in range(least, most + 1)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    remarks.append(f"Mémoire au plus haut : {peak:.0f} Mo, toutes couches lues.")
    remarks.append(f"Tuiles gardées : {tiles.KEPT_BYTES // 10**6} Mo au plus.")
    return Report("Tuiles vectorielles", rows, remarks)
