"""Random places in France and random catalysts among its communes, overseas included."""

from functools import cache

import geopandas as gpd
import numpy as np

from bench.measure import Floats
from geo.settings import settings


@cache
def communes() -> gpd.GeoDataFrame:
    """Read the communes with their full geometry."""
    return gpd.read_parquet(settings().reference / "communes.parquet")


def places(n: int, seed: int = 1) -> tuple[Floats, Floats]:
    """Draw places in the boxes of communes, as likely as their area: nearly all on land."""
    rng = np.random.default_rng(seed)
    frame = communes()
    area = frame["area_km2"].to_numpy()
    indices = rng.choice(len(frame), size=n, p=area / area.sum())
    west, south, east, north = frame.bounds.to_numpy()[indices].T
    return west + rng.random(n) * (east - west), south + rng.random(n) * (north - south)


def catalysts(n: int = 350, seed: int = 2) -> tuple[Floats, Floats]:
    """Draw distinct communes, as likely as their population, and give their points."""
    rng = np.random.default_rng(seed)
    frame = communes()
    people = frame["population"].to_numpy(dtype=float)
    indices = rng.choice(len(frame), size=n, replace=False, p=people / people.sum())
    return frame["longitude"].to_numpy()[indices], frame["latitude"].to_numpy()[indices]
