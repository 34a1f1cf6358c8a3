"""Name the machine and the versions that a figure belongs to."""

import importlib.metadata
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

VERSIONS: Final = (
    *("numpy", "scipy", "shapely", "geopandas", "duckdb", "scikit-learn"),
    *("streamlit", "folium", "streamlit-folium", "playwright"),
)


def _line(path: str, key: str) -> str:
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError:
        return "inconnu"
    return next((row.partition(":")[2].strip() for row in text.splitlines() if key in row), "")


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, check=False, text=True
    )
    return done.stdout.strip()


def machine() -> dict[str, object]:
    """Describe where and when this run was made."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "processeur": _line("/proc/cpuinfo", "model name") or platform.processor(),
        "cœurs": os.cpu_count(),
        "mémoire": _line("/proc/meminfo", "MemTotal"),
        "charge": [round(load, 2) for load in os.getloadavg()],
        "système": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in VERSIONS},
    }
