"""The country at once: the same counts as the coverage, nobody counted twice or lost."""

import re

from geo.analysis.coverage import coverage
from geo.analysis.report import REPORTED, national, without_catalyst
from geo.directory.directory import Directory
from geo.output.sheet.blocks import Grid, Listing
from geo.output.sheet.national import national_document
from geo.query.selection import Selection
from geo.reference import france
from tests.output.sheet.drawn import at
from tests.world import catalyst, frame_of

BOOK = Directory(
    "dessin.csv",
    frame_of(
        at("94018", "a", practices=["dialogue_territorial", "gestion_lieu"]),
        at("97411", "b"),
        catalyst("c", departement_code="63", region_code="84", location_precision="departement"),
        catalyst("d", scope="national", location_precision="national"),
    ),
)


def tables(document) -> dict[str, Grid]:
    return {one.label: one for one in document.blocks if isinstance(one, Grid)}


def test_by_hand():
    seen = national(BOOK, Selection())
    assert [one.kind for one in seen.kinds] == list(REPORTED)
    assert seen.placed_count == 2
    assert [one.unplaced_count for one in seen.kinds] == [1, 1, 2]
    assert seen.by_practice["dialogue_territorial"] == 1
    assert seen.by_practice["gestion_lieu"] == 1
    assert seen.by_practice["non_renseigne"] == 3


def test_every_territory_is_told_with_the_counts_of_the_coverage():
    blocks = national_document(BOOK, national(BOOK, Selection())).blocks
    found = tables(national_document(BOOK, national(BOOK, Selection())))
    for kind, name in zip(REPORTED, ("régions", "départements", "CRTE"), strict=True):
        rows = found[f"Couverture par {name}"].rows
        every = france.territories().loc[kind]
        frame = coverage(BOOK, kind, Selection()).frame
        assert {*frame.index} == {*every.index}
        # Named, not coded: two of one name may stand side by side.
        names = every["territory_name"].loc[frame.index]
        counts = sorted(zip(names, frame["catalyst_count"], strict=True))
        if kind != "region":
            counts = [one for one in counts if one[1]]
        assert sorted((row[0], int(row[2])) for row in rows) == counts
    region = {row[0]: row for row in found["Couverture par régions"].rows}
    assert region["Île-de-France"][5] == "Expérimentations collectives, Accompagnements"
    assert region["Centre-Val de Loire"][5] == "toutes"
    departements, several = others(blocks)
    assert sum(departements.values()) == 101 - len(found["Couverture par départements"].rows)
    assert sum(several.values()) == 854 - len(found["Couverture par CRTE"].rows)
    assert departements["Distance non disponible"] == 4  # an ocean lies between


def others(blocks) -> list[dict[str, int]]:
    """Count those without a line of their own by the distance that names them, kind by kind."""
    lists = [one.items for one in blocks if isinstance(one, Listing)]
    pattern = re.compile(r"(\D.*?) \((\d+)\)(?: :|, dont)")
    found = [[pattern.match(line) for line in lines] for lines in lists]
    return [{one[1]: int(one[2]) for one in lines} for lines in found if all(lines)]


def test_territories_without_a_catalyst_are_named_by_their_distance():
    blocks = national_document(BOOK, national(BOOK, Selection())).blocks
    near, *_ = [one.items for one in blocks if isinstance(one, Listing) and others([one])]
    paris = next(line for line in near if "Paris" in line)
    assert paris.startswith("À moins de 10\u00a0km (")
    far = coverage(BOOK, "departement", Selection()).frame["distance_km"]
    within = far[(far < 10) & (far.index != "94")]
    assert f"({len(within)})" in paris


def test_a_filter_is_followed():
    seen = national(BOOK, Selection(practices=("gestion_lieu",)))
    assert len(seen.catalysts) == 1
    document = national_document(BOOK, seen)
    assert "Gestion d’un lieu" in document.subtitle


def test_without_catalyst_the_most_populous_first():
    seen = national(BOOK, Selection()).kinds[0]
    empty = without_catalyst(seen)
    assert len(empty) == 18 - 3
    assert empty["population"].is_monotonic_decreasing


def test_without_any_point_no_distance_is_made_up():
    nobody = Directory("vide.csv", frame_of(catalyst("x")))
    rows = tables(national_document(nobody, national(nobody, Selection())))
    assert {row[4] for row in rows["Couverture par régions"].rows} == {"—"}
