"""Membership and territories made of communes, so that every edge is a commune's edge."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.reference.build.clean import Shapes
from geo.reference.build.read import Divisions

MEMBERSHIP: Final = ["commune_code", "territory_kind", "territory_code"]
TITLES: Final = ["territory_kind", "territory_code", "territory_name", "territory_nature"]


def units(divisions: Divisions) -> dict[str, tuple[str, ...]]:
    """Map each SIREN that can sign a contract to its communes: EPCI, EPT or commune."""
    known: dict[str, tuple[str, ...]] = {
        row["siren"]: (code,) for code, row in divisions.current.items()
    }
    for rows in divisions.groups().values():
        known |= {row["code"]: tuple(m["code"] for m in row["membres"]) for row in rows}
    return known


def membership(divisions: Divisions, crte: pd.DataFrame, petr: pd.DataFrame) -> pd.DataFrame:
    """List which communes make each territory, one row per commune and territory."""
    known = units(divisions)
    pairs: set[tuple[str, str, str]] = set()
    for code, row in divisions.current.items():
        pairs |= {(code, "departement", row["departement"]), (code, "region", row["region"])}
    for kind, rows in divisions.groups().items():
        pairs |= {(c, kind, row["code"]) for row in rows for c in known[row["code"]]}
    pairs |= _spread("crte", zip(crte["territory_code"], crte["member_siren"], strict=True), known)
    pairs |= _spread("petr", zip(petr["petr_siren"], petr["member_siren"], strict=True), known)
    frame = pd.DataFrame(sorted(pairs), columns=MEMBERSHIP)
    return frame.sort_values(MEMBERSHIP[1:] + MEMBERSHIP[:1], ignore_index=True)


def _spread(
    kind: str, pairs: Iterable[tuple[str, str]], known: dict[str, tuple[str, ...]]
) -> set[tuple[str, str, str]]:
    return {(commune, kind, code) for code, siren in pairs for commune in known[siren]}


def titles(divisions: Divisions, crte: pd.DataFrame, petr: pd.DataFrame) -> pd.DataFrame:
    """List the name and the legal nature of every territory."""
    rows: list[tuple[str, str, str, str | None]] = [
        (kind, row["code"], row["nom"], row["type"])
        for kind, records in divisions.groups().items()
        for row in records
    ]
    areas = {"departement": divisions.departements, "region": divisions.regions}
    rows += [(kind, row["code"], row["nom"], None) for kind, all_ in areas.items() for row in all_]
    named = crte.drop_duplicates("territory_code")[TITLES[1:]]
    rows += [("crte", *row) for row in named.itertuples(index=False, name=None)]
    groups = petr.drop_duplicates("petr_siren")[["petr_siren", "petr_name"]]
    rows += [("petr", *row, "PETR") for row in groups.itertuples(index=False, name=None)]
    return pd.DataFrame(rows, columns=TITLES)


def dissolve(members: pd.DataFrame, codes: Shapes, shapes: Shapes) -> tuple[pd.MultiIndex, Shapes]:
    """Unite the communes of each territory along their shared edges, in (kind, code) order."""
    place = pd.Series(np.arange(len(codes)), index=codes)
    grouped = members.groupby(["territory_kind", "territory_code"], sort=True)
    keys, united = [], []
    for key, rows in grouped["commune_code"]:
        keys.append(key)
        united.append(shapely.coverage_union_all(shapes[place.loc[rows].to_numpy()]))
    names = ["territory_kind", "territory_code"]
    return pd.MultiIndex.from_tuples(keys, names=names), as_objects(united)


def totals(members: pd.DataFrame, communes: pd.DataFrame) -> pd.DataFrame:
    """Add up population, communes and area of each territory, by (kind, code)."""
    rows = members.merge(communes[["commune_code", "population", "area_km2"]], on="commune_code")
    grouped = rows.groupby(["territory_kind", "territory_code"], sort=True)
    return pd.DataFrame(
        {
            "population": grouped["population"].sum(),
            "commune_count": grouped["commune_code"].size(),
            "area_km2": grouped["area_km2"].sum().round(3),
        }
    )


def as_objects(shapes: list[Any]) -> Shapes:
    """Make an array of shapes that NumPy never unpacks."""
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array
