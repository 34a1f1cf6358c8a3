"""The reference that ships: whole, valid, equal to its report and to its sources."""

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.reference.build import clean, contours, fetch, provenance, public_sources, report
from geo.settings import ROOT

DATA = ROOT / "data"
REFERENCE = DATA / "reference"
LIMIT_BYTES = 60_000_000
EPCI_LAYER_BYTES = 700_000
COUNTS = {
    "commune": 34_875,
    "epci": 1_255,
    "ept": 11,
    "crte": 854,
    "petr": 79,
    "departement": 101,
    "region": 18,
}


@cache
def frame(name: str) -> gpd.GeoDataFrame:
    return gpd.read_parquet(REFERENCE / f"{name}.parquet")


@cache
def table(name: str) -> pd.DataFrame:
    return pd.read_parquet(REFERENCE / f"{name}.parquet")


@cache
def said() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (REFERENCE / "build_report.json").read_text(encoding="utf-8")
    )
    return found


def shapes(rows: gpd.GeoDataFrame) -> Any:
    return np.asarray(rows.geometry.array)


# --- guards, each shown something it must refuse -----------------------------------------------


def wrong_hashes(folder: Path, hashes: dict[str, str]) -> list[str]:
    """Name the files that are missing, unlisted or not what their hash says."""
    present = {path.name for path in folder.iterdir()}
    wrong = {name for name in present & set(hashes) if fetch.sha256(folder / name) != hashes[name]}
    return sorted(wrong | (present ^ set(hashes)))


def listed(data: Path) -> dict[str, str]:
    rows = tomllib.loads((data / "sources.toml").read_text(encoding="utf-8"))["source"]
    prefix = "reference/"
    return {r["id"].removeprefix(prefix): r["sha256"] for r in rows if r["id"].startswith(prefix)}


def wrong_coverage(rows: Any, departements: Any) -> list[str]:
    faults = []
    for system in report.coverage(rows, departements)["systems"]:
        ill = system["invalid_shapes"] or system["empty_shapes"] or system["holes_left_ha"]
        if ill or not system["coverage_is_valid"]:
            faults.append(system["metric_crs"])
    return faults


def wrong_totals(communes: pd.DataFrame, territories: pd.DataFrame, members: pd.DataFrame) -> int:
    people = members["commune_code"].map(communes.set_index("commune_code")["population"])
    summed = people.groupby([members["territory_kind"], members["territory_code"]]).sum()
    known = territories.set_index(["territory_kind", "territory_code"])["population"]
    return int((summed.sort_index() != known.sort_index()).sum())


def test_files_are_what_the_sources_and_the_report_say(tmp_path: Path) -> None:
    assert wrong_hashes(REFERENCE, listed(DATA)) == []
    reported = {name: one["sha256"] for name, one in said()["files"].items()}
    beside = {one.removeprefix("reference/") for one in public_sources.FILES}
    assert set(listed(DATA)) - set(reported) - beside == {"build_report.json"}
    assert all(listed(DATA)[name] == value for name, value in reported.items())
    rows = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))["source"]
    hashes = {row["id"]: row["sha256"] for row in rows if row["id"] in public_sources.FILES}
    assert {name: fetch.sha256(DATA / name) for name in public_sources.FILES} == hashes
    (tmp_path / "a").write_text("1", encoding="utf-8")
    assert wrong_hashes(tmp_path, {"a": "0", "b": "0"}) == ["a", "b"]


def test_the_report_counts_what_is_there() -> None:
    kinds = frame("territories")["territory_kind"].value_counts().to_dict()
    counted = {"commune": len(frame("communes")), **kinds}
    assert counted == COUNTS
    assert {kind: said()["counts"][kind] for kind in COUNTS} == COUNTS
    assert (
        report.counts(frame("communes"), frame("territories"), table("membership"))
        == said()["counts"]
    )


def test_inputs_are_the_pinned_ones() -> None:
    for package in fetch.PACKAGES:
        assert said()["inputs"][package.name] == {
            "version": package.version,
            "sha256": package.sha256,
        }
    rows = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))["source"]
    by_id = {row["id"]: row for row in rows}
    assert by_id["anct-crte"]["sha256"] == said()["inputs"]["crte"]["sha256"]
    assert all(by_id[row["id"]]["sha256"] == row["sha256"] for row in provenance.INPUTS)


def test_communes_are_one_coverage_without_gap_or_overlap() -> None:
    communes = frame("communes")
    departements = communes["departement_code"].to_numpy(dtype=object)
    assert wrong_coverage(shapes(communes), departements) == []
    spoilt = shapes(communes[communes["departement_code"] == "75"].copy())
    spoilt = np.append(spoilt, shapes(communes[communes["departement_code"] == "92"]))
    where = np.array(["75"] * len(spoilt), dtype=object)
    assert wrong_coverage(spoilt, where) == []
    spoilt[0] = shapely.buffer(spoilt[0], 0.01)  # Paris over its neighbours
    assert wrong_coverage(spoilt, where) == ["EPSG:2154"]


def test_a_missing_commune_is_seen_as_a_hole() -> None:
    communes = frame("communes")
    loiret = communes[communes["departement_code"] == "45"]
    assert clean.holes(shapes(loiret)) == []
    assert len(clean.holes(shapes(loiret[loiret["commune_code"] != "45234"]))) == 1  # Orléans


def test_the_only_hole_of_france_is_llivia() -> None:
    metropole = frame("territories").query("territory_kind == 'region'")
    (hole,) = clean.holes(shapes(metropole[metropole["territory_code"].str.len() == 2]))
    assert clean.is_enclave(hole)
    assert 1_200 < clean.area_m2(hole) / clean.HECTARE_M2 < 1_400  # 12.9 km2


@pytest.mark.parametrize("kind", ["epci", "ept", "petr", "departement", "region"])
def test_territories_that_do_not_overlap_are_a_coverage(kind: str) -> None:
    territories = frame("territories")
    rows = shapes(territories[territories["territory_kind"] == kind])
    assert shapely.is_valid(rows).all()
    assert shapely.coverage_is_valid(rows)


def test_crte_are_valid_and_overlap_where_the_list_says() -> None:
    rows = frame("territories").query("territory_kind == 'crte'")
    assert shapely.is_valid(shapes(rows)).all()
    assert not shapely.coverage_is_valid(shapes(rows))
    crte = table("membership").query("territory_kind == 'crte'")["commune_code"].value_counts()
    assert (crte == 2).sum() == 76
    assert crte.max() == 2
    assert set(frame("communes")["commune_code"]) - set(crte.index) == {"22016"}


def test_territories_are_their_communes_to_the_vertex() -> None:
    communes = frame("communes").set_index("commune_code")["geometry"]
    members = table("membership")
    chosen = frame("territories").query("territory_kind != 'region'").iloc[::60]
    for row in chosen.itertuples():
        own = members[
            (members["territory_kind"] == row.territory_kind)
            & (members["territory_code"] == row.territory_code)
        ]
        united = shapely.coverage_union_all(communes.loc[own["commune_code"]].to_numpy())
        assert shapely.equals_exact(shapely.normalize(united), shapely.normalize(row.geometry)), (
            row.territory_code
        )


def test_populations_add_up() -> None:
    communes, territories = frame("communes"), frame("territories")
    assert wrong_totals(communes, territories, table("membership")) == 0
    assert wrong_totals(communes, territories, table("membership").drop(index=5)) == 1
    assert communes["population"].sum() == 68_350_798
    assert communes.set_index("commune_code")["population"]["75056"] == 2_103_778


def test_every_point_lies_in_its_place() -> None:
    for name in ("communes", "territories"):
        rows = frame(name)
        points = shapely.points(rows["longitude"], rows["latitude"])
        assert shapely.contains(shapes(rows), points).all()
        assert not shapely.contains(shapes(rows), np.roll(points, 1)).any() or name == "territories"
    found = said()["points"]
    assert sum(found.values()) == COUNTS["commune"]
    halls = (frame("communes")["point_basis"] == "mairie").sum()
    assert halls == found["town_hall_inside"] > 32_000


def test_codes_that_needed_a_bridge_are_reported() -> None:
    bridged = {row["commune_code"]: row["how"] for row in said()["codes"]["bridged"]}
    assert bridged["22237"] == "merged"  # Pluduno went to Val-d'Arguenon
    assert bridged["12218"] == "renumbered"  # Conques-en-Rouergue was 12076
    assert "93066" not in bridged  # drawn under the codes of 2026
    assert {code[:2] for code in bridged} <= set(contours.OLDER)
    assert said()["codes"]["outlines_unused"] == []
    neussargues = frame("communes").set_index("commune_code").loc[["15141", "15031"], "geometry"]
    assert shapely.relate_pattern(*neussargues, "F********")


def test_known_places_are_where_they_are() -> None:
    communes = frame("communes").set_index("commune_code")
    assert communes.loc["97411", "commune_name"] == "Saint-Denis"
    lyon, paris = communes.loc["69123"], communes.loc["75056"]
    assert (round(lyon["longitude"], 1), round(lyon["latitude"], 1)) == (4.8, 45.8)
    assert 104 < paris["area_km2"] < 107
    assert set(communes.loc["93066", ["epci_code", "ept_code"]]) == {"200054781", "200057867"}
    france = communes["area_km2"].sum()
    assert 632_000 < france < 640_000


def test_names_lead_to_known_places() -> None:
    names = table("names")
    known = {("commune", code) for code in frame("communes")["commune_code"]} | set(
        frame("territories")[["territory_kind", "territory_code"]].itertuples(
            index=False, name=None
        )
    )
    assert set(zip(names["territory_kind"], names["territory_code"], strict=True)) == known
    assert names["name"].str.strip().ne("").all()
    rows = names.set_index("name_code")
    assert rows.loc["93059", ["name", "territory_code"]].to_list() == [
        "Pierrefitte-sur-Seine",
        "93066",
    ]
    assert rows.loc["69383", "name_kind"] == "arrondissement"
    former = table("former_codes")
    assert former["former_code"].is_unique
    assert set(former["commune_code"]) <= set(frame("communes")["commune_code"])
    assert not set(former["former_code"]) & set(frame("communes")["commune_code"])


def test_borders_join_known_neighbours() -> None:
    borders = table("adjacency")
    assert (borders["commune_code_a"] < borders["commune_code_b"]).all()
    assert (borders["border_m"] > 0).all()
    assert not borders.duplicated(["commune_code_a", "commune_code_b"]).any()
    pairs = set(zip(borders["commune_code_a"], borders["commune_code_b"], strict=True))
    assert ("93066", "93070") in pairs  # Saint-Denis, Saint-Ouen
    assert ("69123", "75056") not in pairs


@pytest.mark.parametrize(
    ("name", "kinds"), [("outlines_500", {*COUNTS}), ("outlines_1000", {*COUNTS} - {"commune"})]
)
def test_display_layers_hold_every_place_and_neighbours_match(name: str, kinds: set[str]) -> None:
    layer = frame(name)
    assert layer["territory_kind"].value_counts().to_dict() == {k: COUNTS[k] for k in kinds}
    assert shapely.is_valid(shapes(layer)).all()
    assert not shapely.is_empty(shapes(layer)).any()
    for kind in kinds - {"crte"}:
        assert shapely.coverage_is_valid(shapes(layer[layer["territory_kind"] == kind])), kind


def test_edges_match_across_kinds_in_the_display_layers() -> None:
    for name in ("outlines_500", "outlines_1000"):
        layer = frame(name).set_index(["territory_kind", "territory_code"])["geometry"]
        corsica = shapely.coverage_union_all(
            [layer["departement", "2A"], layer["departement", "2B"]]
        )
        assert shapely.equals_exact(
            shapely.normalize(corsica), shapely.normalize(layer["region", "94"])
        )


def sizes(folder: Path) -> Iterator[int]:
    return (path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_the_data_stay_light() -> None:
    import gzip  # noqa: PLC0415

    assert sum(sizes(DATA)) < LIMIT_BYTES
    epci = shapes(frame("outlines_1000").query("territory_kind == 'epci'"))
    assert len(gzip.compress("".join(shapely.to_geojson(epci)).encode())) < EPCI_LAYER_BYTES
