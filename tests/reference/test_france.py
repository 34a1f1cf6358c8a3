"""The reader of the reference: what it gives, one row at a time, and what it says of a gap."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from geo.errors import MissingDataError, UnknownCodeError
from geo.reference import france
from geo.settings import ROOT

REFERENCE = ROOT / "data" / "reference"
READERS: list[Callable[[], object]] = [
    france.communes,
    france.territories,
    france.membership,
    france.commune_geometries,
    france.former_codes,
]


@pytest.mark.parametrize("kind", ["epci", "ept", "petr", "crte", "departement", "region"])
def test_one_geometry_is_the_row_of_the_file(kind: str) -> None:
    rows = gpd.read_parquet(REFERENCE / "territories.parquet")
    for row in rows[rows["territory_kind"] == kind].iloc[[0, -1]].itertuples():
        assert shapely.equals_exact(france.geometry(kind, row.territory_code), row.geometry)


def test_communes_and_their_geometries_are_aligned() -> None:
    communes, shapes = france.communes(), france.commune_geometries()
    assert len(communes) == len(shapes) == 34_875
    points = shapely.points(communes["longitude"], communes["latitude"])
    assert shapely.contains(shapes, points).all()
    assert not shapely.contains(shapes, np.roll(points, 1)).any()
    for code in ("01001", "75056", "97617"):
        at = communes.index.get_loc(code)
        assert shapely.equals_exact(france.geometry("commune", code), shapes[at])


def test_a_read_by_code_opens_few_rows() -> None:
    file = pq.ParquetFile(REFERENCE / "territories.parquet")
    groups = france._groups(file, {"territory_kind": "epci", "territory_code": "200034833"})  # noqa: SLF001
    assert len(groups) <= 3  # one for the code, and the two where its kind meets others
    assert len(france._groups(file, {})) == file.metadata.num_row_groups  # noqa: SLF001


def test_former_codes_lead_to_the_commune_of_today() -> None:
    assert france.former_codes()["93059"] == "93066"
    assert "93066" not in france.former_codes()


@pytest.mark.parametrize(("kind", "code"), [("epci", "93066"), ("commune", "x"), ("pays", "1")])
def test_an_unknown_code_is_said_so(kind: str, code: str) -> None:
    with pytest.raises(UnknownCodeError, match=code):
        france.geometry(kind, code)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_an_absent_file_is_said_so(
    reader: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_DATA", str(tmp_path))
    with pytest.raises(MissingDataError, match=r"\.parquet manque"):
        reader.__wrapped__()
