"""Indicators on the pages: shades, columns, the table of a territory."""

from pathlib import Path

import pytest

from tests.indicators import HOMES, preset, table
from tests.pages.seen import faults, html, opened, words
from tests.pages.seen import table as shown_table


def test_the_map_is_shaded_by_density() -> None:
    app = opened("carte", contours="crte", indicateur="densite_population")
    assert faults(app) == []
    said = words(app)
    assert "Densité de population, 2023 (hab./km²)" in said
    assert "Connu pour 854\u00a0territoires sur 854." in said.replace("\\", "")
    columns = app.dataframe[0].value.columns
    assert "Densité de population, 2023 (hab./km²)" in columns


def test_what_an_operator_adds_is_there_and_hatched_where_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preset(tmp_path, HOMES, kind="region")
    table(tmp_path, "CODE;HOMES\n84;10\n11;20\n")
    monkeypatch.setenv("CATALYSE_INDICATORS", str(tmp_path))
    app = opened("carte", contours="region", indicateur="homes")
    assert faults(app) == []
    assert "Non disponible\u00a0(16)" in html(app)
    column = shown_table(app)["Logements, 2022"]
    assert (column.count(), column.sum()) == (2, 30)
    seen = opened("territoire", territoire="region:93")
    assert "non\u00a0disponible" in html(seen)


def test_a_territory_lists_its_indicators() -> None:
    written = html(opened("territoire", territoire="departement:94"))
    assert "Valeur, année et source de chacun" in written
    assert "somme de 47\u00a0communes" in written


def test_an_unknown_indicator_in_a_link_is_said() -> None:
    said = words(opened("carte", contours="region", indicateur="bonheur"))
    assert "bonheur" in said
    assert "voyez « Couleur des territoires »" in said.replace("\u00a0", " ")
