"""The movements of communes since 1943: merged, parted, renamed, given another code.

Source: INSEE, Code officiel géographique, file of the events of communes (one row a pair of a
commune before and a commune after).
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow.parquet as pq

from geo.errors import MissingDataError
from geo.reference.build import rows as raw
from geo.reference.build.fetch import sha256

FILE: Final = "commune_movements"
PROVENANCE: Final = "provenance"
COLUMNS: Final = {
    "mod": "movement",
    "date_eff": "date",
    "typecom_av": "type_before",
    "com_av": "code_before",
    "libelle_av": "name_before",
    "typecom_ap": "type_after",
    "com_ap": "code_after",
    "libelle_ap": "name_after",
}
_CODE: Final = r"(?:\d{2}|2[AB])\d{3}|"  # none after a suppression
_DATE: Final = r"\d{4}-\d{2}-\d{2}"


@dataclass(frozen=True)
class Movements:
    """The rows of the official file, one a pair of communes, and where they come from."""

    table: pd.DataFrame
    provenance: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Movements:
    """Read the official file of events.

    Raises
    ------
    BadFileError
        All that is wrong with it: column, first bad values, how many.
    """
    if not path.is_file():
        raise MissingDataError(
            f"Liste des mouvements de communes introuvable : {path}. Vérifiez le chemin."
        )
    table, faults = raw.read(path)
    absent = [name for name in COLUMNS if name not in table]
    raw.refuse(path, faults + raw.fault("(en-tête)", "colonnes absentes", absent))
    table = table[list(COLUMNS)].rename(columns=COLUMNS)
    for name in ("code_before", "code_after"):
        faults += raw.fault(name, "code illisible", _unlike(table[name], _CODE))
    faults += raw.fault("date_eff", "date illisible", _unlike(table["date"], _DATE))
    raw.refuse(path, faults)
    last = str(table["date"].max())
    provenance = {"file": path.name, "sha256": sha256(path), "date": last, "edition": last[:4]}
    order = ["date", *(name for name in COLUMNS.values() if name != "date")]
    return Movements(table.sort_values(order, ignore_index=True), provenance)


def _unlike(column: "pd.Series[str]", pattern: str) -> "pd.Series[str]":
    return column[~column.str.fullmatch(pattern)]


def committed(folder: Path) -> Movements:
    """Read back the list that a former build derived and the project ships."""
    path = folder / f"{FILE}.parquet"
    if not path.is_file():
        raise MissingDataError(
            f"{path.name} manque dans {folder} : rétablissez-le depuis le dépôt, ou donnez la "
            "liste officielle avec « make reference MOVEMENTS=fichier.csv »."
        )
    provenance = (pq.read_schema(path).metadata or {}).get(PROVENANCE.encode(), b"{}")
    return Movements(pd.read_parquet(path), json.loads(provenance))
