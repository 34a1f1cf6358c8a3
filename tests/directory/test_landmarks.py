"""Dated figures: each says whom it asked and who says so; what is contradicted has no value."""

from pathlib import Path

import pytest

from geo.analysis.national_indicators import national_figures
from geo.directory.landmarks import landmarks
from geo.errors import BadFileError, MissingDataError
from geo.reference import france


@pytest.mark.parametrize("one", landmarks(), ids=lambda one: one.figure_id)
def test_a_figure_says_its_year_its_population_and_its_source(one):
    assert one.year[:4].isdigit()
    assert one.respondents
    assert one.source_title
    assert one.source_url.startswith(("https://", "http://"))
    assert bool(one.value) == one.is_shown != bool(one.why_not)


def test_a_figure_that_sources_contradict_has_no_value_anywhere():
    gone = [one for one in landmarks() if not one.is_shown]
    assert len(gone) == 5
    assert {one.value for one in gone} == {""}
    assert all(one.other_source_url for one in gone)


def test_official_indicators_are_those_of_every_region_together():
    found = {one.indicator.code: one for one in national_figures()}
    people = int(france.communes()["population"].sum())
    assert found["population"].value == people
    assert found["densite_population"].value == pytest.approx(
        people / found["superficie"].value, rel=1e-9
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [("", MissingDataError), ("a,b\n1,2\n", BadFileError)],
)
def test_a_lost_or_damaged_file_is_one_sentence(content, fault, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("CATALYSE_DATA", str(tmp_path))
    if content:
        (tmp_path / "landmarks.csv").write_text(content, encoding="utf-8")
    with pytest.raises(fault, match="repères"):
        landmarks()
