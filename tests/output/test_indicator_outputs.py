"""Indicators as they leave: a table to read, rows for a program, shades of any sign."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.analysis.coverage import coverage
from geo.analysis.indicators import figures, territory_indicators
from geo.directory.directory import directory
from geo.output import maps
from geo.output.caption import caption
from geo.output.coverage import coverage_export
from geo.output.exports import FORMATS
from geo.output.indicators import indicator_rows, indicator_table
from geo.query.selection import Selection
from tests.indicators import EMPTY, HOMES, draw, forget, preset, table

ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    own = draw(tmp_path, monkeypatch)
    preset(own, HOMES.replace("Logements", ATTACK) + EMPTY)
    table(own, "CODE;HOMES;EMPTY\n10101;1;s\n10102;2;0\n")
    yield own
    forget()


@pytest.mark.usefixtures("own")
def test_a_table_to_read_says_what_is_missing_and_runs_nothing() -> None:
    written = indicator_table(territory_indicators("epci", "A"))
    assert written.count("non\u00a0disponible") == 1
    assert '<span class="vide">non' in written
    assert ATTACK not in written
    assert "&lt;script&gt;" in written
    assert "300\u00a0habitants" in written


@pytest.mark.usefixtures("own")
def test_rows_for_a_program_keep_missing_apart_from_zero() -> None:
    rows = {row["indicator_code"]: row for row in indicator_rows(territory_indicators("epci", "A"))}
    assert rows["empty"]["value"] is None
    assert rows["homes"]["value"] == 3.0
    assert rows["homes"]["source"]["publisher"] == "Nous"
    (zero,) = [
        row["value"]
        for row in indicator_rows(territory_indicators("commune", "10102"))
        if row["indicator_code"] == "empty"
    ]
    assert zero == 0.0


@pytest.mark.usefixtures("own")
def test_figures_of_a_kind_say_how_they_were_had() -> None:
    seen = figures("homes", "epci")
    assert (seen.by_code, seen.year, seen.how) == (
        {"A": 3.0, "B": None},
        "2022",
        "somme des communes",
    )
    assert figures("homes", "commune").how == "publié au niveau des communes"


def test_shades_of_any_sign_start_at_the_least_value() -> None:
    values = {str(n): float(n) for n in range(-4, 6)} | {"none": None}
    scale = maps.scale_for(values, "%")
    assert scale.bounds[0] == -4.0
    assert list(scale.bounds) == sorted(set(scale.bounds))
    assert len(scale.bounds) <= 5
    assert "-4" in scale.labels()[0].replace("\u2212", "-") or "moins de" in scale.labels()[0]


def test_territories_leave_with_the_indicator_that_shades_them(tmp_path: Path) -> None:
    forget()
    book, seen = directory(), figures("densite_population", "region")
    about = caption(book, Selection(), "Territoires")
    compared = coverage(book, "region", Selection())
    text = FORMATS["csv"].content(coverage_export(compared, about, seen)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    found = {row["territory_code"]: float(row["indicator_value"]) for row in rows}
    assert found == {code: round(value or 0, 4) for code, value in seen.by_code.items()}
    assert {row["indicator_year"] for row in rows} == {seen.year}
    assert all("INSEE" in row["indicator_source"] for row in rows)
    path = tmp_path / "territoires.geojson"
    path.write_bytes(FORMATS["geojson"].content(coverage_export(compared, about, seen)))
    written = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert {one["properties"]["indicator_unit"] for one in written} == {"hab./km²"}
    assert len(written) == len(rows) == 18
