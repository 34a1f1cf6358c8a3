"""Distances and proposed places as files, at the terminal, by HTTP: the same figures everywhere."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from starlette.applications import Starlette

from geo.analysis.proximity.proximity import counted, proximity
from geo.analysis.siting.question import SitingQuestion
from geo.analysis.siting.siting import siting
from geo.api import ogc
from geo.directory.directory import directory
from geo.errors import AtlasError
from geo.output.curves import ALL, BESIDE, compared, curve_options, curve_table
from geo.output.exports import FORMATS
from geo.output.exports.build import export_of
from geo.output.siting import far_by_territory, gap_sentence
from geo.query.selection import Selection
from geo.reference.place import Place
from tests.api.asgi import Client
from tests.cli.running import catalyse

BRITTANY = {"lieux": ["3"], "seuil": ["50"], "territoire": ["region:53"]}


def _read(subject: str, given: dict[str, list[str]]) -> list[dict[str, str]]:
    text = FORMATS["csv"].content(export_of(subject, given)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_file_of_distances_holds_every_territory_and_says_method_and_vintage():
    rows = _read("reach", {"contours": ["region"], "seuil": ["25"]})
    seen = proximity(directory(), "region", Selection(), 25).frame
    assert len(rows) == 18
    for row in rows:
        known = seen.loc[row["territory_code"]]
        assert int(row["within"]) == int(row["within_25"]) == known["within_25"]
        assert row["territory_id"] == f"region:{row['territory_code']}"
    said = rows[0]["extraction"]
    for part in ("à vol d’oiseau", "placés sur 85", "Population 2023", "maximum"):
        assert part in said, part
    with pytest.raises(AtlasError, match="contours=departement"):
        export_of("reach", {})


def test_files_of_places_hold_the_answer_in_every_form():
    asked = SitingQuestion(count=3, territory=Place("region", "53"))
    known = siting(directory(), asked).places
    rows = _read("siting", BRITTANY)
    assert [row["commune_code"] for row in rows] == known["commune_code"].to_list()
    assert [int(row["gained"]) for row in rows] == known["gained"].to_list()
    features = json.loads(FORMATS["geojson"].content(export_of("siting", BRITTANY)))["features"]
    assert [one["geometry"]["coordinates"] for one in features] == [
        [pytest.approx(lon, abs=1e-5), pytest.approx(lat, abs=1e-5)]
        for lon, lat in zip(known["longitude"], known["latitude"], strict=True)
    ]
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].content(export_of("siting", BRITTANY))))
    assert any("Châteaulin" in str(cell.value) for row in book.worksheets[0] for cell in row)


def test_the_terminal_says_places_and_the_proven_gap():
    done = catalyse("siting", "--places", 3, "--territory", "region:53")
    assert done.returncode == 0, done.stderr
    assert "Châteaulin (29)" in done.stdout
    assert "prouvé" in done.stdout
    assert "placés sur" in done.stderr
    record = json.loads(
        catalyse("siting", "--places", 3, "--territory", "region:53", "--format", "json").stdout
    )
    assert record["gap"] <= 0.01
    brought = sum(one["gained"] for one in record["places"])
    assert record["after"]["within"] - record["before"]["within"] == brought
    refused = catalyse("siting", "--places", 99)
    assert refused.returncode == 2
    assert "de 1 à 50" in refused.stderr


def test_the_api_and_the_terminal_say_the_same_and_the_sum_is_the_country():
    said = Client(Starlette(routes=ogc.routes())).get("/api/coverage?kind=crte&within_km=25")
    assert said.status_code == 200
    body = said.json()
    told = json.loads(
        catalyse("coverage", "--kind", "crte", "--within-km", 25, "--format", "json").stdout
    )
    assert body["results"] == told["results"]
    for name in counted():
        parts = sum(row[name] for row in body["results"] if name in row)
        if name in body["results"][0]:
            whole = body["country"][name]
            assert parts + body["outside"][name] - body["twice"][name] == whole, name
    assert (body["placed_count"], body["selected_count"]) == (58, 85)


def test_curves_and_their_table_say_the_same_shares():
    kept = Selection(also=("fabrique_territoire",))
    found = compared(directory(), kept, "practices")
    assert list(found)[:2] == [ALL, BESIDE]
    assert len(found) == 6
    options, (header, rows) = curve_options(found), curve_table(found)
    assert [one["name"] for one in options["series"]] == [row[0] for row in rows]
    fifty = dict(options["series"][0]["data"])[50.0]
    assert rows[0][header.index("50\u00a0km")] == f"{fifty:.1f}".replace(".", ",") + "\u00a0%"
    assert len({(s["symbol"], s["lineStyle"]["type"]) for s in options["series"]}) == 6
    [phone] = options["media"]
    assert phone["option"]["legend"]["orient"] == "vertical"
    assert "type" not in options["legend"], "a legend that scrolls hides the names of lines"
    assert phone["option"]["grid"]["top"] > 16 * len(options["series"])


def test_the_map_after_is_nearer_everywhere_and_leaves_overseas_out():
    found = siting(directory(), SitingQuestion(count=3, territory=Place("region", "53")))
    after = far_by_territory(found, "departement")
    before = proximity(directory(), "departement", Selection(), 50).frame["mean_km"]
    assert set(after) == {"22", "29", "35", "56"}
    assert all(after[code] <= before[code] + 1e-9 for code in after)
    assert "optimal" in gap_sentence(found)
