"""Indicators on the drawn country: every figure worked by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.analysis.indicators import indicators, territory_indicators, values
from geo.errors import UnknownCodeError, UnknownItemError
from tests.indicators import EMPTY, HOMES, INCOME, MEDIAN, SHARE, draw, forget, preset, table
from tests.world import CODES, MEMBERS

COMMUNES = """CODE;HOMES;EMPTY;INCOME;MEDIAN
10101;10;1;1000;900
10102;20;2;1600;1500
10103;30;s;nd;s
10104;40;4;2000;1900
10205;50;5;3000;2500
10206;60;6;4000;3500
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield draw(tmp_path, monkeypatch)
    forget()


@pytest.fixture
def loaded(own: Path) -> Path:
    preset(own, HOMES + EMPTY + SHARE + INCOME + MEDIAN)
    table(own, COMMUNES)
    return own


def reading(kind: str, code: str, indicator: str):
    return next(r for r in territory_indicators(kind, code) if r.indicator.code == indicator)


@pytest.mark.usefixtures("own")
def test_population_and_density_ship() -> None:
    assert [one.code for one in indicators()] == ["population", "superficie", "densite_population"]
    assert values("population", "epci") == {"A": 300.0, "B": 1200.0}
    assert values("densite_population", "epci") == {"A": 150.0, "B": 400.0}
    assert values("densite_population", "commune")["10102"] == 200.0


@pytest.mark.usefixtures("loaded")
def test_additive_counts_add_up() -> None:
    assert values("homes", "epci") == {"A": 30.0, "B": 120.0}
    assert values("homes", "crte") == {"X": 60.0, "Y": 180.0}  # 10103 counts in both
    assert values("homes", "region") == {"90": 210.0}
    assert reading("crte", "X", "homes").rule == "somme de 3\u00a0communes"


@pytest.mark.usefixtures("loaded")
def test_one_unknown_commune_makes_the_sum_unavailable_never_zero() -> None:
    assert values("empty", "epci") == {"A": 3.0, "B": None}
    assert values("empty", "departement") == {"01": None, "02": 11.0}
    assert values("empty", "commune")["10103"] is None
    seen = reading("epci", "B", "empty")
    assert (seen.value, seen.value_text) == (None, "non\u00a0disponible")
    assert seen.rule == "des communes sont sans donnée"


def test_partial_is_said_with_the_population_covered(own: Path) -> None:
    preset(own, EMPTY + "partial = true\n" + INCOME + "partial = true\n")
    table(own, COMMUNES)
    seen = reading("epci", "B", "empty")
    assert (seen.value, seen.covered) == (9.0, 0.75)
    assert "partielle : communes de 75,0\u00a0%".replace(" :", "\u00a0:") in seen.rule
    assert reading("epci", "B", "income").value == pytest.approx((2000 * 400 + 3000 * 500) / 900)
    assert reading("epci", "A", "empty").rule == "somme de 2\u00a0communes"


@pytest.mark.usefixtures("loaded")
def test_a_mean_is_weighted() -> None:
    assert values("income", "epci") == {"A": (1000 * 100 + 1600 * 200) / 300, "B": None}
    rule = "moyenne pondérée par population municipale (2023) de 2\u00a0communes"
    assert reading("epci", "A", "income").rule == rule


@pytest.mark.usefixtures("loaded")
def test_a_ratio_divides_the_sums_not_the_ratios() -> None:
    assert values("share", "epci") == {"A": pytest.approx(10.0), "B": None}
    assert values("share", "departement")["02"] == pytest.approx(100 * 11 / 110)
    assert reading("epci", "A", "share").value_text == "10,0\u00a0%"
    assert reading("epci", "A", "share").rule == "rapport\u00a0: Vacants ÷ Logements"


@pytest.mark.usefixtures("loaded")
def test_a_median_is_never_aggregated() -> None:
    assert values("median", "commune")["10101"] == 900.0
    assert set(values("median", "epci").values()) == {None}
    assert set(values("median", "epci", "2022").values()) == {None}
    assert "jamais agrégé" in reading("epci", "A", "median").rule


def test_what_is_published_at_a_level_wins_and_says_so(loaded: Path) -> None:
    preset(loaded, EMPTY, name="groupes", kind="epci")
    table(loaded, "CODE;EMPTY\nB;99\n", "groupes")
    assert values("empty", "epci") == {"A": 3.0, "B": 99.0}
    assert reading("epci", "B", "empty").rule == "publié au niveau des EPCI"
    assert reading("epci", "A", "empty").rule == "somme de 2\u00a0communes"
    assert values("share", "epci")["B"] == pytest.approx(100 * 99 / 120)


def test_what_is_published_wins_over_a_sum_that_differs(loaded: Path) -> None:
    preset(loaded, HOMES, name="groupes", kind="epci")
    table(loaded, "CODE;HOMES\nA;31\n", "groupes")
    assert values("homes", "epci") == {"A": 31.0, "B": 120.0}
    assert values("homes", "crte")["X"] == 60.0  # carried from communes, not from groups


def test_several_years_the_last_is_read(own: Path) -> None:
    both = HOMES.replace('"HOMES"', '"P{aa}_HOMES"')
    preset(own, both)
    table(own, "CODE;P98_HOMES;P22_HOMES\n10101;1;10\n10102;2;20\n")
    assert values("homes", "epci")["A"] == 30.0
    assert values("homes", "epci", "1998")["A"] == 3.0
    assert values("homes", "epci", "2010")["A"] is None
    assert reading("epci", "A", "homes").year == "2022"


def test_a_column_may_hold_the_year(own: Path) -> None:
    preset(own, HOMES, table='year_column = "AN"')
    table(own, "CODE;AN;HOMES\n10101;2020;1\n10101;2021;2\n10102;2021;3\n10102;vingt;9\n")
    assert values("homes", "epci")["A"] == 5.0
    assert values("homes", "epci", "2020")["A"] is None
    assert values("homes", "commune", "2020")["10101"] == 1.0


def test_a_changed_file_is_read_again(loaded: Path) -> None:
    assert values("homes", "commune")["10101"] == 10.0
    table(loaded, COMMUNES.replace("10101;10", "10101;11000"))
    assert values("homes", "commune")["10101"] == 11_000.0


@pytest.mark.usefixtures("own")
def test_unknown_indicator_or_territory() -> None:
    with pytest.raises(UnknownItemError, match="Indicateurs possibles : population"):
        values("bonheur", "epci")
    with pytest.raises(UnknownCodeError):
        territory_indicators("epci", "Z")


KNOWN = st.dictionaries(st.sampled_from(CODES), st.integers(0, 10**9))


@given(known=KNOWN)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_a_whole_is_the_sum_of_its_parts_or_is_not_known(own: Path, known: dict[str, int]) -> None:
    preset(own, HOMES)
    lines = [f"{code};{value}" for code, value in known.items()]
    table(own, "\n".join(["CODE;HOMES", *lines, ""]))
    for (kind, code), members in MEMBERS.items():
        whole = sum(known[one] for one in members) if set(members) <= set(known) else None
        assert values("homes", kind)[code] == whole
    parts = [*values("homes", "departement").values()]
    total = None if None in parts else sum(parts)
    assert values("homes", "region")["90"] == total
