"""Points outside their commune: by hand first, then 35,609 town halls."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from geo.crs import GEOD
from geo.directory.geocoding.location_checks import BORDER_M, OUTSIDE, outside, strays
from geo.reference import france
from geo.reference.coast_margin import MARGIN_M, far

CHARENTON, PARIS, SAINT_MALO = "94018", "75056", "35288"
SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "samples" / "mairies_2026.csv"


def frame(*rows: tuple[str, float, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["commune_code", "longitude", "latitude"])


def home(code: str) -> tuple[float, float]:
    row = france.communes().loc[code]
    return float(row["longitude"]), float(row["latitude"])


def test_a_point_at_home_or_unknown_is_not_judged() -> None:
    rows = frame(
        (CHARENTON, *home(CHARENTON)),
        ("", *home(CHARENTON)),
        ("99999", *home(CHARENTON)),
        (CHARENTON, np.nan, np.nan),
        ("75112", *home(PARIS)),  # an arrondissement is in its commune
    )
    assert outside(rows).tolist() == [""] * 5


def test_a_point_elsewhere_says_how_far_and_where() -> None:
    [said] = outside(frame((CHARENTON, *home(PARIS))))
    assert said.startswith(f"{OUTSIDE}\u00a0: à ")
    assert said.endswith("\u00a0km de Charenton-le-Pont (94), dans Paris (75).")
    [sea] = outside(frame((SAINT_MALO, -2.2, 48.8)))
    assert "de Saint-Malo (35), dans aucune commune." in sea


def test_lon_and_lat_swapped_are_far_from_everything() -> None:
    lon, lat = home(CHARENTON)
    [said] = outside(frame((CHARENTON, lat, lon)))
    assert "dans aucune commune" in said
    metres = strays(np.array([CHARENTON], dtype=object), np.array([lat]), np.array([lon]))
    assert metres.distance_m[0] > 1_000_000


@pytest.mark.parametrize(
    ("metres", "flagged"), [(MARGIN_M - 60, False), (MARGIN_M + 60, True)], ids=["quay", "sea"]
)
def test_a_quay_is_tolerated_off_the_drawn_coast(metres: float, flagged: bool) -> None:  # noqa: FBT001
    code = "97502" if "97502" in france.communes().index else "56069"  # Groix, an island
    west = france.commune_geometries()[france.communes().index.get_loc(code)].bounds[0]
    shape = france.commune_geometries()[france.communes().index.get_loc(code)]
    tip = min(shape.geoms, key=lambda part: part.bounds[0]) if hasattr(shape, "geoms") else shape
    lat = next(y for x, y in tip.exterior.coords if x == west)
    lon, lat, _ = GEOD.fwd(west, lat, 270, metres)
    seen = strays(np.array([code], dtype=object), np.array([lon]), np.array([lat]))
    assert seen.distance_m[0] == pytest.approx(metres, abs=1)
    assert seen.flagged.tolist() == [flagged]


def test_columns_swapped_everywhere_cost_no_more() -> None:
    table = france.communes()
    codes = table.index.to_numpy(dtype=object)
    lon, lat = (table[name].to_numpy() for name in ("longitude", "latitude"))
    start = time.process_time()
    seen = strays(codes, lat, lon)
    assert time.process_time() - start < 8  # under a second
    assert seen.flagged.all()
    assert not strays(codes, lon, lat).flagged.any()


def test_no_row_is_no_work() -> None:
    assert outside(frame()).tolist() == []


@pytest.mark.parametrize(
    ("metres", "written"), [(60, "60\u00a0m"), (999, "999\u00a0m"), (3200, "3,2\u00a0km")]
)
def test_distances_are_written_as_they_are_read(metres: float, written: str) -> None:
    assert far(metres) == written


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample stays out of the project")
def test_about_one_town_hall_in_eighteen_is_flagged_in_seconds() -> None:
    halls = pd.read_csv(SAMPLE, dtype=str, keep_default_na=False)
    codes = halls["code_insee"].to_numpy(dtype=object)
    lon, lat = (halls[name].astype(float).to_numpy() for name in ("longitude", "latitude"))
    start = time.process_time()
    seen = strays(codes, lon, lat)
    assert time.process_time() - start < 8  # 1 to 3 s
    raw, kept = (seen.distance_m > 0).mean(), seen.flagged.mean()
    assert len(halls) == 35_609
    assert raw == pytest.approx(0.0545, abs=0.0002)
    assert kept == pytest.approx(0.0535, abs=0.0002)
    assert (seen.distance_m > 2000).sum() / seen.flagged.sum() == pytest.approx(0.57, abs=0.01)
    assert seen.distance_m[seen.flagged].min() > BORDER_M
