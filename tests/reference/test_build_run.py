"""The whole build on a drawn country: what it writes, and what it leaves alone when it cannot."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import BadFileError, MissingDataError
from geo.reference.build import contours, fetch, pipeline, toml, write
from geo.reference.build.__main__ import main
from tests.reference.drawn import (
    HEAD_2025,
    MOVEMENT_HEAD,
    contract,
    contracts,
    movement,
    movements,
    outline_file,
    square,
    write_csv,
)

Build = Callable[..., Path]


@pytest.fixture
def build(tmp_path: Path, archives: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build the drawn country in a folder of data and return that folder."""
    monkeypatch.setattr(fetch, "fetch", lambda package: archives[package.client])
    monkeypatch.setattr(
        contours, "fetch", lambda codes, _: {code: archives[code] for code in codes}
    )

    def run(rows: list[dict[str, str]] | None = None, **form: object) -> Path:
        path = None if rows is None else write_csv(tmp_path / "crte.csv", rows, **form)
        moved = write_csv(tmp_path / "movements.csv", movements(), MOVEMENT_HEAD)
        pipeline.build(tmp_path / "data", path, moved if path else None)
        return tmp_path / "data"

    return run


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_drawn_country_comes_out_whole(build: Build) -> None:
    reference = build(contracts()) / "reference"
    communes = gpd.read_parquet(reference / "communes.parquet").set_index("commune_code")
    assert communes["commune_name"].to_list() == [f"Ville-4500{n}" for n in range(1, 7)]
    assert communes.loc["45004", "geometry"].area == pytest.approx(
        2 * communes.loc["45001", "geometry"].area, rel=1e-3
    )
    assert communes["point_basis"].to_list() == [
        "mairie",
        "surface",
        "surface",
        "mairie",
        "mairie",
        "mairie",
    ]
    assert communes["epci_code"].isna().to_list() == [False, False, False, True, False, False]
    territories = pd.read_parquet(
        reference / "territories.parquet",
        columns=["territory_kind", "territory_code", "population", "commune_count"],
    )
    assert territories.to_numpy().tolist() == [
        ["crte", "crte-24-45-1", 400, 4],
        ["crte", "crte-24-45-2", 200, 2],
        ["crte", "crte-24-45-3", 100, 1],
        ["departement", "45", 600, 6],
        ["epci", "200000001", 200, 2],
        ["epci", "200000002", 200, 2],
        ["epci", "200000003", 100, 1],
        ["petr", "250000001", 400, 4],
        ["region", "24", 600, 6],
    ]
    names = pd.read_parquet(reference / "names.parquet")
    assert names.loc[
        names["name_kind"] == "delegated", ["territory_code", "name_code"]
    ].to_numpy().tolist() == [["45004", "45007"]]
    report = json.loads((reference / "build_report.json").read_text(encoding="utf-8"))
    assert report["counts"]["communes_in_two_crte"] == 2
    assert report["counts"]["communes_in_no_crte"] == ["45006"]
    assert report["codes"]["bridged_count"] == 1
    assert report["vintage"]["outlines"] == {"COG 2026": ["45"], "COG 2018": []}
    coast = pd.read_parquet(reference / "coast.parquet")
    assert set(coast["commune_code"]) == set(communes.index)  # none is walled in by the others


def test_the_drawn_past_leads_to_the_communes_of_today(build: Build) -> None:
    reference = build(contracts()) / "reference"
    names = pd.read_parquet(reference / "names.parquet")
    former = names[names["name_kind"] == "former"].fillna("")
    assert former[["name", "name_code", "territory_code"]].to_numpy().tolist() == [
        ["Vieuxbourg", "", "45001"],
        ["Partagée", "45009", "45002"],
        ["Partagée", "45009", "45003"],
        ["Courtil", "45008", "45004"],
        ["Petiteville", "", "45004"],
    ]
    codes = pd.read_parquet(reference / "former_codes.parquet")
    assert codes.to_numpy().tolist() == [["45007", "45004"], ["45008", "45004"]]
    splits = pd.read_parquet(reference / "commune_splits.parquet")
    assert splits.to_numpy().tolist() == [
        ["divided", "45009", "45002", "1951-01-01"],
        ["divided", "45009", "45003", "1951-01-01"],
        ["separated", "45005", "45006", "2024-01-01"],
    ]
    (far,) = pd.read_parquet(reference / "overseas.parquet").to_dict("records")
    assert (far["code"], far["collectivity_name"], list(far["former_codes"])) == (
        *("98701", "Polynésie"),
        ["45010"],
    )
    said = json.loads((reference / "build_report.json").read_text(encoding="utf-8"))["names"]
    assert said["former_codes_divided"] == ["45009"]
    assert said["names_of_no_commune"] == ["Ville-98701 (45010)"]


def test_a_list_of_movements_that_is_wrong_is_refused_whole(build: Build, tmp_path: Path) -> None:
    before = content(build(contracts()))
    wrong = movement("10", "hier", "4500 Vieux", "45001 Neuf")
    bad = write_csv(tmp_path / "bad.csv", [wrong], MOVEMENT_HEAD)
    with pytest.raises(BadFileError, match=r"4500 .*hier"):
        pipeline.build(tmp_path / "data", None, bad)
    with pytest.raises(MissingDataError, match="rien"):
        pipeline.build(tmp_path / "data", None, tmp_path / "rien.csv")
    assert content(tmp_path / "data") == before


def test_the_same_inputs_give_the_same_bytes(build: Build) -> None:
    first = content(build(contracts()))
    assert content(build(contracts())) == first
    assert content(build()) == first  # from the list that the build itself ships
    again = build([*contracts()[1:], contract("crte-24-45-4", "200000003")])
    assert content(again) != first


def test_a_newer_list_changes_the_contracts_and_keeps_the_petr(build: Build) -> None:
    build(contracts())
    data = build([contract("crte-24-45-7", "200000003")], head=HEAD_2025)
    territories = pd.read_parquet(
        data / "reference" / "territories.parquet", columns=["territory_kind", "territory_code"]
    )
    kinds = territories.groupby("territory_kind")["territory_code"].agg(list)
    assert kinds["crte"] == ["crte-24-45-7"]
    assert kinds["petr"] == ["250000001"]
    rows = tomllib.loads((data / "sources.toml").read_text(encoding="utf-8"))["source"]
    (listed,) = (row for row in rows if row["id"] == "anct-crte")
    assert (listed["vintage"], listed["date"]) == ("2025", "2024-05-06")
    assert listed["sha256"] == fetch.sha256(data.parent / "crte.csv")


def test_a_refused_list_changes_nothing(build: Build, tmp_path: Path) -> None:
    before = content(build(contracts()))
    with pytest.raises(BadFileError, match="999999999"):
        build([contract("crte-24-45-1", "999999999")])
    assert content(tmp_path / "data") == before
    assert not list((tmp_path / "data").glob(".*"))


def test_the_command_says_it_in_one_sentence(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CATALYSE_DATA", str(build(contracts())))
    assert main([]) == 0
    assert main(["--crte", str(tmp_path / "rien.csv")]) == 2
    assert "rien.csv" in caplog.records[-1].message
    assert caplog.records[-1].exc_info is None


# --- outlines, one file a département -----------------------------------------------------------


def pinned(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Take some files for those that the recent edition is made of."""
    recent = replace(contours.RECENT, sha256=contours.digest(paths))
    former = replace(contours.FORMER, sha256=contours.digest([]))
    monkeypatch.setattr(contours, "RECENT", recent)
    monkeypatch.setattr(contours, "FORMER", former)
    monkeypatch.setattr(contours, "EDITIONS", (recent, former))


def test_outlines_come_from_the_folder_given_at_any_depth(
    archives: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "45.json").write_bytes(archives["45"].read_bytes())
    pinned(monkeypatch, deep / "45.json")
    assert contours.fetch(["45"], tmp_path) == {"45": deep / "45.json"}
    (deep / "45.json").write_text(outline_file({}), encoding="utf-8")
    with pytest.raises(BadFileError, match=r"COG 2026 ne sont pas ceux attendus"):
        contours.fetch(["45"], tmp_path)


def test_outlines_that_no_one_publishes_any_more_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contours, "_HOST", (tmp_path / "nowhere").as_uri())
    with pytest.raises(MissingDataError, match=r"45\.json.*CONTOURS=dossier"):
        contours.fetch(["45"], tmp_path / "cache")
    assert not list((tmp_path / "cache").iterdir())


def test_outlines_are_fetched_from_where_they_are_published(
    archives: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, path = contours.path_of("45")
    there = tmp_path / edition.repository / edition.commit / path
    there.parent.mkdir(parents=True)
    there.write_bytes(archives["45"].read_bytes())
    pinned(monkeypatch, there)
    monkeypatch.setattr(contours, "_HOST", tmp_path.as_uri())
    files = contours.fetch(["45"], tmp_path / "cache")
    there.unlink()
    assert contours.fetch(["45"], tmp_path / "cache") == files  # kept
    assert contours.path_of("22")[0].vintage == "COG 2018"


def test_outlines_given_twice_or_unreadable_are_refused(
    archives: dict[str, Path], tmp_path: Path
) -> None:
    with pytest.raises(BadFileError, match=r"deux fois.*45001"):
        contours.read({"45": archives["45"], "46": archives["45"]})
    bad = tmp_path / "46.json"
    bad.write_text("{", encoding="utf-8")
    with pytest.raises(BadFileError, match=r"46\.json"):
        contours.read({"46": bad})


def test_an_outline_that_crosses_itself_is_made_valid(tmp_path: Path) -> None:
    west, south, east, north = square(0, 0).bounds
    bow = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    path = tmp_path / "45.json"
    path.write_text(outline_file({"45001": bow}), encoding="utf-8")
    (shape,) = contours.read({"45": path})["geometry"]
    assert shape.is_valid
    assert shape.area == pytest.approx(square(0, 0).area / 2)


# --- the pieces that guard what is there --------------------------------------------------------


def test_a_folder_is_replaced_only_when_all_went_well(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    with write.beside(folder) as fresh:
        (fresh / "a").write_text("1", encoding="utf-8")
    (folder / "other").write_text("kept", encoding="utf-8")

    def fail() -> None:
        with write.beside(folder) as fresh:
            (fresh / "a").write_text("2", encoding="utf-8")
            raise BadFileError

    with pytest.raises(BadFileError):
        fail()
    assert content(folder) == {"a": b"1", "other": b"kept"}
    with write.beside(folder) as fresh:
        (fresh / "a").write_text("3", encoding="utf-8")
    assert content(folder) == {"a": b"3", "other": b"kept"}
    assert [path.name for path in tmp_path.iterdir()] == ["reference"]


def test_entries_of_others_stay_in_the_sources(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    other = {"id": "else", "title": 'a "quoted" \\ é'}
    toml.save(path, [{"id": "mine", "title": "1"}, other])
    toml.save(path, [{"id": "mine", "title": "2"}])
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    assert rows == [{"id": "mine", "title": "2"}, other]


def test_an_archive_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / fetch.DIVISIONS.file
    path.write_bytes(b"something else")
    with pytest.raises(BadFileError, match=r"SHA-256.*au lieu de c189ffd5b33f"):
        fetch.fetch(fetch.DIVISIONS, tmp_path)
    good = fetch.sha256(path)
    assert fetch.check(path, good) == path


@pytest.mark.parametrize("package", fetch.PACKAGES)
def test_a_client_that_fails_or_brings_nothing_is_named(
    package: fetch.Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any(package.version in word for word in package.command(tmp_path))
    monkeypatch.setattr(fetch.Package, "command", lambda *_: ["false"])
    with pytest.raises(MissingDataError, match=package.name):
        fetch.fetch(package, tmp_path)
    monkeypatch.setattr(fetch.Package, "command", lambda *_: ["true"])
    with pytest.raises(MissingDataError, match="déposé"):
        fetch.fetch(package, tmp_path)
