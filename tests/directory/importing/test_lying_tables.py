"""Tables that do not stand as a list of actors: on their side, cut by titles, of people alone."""

import pytest

from geo.directory.importing.read import read_table
from tests.directory.importing import files

LYING = [
    ["Nom de la structure", "Le Relais", "L’Atelier", "La Fabrique"],
    ["Commune", "Vichy", "Moulins", "Riom"],
    ["Code postal", "03200", "03000", "63200"],
    ["Site web", "https://relais.fr", "", "https://fabrique.fr"],
]


def names_of(rows):
    return [*files.draft_of(rows).actors["actor_name"]]


def notices_of(rows):
    return " ".join(read_table(files.csv_bytes(rows), "essai.csv").notices)


def test_a_table_on_its_side_is_turned_and_said_so():
    assert names_of(LYING) == ["Le Relais", "L’Atelier", "La Fabrique"]
    assert "a été tourné" in notices_of(LYING)


def test_one_actor_on_its_side_is_one_actor():
    draft = files.draft_of([row[:2] for row in LYING])
    assert [*draft.actors["actor_name"]] == ["Le Relais"]
    assert [*draft.actors["commune_code"]] == ["03310"]


@pytest.mark.parametrize(
    "rows",
    [
        # a notice that explains the titles of another sheet
        [
            ["Nom", "Nom de la structure"],
            ["Commune", "Ville"],
            ["Code postal", "03200 par exemple"],
        ],
        # a list whose actors are called as fields are
        [["Nom", "Code postal"], ["Adresse", "03200"], ["Commune", "63000"]],
        # titles in the first line, as nearly always
        [*map(list, zip(*LYING, strict=True))],
    ],
)
def test_any_other_table_stays_as_it_is(rows):
    assert "a été tourné" not in notices_of(rows)


CUT = [
    ["Nom", "Commune", "Code postal"],
    ["AUVERGNE", "", ""],
    ["Le Relais", "Vichy", "03200"],
    ["BRETAGNE", "", ""],
    ["La Barge", "Rennes", "35000"],
    ["L’Escale", "Brest", "29200"],
]


def test_titles_of_groups_between_the_rows_are_no_actors():
    assert names_of(CUT) == ["Le Relais", "La Barge", "L’Escale"]
    assert "2 lignes d’intertitre (n° 2, 4)" in notices_of(CUT).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "title", ["Région Bretagne", "Département 63", "Thème 1", "63 - Puy-de-Dôme", "Est :"]
)
def test_one_title_that_is_written_as_titles_are_is_enough(title):
    rows = [CUT[0], [title, "", ""], *CUT[2:3], *CUT[4:]]
    assert names_of(rows) == ["Le Relais", "La Barge", "L’Escale"]


def test_an_actor_known_by_its_initials_alone_stays():
    rows = [CUT[0], ["ADIL", "", ""], *CUT[2:3], *CUT[4:]]
    assert "ADIL" in names_of(rows)
    loud = [[cell.upper() for cell in row] for row in CUT[2:]]
    assert "BRETAGNE" in names_of([CUT[0], ["CCAS", "", ""], *loud])


def test_people_are_no_actors_even_when_nobody_else_is_named():
    rows = [["Nom", "Prénom", "Code postal"], ["Durand", "Anne", "03200"]]
    draft = files.draft_of(rows)
    assert draft.actors.empty
    assert any("dites quelle colonne" in one.message for one in draft.problems)
