"""Three things that are missing at most, first of all; nothing where nothing is."""

from geo.analysis.ecosystem import ecosystem
from geo.analysis.territory import sheet
from geo.directory.directory import Directory
from geo.output.missing import ecosystem_missing, territory_missing
from geo.query.selection import Selection
from geo.vocabulary import items
from tests.directory.ecosystems.drawn import drawn_book
from tests.world import catalyst, frame_of


def test_a_territory_without_anybody_lacks_somebody_first_and_three_things_at_most() -> None:
    nobody = Directory("vide.csv", frame_of(catalyst("loin", scope="region:84")))
    said = territory_missing(sheet(nobody, "commune", "94018", Selection()))
    assert "3\u00a0choses qui manquent" in said
    assert said.count("<li>") == 3
    assert said.index("Quelqu’un sur place") < said.index("La pratique")
    assert "/etre_mis_en_lien?lieu=commune%3A94018" in said


def test_a_territory_that_has_each_practice_is_not_told_that_it_lacks_one() -> None:
    every = [item.id for item in items("practice")]
    full = Directory(
        "p.csv",
        frame_of(
            catalyst("ici", commune_code="94018", location_precision="commune", practices=every)
        ),
    )
    assert "pratique" not in territory_missing(sheet(full, "commune", "94018", Selection()))


def test_an_ecosystem_says_what_it_lacks_without_counting_goals_as_faults() -> None:
    book = drawn_book()
    found = ecosystem(str(book["ecosystem"].index[0]), book)
    said = ecosystem_missing(found)
    assert said.count("<li>") <= 3
    assert "17" not in said
