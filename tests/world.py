"""A drawn country of six communes in a row, small enough to answer by hand.

departement 01          | departement 02
10101 10102 10103 10104 | 10205 10206
epci A: 1 2  epci B: 3 4 5 (crosses the border)   10206: no EPCI
crte X: 1 2 3   crte Y: 3 4 5 6 (overlap on 3)
region 90: all
"""

import itertools
from pathlib import Path

import pandas as pd

CODES = ["10101", "10102", "10103", "10104", "10205", "10206"]
PEOPLE = [100, 200, 300, 400, 500, 600]
MEMBERS = {
    ("epci", "A"): CODES[:2],
    ("epci", "B"): CODES[2:5],
    ("crte", "X"): CODES[:3],
    ("crte", "Y"): CODES[2:],
    ("departement", "01"): CODES[:4],
    ("departement", "02"): CODES[4:],
    ("region", "90"): CODES,
}


def write_world(folder: Path) -> Path:
    """Write the drawn country as the pipeline would, without geometry."""
    communes = pd.DataFrame(
        {
            "commune_code": CODES,
            "commune_name": [f"Commune {code}" for code in CODES],
            "population": PEOPLE,
            "departement_code": ["01"] * 4 + ["02"] * 2,
            "region_code": "90",
            "epci_code": ["A", "A", "B", "B", "B", None],
            "ept_code": pd.Series([None] * 6, dtype="string"),
            "postcodes": [["01000"]] * 6,
            "longitude": [float(i) for i in range(6)],
            "latitude": 46.0,
            "point_basis": "surface",
            "area_km2": 1.0,
            "geometry": b"",
        }
    )
    people = dict(zip(CODES, PEOPLE, strict=True))
    territories = pd.DataFrame(
        [
            {
                "territory_kind": kind,
                "territory_code": code,
                "territory_name": f"{kind} {code}",
                "territory_nature": None,
                "population": sum(people[member] for member in members),
                "commune_count": len(members),
                "longitude": 0.0,
                "latitude": 46.0,
                "area_km2": 1.0,
                "geometry": b"",
            }
            for (kind, code), members in MEMBERS.items()
        ]
    )
    pairs = [(m, kind, code) for (kind, code), members in MEMBERS.items() for m in members]
    membership = pd.DataFrame(pairs, columns=["commune_code", "territory_kind", "territory_code"])
    borders = [(a, b, 1000.0) for a, b in itertools.pairwise(CODES)]
    adjacency = pd.DataFrame(borders, columns=["commune_code_a", "commune_code_b", "border_m"])
    tables = {
        "communes": communes,
        "territories": territories,
        "membership": membership,
        "adjacency": adjacency,
    }
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet")
    return folder


def catalyst(catalyst_id: str, **fields: object) -> dict[str, object]:
    """Draw one catalyst; what is not said is empty."""
    blank = {
        "catalyst_name": f"Nom {catalyst_id}",
        "profile": "",
        "practices": [],
        "practices_basis": "",
        "town": "",
        "commune_code": "",
        "departement_code": "",
        "region_code": "",
        "location_precision": "unknown",
        "scope": "",
        "evidence": "named",
        "website": "",
        "source_title": "",
        "source_url": "",
        "source_date": "",
        "note": "",
        "summary": "",
        "offers": "",
        "activities": [],
        "opening_hours": "",
        "filled": 0,
        "fictive": False,
        "longitude": float("nan"),
        "latitude": float("nan"),
    }
    return {"catalyst_id": catalyst_id, **blank, **fields}


def frame_of(*catalysts: dict[str, object]) -> pd.DataFrame:
    """Put drawn catalysts in the shape ``read_catalysts`` gives, by id."""
    return pd.DataFrame(list(catalysts)).set_index("catalyst_id", drop=False)
