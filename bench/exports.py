"""100,000 actors leave the app: our GeoJSON beside GeoPandas' own, then every other format."""

import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from bench.measure import Report, Row, once
from geo.directory.schema import ACTOR
from geo.output.caption import Caption
from geo.output.datasets.records import actors
from geo.output.datasets.table import Dataset
from geo.output.exports import FORMATS
from geo.output.exports.model import Export
from geo.reference import france

ACTORS: Final = 100_000
FORMS: Final = ("geojson", "csv", "parquet", "gpkg", "kml", "xlsx")
GEOPANDAS: Final = ("to_json", "to_file")
TIMES: Final = 3
_PRACTICES: Final = ["accompagnements", "gestion_lieu"]
# Peak of one process, in megabytes: what it held before it wrote is told apart.
_CHILD: Final = "import sys; from bench.exports import child; child(*sys.argv[1:])"


def made_up(quantity: int) -> pd.DataFrame:
    """Draw actors among the communes, one in ten without a point."""
    rng = np.random.default_rng(3)
    communes = france.communes()
    at = rng.integers(0, len(communes), quantity)
    profiles = np.array(["association", "collectivite", "entreprise", ""])
    blank: dict[str, Any] = {field.name: [field.empty] * quantity for field in ACTOR.fields}
    names = communes["commune_name"].to_numpy()[at]
    rows = pd.DataFrame(blank).assign(
        actor_id=[f"acteur-{n}" for n in range(quantity)],
        actor_name=[f"Association n° {n} de « {name} »" for n, name in enumerate(names)],
        profile=profiles[rng.integers(0, len(profiles), quantity)],
        practices=pd.Series([_PRACTICES[:n] for n in rng.integers(0, 3, quantity)]),
        commune_code=communes.index.to_numpy()[at],
        town=names,
        description="Une description d’une longueur ordinaire, pour le compte.",
        longitude=communes["longitude"].to_numpy()[at],
        latitude=communes["latitude"].to_numpy()[at],
        status="publiee",
        fictive=True,
    )
    rows.loc[rows.index % 10 == 0, ["longitude", "latitude"]] = np.nan
    return rows.set_index("actor_id", drop=False)


def peak() -> int:
    """Return the most memory that this very process held, in megabytes."""
    return _megabytes("VmHWM")


def own() -> int:
    """Return the memory that is this process's alone now, in megabytes: no file that it maps."""
    return _megabytes("RssAnon")


def _megabytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(one.split()[1]) // 1000 for one in lines if one.startswith(name))


def ours(dataset: Dataset, form: str, path: Path) -> None:
    """Write one format as the app does, piece by piece."""
    about = Caption("Acteurs", "sans filtre", fictive=True, catalysts_from="x", subject="actors")
    with path.open("wb") as file:
        file.writelines(FORMATS[form].write(Export((dataset,), about, "acteurs")))


def theirs(dataset: Dataset, way: str, path: Path) -> None:
    """Write the same rows as GeoPandas does: placed only, lists joined where it has no list."""
    placed = np.array([one is not None for one in dataset.geometry])
    rows = dataset.frame[placed].reset_index(drop=True)
    frame = gpd.GeoDataFrame(rows, geometry=dataset.geometry[placed], crs="EPSG:4326")
    if way == "to_json":
        path.write_text(frame.to_json(drop_id=True), encoding="utf-8")
        return
    frame = frame.assign(practices=frame["practices"].map(";".join))
    frame.to_file(path, driver="GeoJSON", engine="pyogrio", COORDINATE_PRECISION=6)


def child(way: str) -> None:
    """Measure one way in a process of its own; say it as JSON."""
    dataset = actors(made_up(ACTORS))
    before = peak()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"acteurs.{way if way in FORMS else 'geojson'}"
        times = []
        for _ in range(TIMES if way in {"geojson", *GEOPANDAS} else 1):
            path.unlink(missing_ok=True)
            write = theirs if way in GEOPANDAS else ours
            times.append(once(partial(write, dataset, way, path))[0])
        size = path.stat().st_size
    print(json.dumps({"times": times, "before": before, "peak": peak(), "size": size}))


def measured(way: str) -> Row:
    """Run one way apart and lay out what it found."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, way], capture_output=True, check=True, text=True
    )
    found = json.loads(done.stdout)
    name = f"GeoPandas {way}" if way in GEOPANDAS else f"catalyse {way}"
    return {
        "outil": name,
        "min (s)": round(min(found["times"]), 2),
        "max (s)": round(max(found["times"]), 2),
        "fois": len(found["times"]),
        "mémoire avant (Mo)": found["before"],
        "au plus haut (Mo)": found["peak"],
        "fichier (Mo)": round(found["size"] / 1e6, 1),
    }


def run() -> Report:
    """Write the same actors in every way, side by side."""
    rows = [measured(way) for way in ("geojson", *GEOPANDAS, *FORMS[1:])]
    remarks = [
        "Chaque ligne : un processus à part, la table déjà faite ; but : GeoJSON < 2 s.",
        "HTML : 10 000 lignes au plus par fichier, hors de ce compte.",
    ]
    return Report(f"{ACTORS:,} acteurs → fichiers".replace(",", " "), rows, remarks)
