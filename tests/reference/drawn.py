"""A small country drawn with squares, packed as the two packages of the real one."""

import json
from pathlib import Path
from typing import Any

import shapely
import shapely.geometry

SIDE = 1 / 64  # degrees; a binary step, so that neighbours share their vertices exactly
# Column, row: A B C D along one line; E above A; F, G above C and D.
PLACES = {
    "45001": (0, 0),
    "45002": (1, 0),
    "45003": (2, 0),
    "45004": (3, 0),
    "45005": (0, 1),
    "45006": (2, 1),
    "45007": (3, 1),
}
EPCI = {"200000001": ["45001", "45005"], "200000002": ["45002", "45003"], "200000003": ["45006"]}


def square(column: float, row: float, side: float = SIDE) -> Any:
    west, south = 2.0 + column * SIDE, 47.5 + row * SIDE
    return shapely.box(west, south, west + side, south + side)


def siren(code: str) -> str:
    return f"21{code}00"


def _commune(code: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "nom": f"Ville-{code}",
        "zone": "metro",
        "departement": "45",
        "region": "24",
        "type": "commune-actuelle",
        "siren": siren(code),
        "codesPostaux": ["45000"],
        "population": 100,
        **more,
    }


def divisions() -> dict[str, Any]:
    communes = [_commune(code) for code in PLACES if code != "45007"]
    communes[3]["anciensCodes"] = ["45007"]
    communes.append({**_commune("45007"), "type": "commune-deleguee", "chefLieu": "45004"})
    communes.append(_commune("98701", zone="com", departement="987", region="987"))
    group = {"type": "CC", "nom": "CC du carré"}
    return {
        "communes": communes,
        "epci": [
            {**group, "code": code, "membres": [{"code": one} for one in members]}
            for code, members in EPCI.items()
        ],
        "ept": [],
        "departements": [
            {"code": "45", "nom": "Loiret", "region": "24"},
            {"code": "987", "nom": "Polynésie"},
        ],
        "regions": [
            {"code": "24", "nom": "Centre-Val de Loire"},
            {"code": "987", "nom": "Polynésie"},
        ],
    }


def outline_lines() -> list[str]:
    head = "code,type,nom,type_nom,geometry,mairie_localisation,mairie_email"
    rows = [head]
    for code, (column, row) in PLACES.items():
        shape, hall = square(column, row), square(column, row).centroid
        hall = shapely.Point(0, 0) if code == "45002" else hall
        point = r"\N" if code == "45003" else shapely.to_wkb(hall, hex=True)
        rows.append(f"{code},COM,Ville,2,{shapely.to_wkb(shape, hex=True)},{point},x")
    return rows


def outline_file(shapes: dict[str, Any] | None = None) -> str:
    """Write outlines as the GeoJSON of a département; those of the drawn country by default."""
    known = {code: square(*place) for code, place in PLACES.items()} if shapes is None else shapes
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "nom": f"Ville-{code}"},
            "geometry": shapely.geometry.mapping(shape),
        }
        for code, shape in known.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


HEAD_2022 = [
    *("insee_reg", "lib_reg", "dep_chef_file", "lib_dep", "id_crte", "lib_crte", "type_grp_crte"),
    *("crte_interreg", "crte_interdep", "siren_groupement", "lib_groupement", "nature_juridique"),
    *("siren_grp_supra", "lib_grp_supra", "nat_jur_grp_supra"),
]
HEAD_2025 = [
    *("insee_reg", "lib_reg", "dep_chef_file", "lib_dep", "id_crte", "lib_crte", "type_grp_crte"),
    *("siren_groupement", "lib_groupement", "nature_juridique", "siren_epci", "date_signature"),
]


def contract(name: str, signer: str, **more: str) -> dict[str, str]:
    return {
        **dict.fromkeys([*HEAD_2022, *HEAD_2025], ""),
        "insee_reg": "24",
        "dep_chef_file": "45",
        "id_crte": name,
        "lib_crte": f"Contrat d'été {name}",
        "type_grp_crte": "mono",
        "siren_groupement": signer,
        "lib_groupement": "CC du carré",
        "nature_juridique": "CC",
        "siren_epci": signer,
        "date_signature": "2024-05-06",
        **more,
    }


def contracts() -> list[dict[str, str]]:
    """Two EPCI in a PETR, one of them in a second contract, one commune on its own."""
    supra = {
        "siren_grp_supra": "200000001 ; 250000001",
        "lib_grp_supra": "CC du carré ; PETR du carré",
        "nat_jur_grp_supra": "CC ; PETR",
    }
    return [
        contract("crte-24-45-1", "200000001", **supra),
        contract("crte-24-45-1", "200000002", **supra),
        contract("crte-24-45-1", "200000002", dep_chef_file="18", **supra),
        contract("crte-24-45-2", "200000002"),
        contract("crte-24-45-3", siren("45004"), nature_juridique="COM"),
    ]


MOVEMENT_HEAD = [
    *("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TNCC_AV", "NCC_AV", "NCCENR_AV", "LIBELLE_AV"),
    *("TYPECOM_AP", "COM_AP", "TNCC_AP", "NCC_AP", "NCCENR_AP", "LIBELLE_AP"),
]


def movement(
    kind: str, date: str, before: str, after: str, types: tuple[str, str] = ("COM", "COM")
) -> dict[str, str]:
    """Write one event: « code name » before and after."""
    code, _, name = before.partition(" ")
    new_code, _, new_name = after.partition(" ")
    return {
        **dict.fromkeys(MOVEMENT_HEAD, ""),
        "MOD": kind,
        "DATE_EFF": date,
        "TYPECOM_AV": types[0],
        "COM_AV": code,
        "LIBELLE_AV": name,
        "TYPECOM_AP": types[1] if after else "",
        "COM_AP": new_code,
        "LIBELLE_AP": new_name,
    }


def movements() -> list[dict[str, str]]:
    """One renamed, one merged under another name, one shared out, one taken out, one gone."""
    return [
        movement("10", "1962-01-01", "45001 Vieuxbourg", "45001 Ville-45001"),
        movement("32", "2019-01-01", "45007 Petiteville", "45004 Ville-45004"),
        movement("32", "2019-01-01", "45007 Petiteville", "45007 Petiteville", ("COM", "COMD")),
        movement("31", "1972-01-01", "45008 Courtil", "45007 Petiteville"),
        movement("30", "1951-01-01", "45009 Partagée", "45002 Ville-45002"),
        movement("30", "1951-01-01", "45009 Partagée", "45003 Ville-45003"),
        movement("21", "2024-01-01", "45005 Ville-45005", "45005 Ville-45005"),
        movement("21", "2024-01-01", "45005 Ville-45005", "45006 Ville-45006"),
        movement("30", "2007-02-23", "45010 Ville-98701", ""),
    ]


def write_csv(
    path: Path,
    rows: list[dict[str, str]],
    head: list[str] = HEAD_2022,
    encoding: str = "utf-8",
    separator: str = ",",
) -> Path:
    lines = [head, *([row[name] for name in head] for row in rows)]
    text = "\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)
    path.write_text(text + "\n", encoding=encoding)
    return path
