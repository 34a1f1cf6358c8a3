"""Indicators on the real reference, and the official table that a preset describes."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.indicators import indicators, latest_year, territory_indicators, values
from geo.directory.indicators.catalogue import catalogue
from geo.reference import france
from geo.reference.kinds import kind_codes
from geo.reference.sources import sources
from geo.reference.territory import member_codes, territory
from tests.indicators import forget

# INSEE, base du comparateur de territoires, recensement 2022: its header and six of its rows.
HEADER = (
    "CODGEO;P22_POP;P16_POP;SUPERF;NAIS1621;DECE1621;P22_MEN;NAISD24;DECESD24;P22_LOG;P22_RP;"
    "P22_RSECOCC;P22_LOGVAC;P22_RP_PROP;NBMENFISC21;PIMP21;MED21;TP6021;P22_EMPLT;P22_EMPLT_SAL;"
    "P16_EMPLT;P22_POP1564;P22_CHOM1564;P22_ACT1564;ETTOT24;ETAZ24;ETBE24;ETFZ24;ETGU24;ETOQ24;"
    "ETTEF124;ETTEFP1024"
)
ROWS = """\
01001;859;767;15.95;51;33;354;8;4;379;354;11;14;303;346;s;25820;s;76.9798398259956;\
46.0049478765973;91.8870024109221;525;28;431;19;4;0;3;10;2;17;1
01002;273;243;9.15;14;11;121;1;4;175;121;41;13;106;115;s;24480;s;27.0446852904247;\
9.04468529042466;14.0355580853539;166;2;133;4;1;0;0;2;1;3;0
01019;25;26;6.82;1;4;12.5;0;0;27.5;12.5;14;1;9.61538461538462;s;s;s;s;1.84269421638139;\
1.84269421638139;3.24999999999999;14.4230769230769;3.84615384615385;12.5;1;0;0;0;0;1;1;0
01031;3581;3618;7.83;229;127;1664.58924263883;36;22;1873.6657298302;1664.58924263883;\
29.4851456295532;179.591341561824;633.603858540962;1479;44,0;20550;20,0;2176.55027385066;\
2005.71971085713;2180.82473056913;2216.17620161524;217.168882680441;1540.60049443257;186;0;45;9;\
118;14;127;42
"""


@pytest.fixture(scope="module", autouse=True)
def _the_real_country() -> None:
    forget()


def test_the_population_of_a_region_is_the_sum_of_its_communes() -> None:
    for kind in kind_codes()[1:]:
        seen = values("population", kind)
        assert seen == france.territories().loc[kind]["population"].astype(float).to_dict()
    assert sum(v or 0 for v in values("population", "region").values()) == sum(
        france.communes()["population"]
    )


def test_the_density_of_a_known_commune() -> None:
    seen = {one.indicator.code: one for one in territory_indicators("commune", "63113")}
    clermont = territory("commune", "63113")
    assert clermont.name == "Clermont-Ferrand"
    assert 3_000 < (seen["densite_population"].value or 0) < 3_600
    assert seen["densite_population"].value == pytest.approx(
        clermont.population / clermont.area_km2
    )
    assert seen["population"].source.publisher == "INSEE"


@cache
def densities(kind: str) -> dict[str, float | None]:
    return values("densite_population", kind)


@given(st.data())
def test_a_density_lies_between_those_of_its_communes(data: st.DataObject) -> None:
    kind, code = data.draw(st.sampled_from(sorted(france.members())))
    parts = [densities("commune")[member] or 0 for member in member_codes(kind, code)]
    whole = densities(kind)[code]
    assert whole is not None
    assert min(parts) - 1e-6 <= whole <= max(parts) + 1e-6


def test_what_ships_says_its_source_as_the_list_of_sources_does() -> None:
    listed = {source.title: source for source in sources()}
    population = next(one for one in indicators() if one.code == "population").source
    said = listed[population.title]
    assert (population.publisher, population.licence) == (said.publisher, said.licence)
    assert (population.vintage, population.url) == (said.vintage, said.url)
    assert latest_year("population", "crte") == said.vintage[:4]


@pytest.mark.usefixtures("comparateur")
def test_the_official_table_is_read_as_it_is_published() -> None:
    assert catalogue().faults == ()
    assert values("logements", "commune")["01001"] == 379.0
    assert values("niveau_de_vie_median", "commune")["01001"] == 25_820.0
    assert values("niveau_de_vie_median", "commune")["01019"] is None
    assert latest_year("naissances", "commune") == "2024"
    assert latest_year("niveau_de_vie_median", "commune") == "2021"
    assert values("emplois", "commune", "2016")["01002"] == pytest.approx(14.0355580853539)
    assert values("part_chomeurs", "commune")["01001"] == pytest.approx(100 * 28 / 431)
    assert values("logements", "departement")["01"] is None  # four communes are not a département


@pytest.fixture
def comparateur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "base_cc_comparateur.csv").write_text(f"{HEADER}\n{ROWS}", encoding="utf-8")
    monkeypatch.setenv("CATALYSE_INDICATORS", str(tmp_path))


def test_the_years_of_what_ships_are_told_without_reading_it_and_are_those_of_its_files() -> None:
    fresh = replace(catalogue(), _read={})
    told = {code: fresh.years(code, "commune") for code in fresh.indicators()}
    assert not fresh._read  # noqa: SLF001
    for table in fresh.tables:
        read = fresh.loaded(table)
        assert read.fault == ""
        for one in table.preset.indicators:
            assert told[one.code] == {*read.figures.get(one.code, {})}
