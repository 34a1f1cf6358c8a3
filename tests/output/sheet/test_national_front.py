"""The first page of the national report: what it says is what the tables count."""

import re

import pytest

from geo.analysis.report import national, without_catalyst
from geo.directory.directory import directory
from geo.output.sheet.blocks import Front, Listing
from geo.output.sheet.national import national_document
from geo.output.sheet.national_front import findings, mean_distance
from geo.query.selection import Selection


@pytest.fixture(scope="module")
def seen():
    return national(directory(), Selection())


def test_it_begins_with_a_map_figures_and_five_findings(seen):
    document = national_document(directory(), seen)
    first = next(block for block in document.blocks if isinstance(block, Front))
    drawn = first.picture.svg.count("<g transform=")
    away = re.search(r"(\d+)\s+autres? outre-mer", first.picture.note)
    assert drawn + int(away[1] if away else 0) == seen.placed_count
    assert len(first.beside[0].rows) == 3
    listed = next(block for block in first.beside if isinstance(block, Listing))
    assert len(listed.items) == 5


def test_its_sentences_count_what_the_tables_do(seen):
    said = " ".join(findings(seen)).replace("\u202f", "").replace("\u00a0", " ")
    regions, departements = seen.kinds[0], seen.kinds[1]
    best = regions.frame.nlargest(1, "catalyst_count").iloc[0]
    assert f"{best['territory_name']} ({best['catalyst_count']})" in said
    empty = without_catalyst(departements)
    assert f"{len(empty)} départements sur 101" in said
    assert f"soit {int(empty['population'].sum())} habitants" in said


def test_its_mean_distance_is_weighted_by_people_and_leaves_oceans_out(seen):
    frame = seen.kinds[0].frame
    kept = frame[frame.index > "10"]
    by_hand = (kept["distance_km"] * kept["population"]).sum() / kept["population"].sum()
    assert mean_distance(seen.kinds[0]) == pytest.approx(by_hand)
    assert mean_distance(seen.kinds[0]) < frame["distance_km"].max()


def test_a_selection_of_nobody_says_no_distance_and_no_name():
    nobody = national(directory(), Selection(text="introuvable"))
    assert mean_distance(nobody.kinds[0]) is None
    assert not any("Les régions qui" in one for one in findings(nobody))
