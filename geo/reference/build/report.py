"""What a build found: counts, codes bridged, gaps, overlaps, inputs; and what it must find."""

from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.errors import BadFileError
from geo.reference.build.bridge import Bridged
from geo.reference.build.clean import (
    DETAIL_M,
    ENCLAVES,
    GAP_WIDTH_M,
    GRID,
    HECTARE_M2,
    Gap,
    Shapes,
    area_m2,
    holes,
    is_enclave,
    systems,
)
from geo.reference.build.contours import EDITIONS, path_of
from geo.reference.build.fetch import PACKAGES, sha256
from geo.reference.build.history import History

_TOOLS: Final = ("geopandas", "numpy", "pandas", "pyarrow", "pyproj", "shapely")
VINTAGE: Final = {
    "communes": "COG 2026",
    "population": "2023 (Mayotte : 2017)",
    "epci": "2025",
    "ept": "2025",
}


def coverage(shapes: Shapes, departements: Shapes) -> dict[str, Any]:
    """Measure what is left of gaps, overlaps and invalid shapes in each local coverage."""
    reports = []
    for crs, rows in systems(departements):
        # A coverage is valid when no edge is not: GEOS would look for them twice.
        edges = shapely.coverage_invalid_edges(shapes[rows])
        unmatched_count = int((~shapely.is_empty(edges)).sum())
        whole = not unmatched_count
        remaining = [h for h in (holes(shapes[rows]) if whole else ()) if not is_enclave(h)]
        reports.append(
            {
                "metric_crs": crs,
                "communes": len(rows),
                "invalid_shapes": int((~shapely.is_valid(shapes[rows])).sum()),
                "empty_shapes": int(shapely.is_empty(shapes[rows]).sum()),
                "unmatched_edges_communes": unmatched_count,
                "coverage_is_valid": whole,
                "holes_left_ha": [round(area_m2(hole) / HECTARE_M2, 3) for hole in remaining],
            }
        )
    return {
        "detail_m": DETAIL_M,
        "gap_width_m": GAP_WIDTH_M,
        "grid_degree": 1 / GRID,
        "systems": reports,
    }


def unmatched(shapes: Shapes, departements: Shapes) -> int:
    """Count the communes of the source whose edges do not match their neighbours'."""
    edges = [shapely.coverage_invalid_edges(shapes[rows]) for _, rows in systems(departements)]
    return int(sum((~shapely.is_empty(found)).sum() for found in edges))


def counts(table: pd.DataFrame, territories: pd.DataFrame, members: pd.DataFrame) -> dict[str, Any]:
    """Count territories by kind and what membership leaves out or gives twice."""
    kinds = territories["territory_kind"].value_counts().sort_index()
    codes = set(table["commune_code"])
    crte = members.loc[members["territory_kind"] == "crte", "commune_code"].value_counts()
    return {
        "commune": len(table),
        **{str(kind): int(count) for kind, count in kinds.items()},
        "population": int(table["population"].sum()),
        "communes_in_two_crte": int((crte == 2).sum()),  # noqa: PLR2004
        "communes_in_more_crte": int((crte > 2).sum()),  # noqa: PLR2004
        "communes_in_no_crte": sorted(codes - set(crte.index)),
        "communes_in_no_epci": sorted(table.loc[table["epci_code"].isna(), "commune_code"]),
    }


def points(table: pd.DataFrame, halls: Shapes) -> dict[str, int]:
    """Count how the communes' points were found."""
    inside = int((table["point_basis"] == "mairie").sum())
    known = int((~shapely.is_missing(halls)).sum())
    return {
        "town_hall_inside": inside,
        "town_hall_outside_own_commune": known - inside,
        "town_hall_unknown": len(table) - known,
    }


def names(frame: pd.DataFrame, code_history: History) -> dict[str, Any]:
    """Count the names by kind, and the old codes and names that lead to no commune, or several."""
    kinds = frame["name_kind"].value_counts().sort_index()
    codes = {code: code_history.holders(code) for code in code_history.codes()}
    all_names = code_history.names()
    return {
        **{str(kind): int(count) for kind, count in kinds.items()},
        "former_codes": len(codes),
        "former_codes_without_name": len(set(codes) - set(frame["name_code"].dropna())),
        "former_codes_of_no_commune": sorted(
            code for code, holders in codes.items() if not holders
        ),
        "former_codes_divided": sorted(code for code, holders in codes.items() if len(holders) > 1),
        "names_since_1943": len(all_names),
        "names_of_no_commune": sorted(
            f"{name.name} ({name.code})" for name in all_names if not name.holders
        ),
    }


def codes(bridged: Bridged) -> dict[str, Any]:
    """List every code that needed a bridge and every outline that no commune took."""
    return {
        "bridged": [asdict(item) for item in bridged.bridges],
        "bridged_count": len(bridged.bridges),
        "outlines_unused": list(bridged.unused),
    }


def gaps(all_gaps: Iterable[Gap]) -> dict[str, Any]:
    """Count the holes met while cleaning; list those over a hectare and who took them."""
    every = list(all_gaps)
    return {
        "count": len(every),
        "area_ha": round(sum(gap.area_ha for gap in every), 3),
        "over_one_hectare": [asdict(gap) for gap in every if gap.area_ha > 1],
        "true_enclaves": sorted(ENCLAVES),
    }


def outlines_by_departement(departements: Shapes) -> dict[str, list[str]]:
    """List the départements that each edition of outlines draws, by its vintage."""
    found: dict[str, list[str]] = {edition.vintage: [] for edition in EDITIONS}
    for code in sorted(set(departements)):
        found[path_of(code)[0].vintage].append(code)
    return found


def inputs(crte: dict[str, str], movements: dict[str, str]) -> dict[str, Any]:
    """Name the inputs by version and hash."""
    packages = {p.name: {"version": p.version, "sha256": p.sha256} for p in PACKAGES}
    editions = {e.repository: {"version": e.commit, "sha256": e.sha256} for e in EDITIONS}
    return {**packages, **editions, "crte": crte, "movements": movements}


def versions() -> dict[str, str]:
    """Name the versions of what computed the files."""
    return {
        **{name: version(name) for name in _TOOLS},
        "geos": ".".join(map(str, shapely.geos_version)),
    }


def files(folder: Path) -> dict[str, Any]:
    """Measure and hash every Parquet file of a folder."""
    return {
        path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(folder.glob("*.parquet"))
    }


def require(content: dict[str, Any], communes: int) -> None:
    """Refuse a build whose geography is not whole: nothing is written then."""
    faults = []
    if content["counts"]["commune"] != communes:
        faults.append("des communes manquent")
    for system in content["coverage"]["systems"]:
        if not system["coverage_is_valid"] or system["invalid_shapes"] or system["empty_shapes"]:
            faults.append(f"contours incohérents en {system['metric_crs']}")
        if system["holes_left_ha"]:
            faults.append(f"trous en {system['metric_crs']}")
    if faults:
        raise BadFileError(f"Géographie refusée, rien n’a été modifié : {', '.join(faults)}.")


def light(layers: dict[str, Shapes]) -> dict[str, Any]:
    """Measure the display layers: invalid shapes, vertices."""
    return {
        name: {
            "invalid_shapes": int((~shapely.is_valid(shapes)).sum()),
            "empty_shapes": int(shapely.is_empty(shapes).sum()),
            "vertices": int(np.sum(shapely.get_num_coordinates(shapes))),
        }
        for name, shapes in layers.items()
    }
