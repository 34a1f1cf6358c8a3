"""What an import would change: once is new, twice is nothing, a change is that change only."""

import csv
import io
import re

import pandas as pd
import pytest

from geo.directory.duplicates.merging import merge, merged_away, replaced
from geo.directory.importing.plan import plan
from geo.directory.importing.report import report_csv
from geo.directory.schema import ACTOR
from tests.directory.duplicates.drawn import book
from tests.directory.importing.files import NOBODY, draft_of, kept, planned

HEADER = ["id", "Nom", "Adresse", "Code INSEE", "Téléphone", "SIRET"]
ROWS = [
    HEADER,
    ["1", "La Fabrique", "1 rue A", "44109", "0240000000", "21440109300015"],
    ["2", "Le Lieu", "2 rue B", "44109", "", ""],
    ["3", "Le Lieu", "9 rue C", "44109", "", ""],
]


def edited(row, column, value):
    rows = [list(line) for line in ROWS]
    rows[row][HEADER.index(column)] = value
    return rows


def numbers(made):
    return len(made.new), len(made.changed), len(made.same)


def without(column, rows=None):
    at = HEADER.index(column)
    return [[cell for i, cell in enumerate(row) if i != at] for row in rows or ROWS]


def test_records_have_every_field_a_stable_id_and_the_id_of_the_file():
    made = planned(ROWS)
    assert numbers(made) == (3, 0, 0)
    assert [record["actor_id"] for record in made.new][:2] == [
        "la-fabrique-nantes", "le-lieu-nantes",
    ]  # fmt: skip
    assert re.fullmatch(r"le-lieu-nantes-[0-9a-f]{6}", made.new[2]["actor_id"])
    assert [*made.new[0]] == [field.name for field in ACTOR.fields]
    assert made.new[0]["external_ids"] == ["acteurs:1"]
    assert made.new[0]["location_score"] is None
    assert planned(ROWS).new == made.new
    assert made.changes().put["actor"] == made.new


def test_the_same_file_twice_changes_nothing():
    actors = kept(planned(ROWS))
    assert numbers(planned(ROWS, actors)) == (0, 0, 3)
    assert not planned(ROWS, actors).changes()


@pytest.mark.parametrize("column", ["id", "SIRET", "Adresse", "Téléphone"])
def test_the_same_file_without_a_column_still_finds_its_records_and_blanks_nothing(column):
    actors = kept(planned(ROWS))
    assert numbers(planned(without(column), actors)) == (0, 0, 3)


def test_a_file_in_another_order_is_the_same():
    actors = kept(planned(ROWS))
    assert numbers(planned([ROWS[0], *ROWS[:0:-1]], actors)) == (0, 0, 3)


def test_one_changed_cell_is_one_changed_field():
    actors = kept(planned(ROWS))
    made = planned(edited(2, "Téléphone", "0240000009"), actors)
    assert numbers(made) == (0, 1, 2)
    change = made.changed[0]
    assert [(f.field, f.old, f.new) for f in change.fields] == [("phone", "", "02 40 00 00 09")]
    assert change.fields[0].label == "Téléphone de l’organisation"
    before = actors.set_index("actor_id").loc["le-lieu-nantes"]
    same = [name for name in NOBODY.columns if name not in {"phone", "actor_id"}]
    for name in same:
        old, new = before[name], change.record[name]
        assert new == old or (new is None and old != old), name  # noqa: PLR0124


def test_a_renamed_record_is_known_by_its_id_and_by_its_siret():
    actors = kept(planned(ROWS))
    renamed = edited(1, "Nom", "La Fabrique des alliances")
    assert planned(renamed, actors).changed[0].record["actor_id"] == "la-fabrique-nantes"
    assert numbers(planned(without("id", renamed), actors)) == (0, 1, 2)


def test_a_siren_names_a_record_as_long_as_it_stands_in_one_place():
    rows = [["Nom", "Code INSEE", "SIREN"], ["Les Compagnons", "44109", "214401093"]]
    actors = kept(planned(rows))
    renamed = [rows[0], ["Compagnons de Nantes", "44109", "214401093"]]
    assert numbers(planned(renamed, actors)) == (0, 1, 0)
    elsewhere = [rows[0], ["Les Compagnons", "33063", "214401093"]]
    both = planned(elsewhere, actors)
    assert numbers(both) == (1, 0, 0)
    assert numbers(planned([*elsewhere, rows[1]], actors)) == (1, 0, 1)
    two = kept_both(actors, both)
    assert numbers(planned([*elsewhere, rows[1]], two)) == (0, 0, 2)
    third = [rows[0], ["Les Compagnons", "35238", "214401093"]]
    assert numbers(planned(third, two)) == (1, 0, 0)


@pytest.mark.parametrize(
    "where", [{"Ville": "Saint-Denis"}, {"CP": "77100"}, {"Adresse": "3 rue du Port"}]
)
def test_the_same_file_finds_its_record_once_its_commune_is_known(where):
    rows = [["Nom", *where], ["Le Port", *where.values()]]
    actors = kept(planned(rows))
    assert not actors["commune_code"][0]
    codes = {"Saint-Denis": "93066", "77100": "77284", "3 rue du Port": "44109"}
    actors["commune_code"] = codes[next(iter(where.values()))]
    actors["departement_code"] = actors["commune_code"].str[:2]
    assert numbers(planned(rows, actors)) == (0, 0, 1)
    other = [[*rows[0], "Département"], [*rows[1], "13"]]
    assert numbers(planned(other, actors)) == (1, 0, 0)


def test_a_row_that_may_be_a_record_leaves_it_to_the_row_that_is_it():
    rows = [["Nom", "Ville", "CP"], ["Le Port", "Saint-Denis", "93200"]]
    actors = kept(planned(rows))
    made = planned([rows[0], ["Le Port", "Saint-Denis", ""], rows[1]], actors)
    assert made.rows[3] == actors["actor_id"][0]
    assert len(made.new) == 1


def test_a_made_up_id_takes_none_that_a_later_row_states():
    rows = [["actor_id", "Nom", "Code INSEE"], ["", "La Fabrique", "44109"],
            ["la-fabrique-nantes", "Le Lieu", "44109"]]  # fmt: skip
    first, second = (record["actor_id"] for record in planned(rows).new)
    assert second == "la-fabrique-nantes"
    assert re.fullmatch(r"la-fabrique-nantes-[0-9a-f]{6}", first)


def test_an_emptied_cell_erases_nothing():
    actors = kept(planned(ROWS))
    assert numbers(planned(edited(1, "Téléphone", ""), actors)) == (0, 0, 3)


def test_ids_of_another_file_of_the_same_name_do_not_take_its_records():
    actors = kept(planned(ROWS))
    other = [HEADER, ["1", "Mission locale", "3 rue Z", "01004", "", ""]]
    made = planned(other, actors)
    assert numbers(made) == (1, 0, 0)
    assert numbers(planned(other, kept_both(actors, made))) == (0, 0, 1)
    assert numbers(planned(ROWS, kept_both(actors, made))) == (0, 0, 3)


def kept_both(actors, made):
    return type(actors)([*actors.to_dict("records"), *kept(made).to_dict("records")])


def test_a_point_moved_by_hand_or_geocoded_is_not_moved_back():
    rows = [["id", "Nom", "longitude", "latitude"], ["1", "A", "2.345", "48.857"]]
    actors = kept(planned(rows))
    actors["longitude"], actors["location_source"] = 2.4, "main"
    assert numbers(planned(rows, actors)) == (0, 0, 1)
    actors["location_source"] = "fichier"
    made = planned(rows, actors)
    assert [f.field for f in made.changed[0].fields] == ["longitude"]


def test_a_geocoded_address_stays_while_the_commune_does():
    actors = kept(planned(ROWS))
    actors["location_source"], actors["location_precision"] = "geocodeur", "adresse"
    assert numbers(planned(ROWS, actors)) == (0, 0, 3)


def test_two_rows_of_one_name_and_place_stay_two():
    rows = without("id", edited(3, "Adresse", "2 rue B"))
    first = planned(rows)
    assert numbers(first) == (3, 0, 0)
    assert numbers(planned(rows, kept(first))) == (0, 0, 3)


def test_a_row_merged_into_another_record_is_not_brought_back():
    rows = [["Nom", "Commune"], ["Atelier Vélo", "Vincennes"], ["L’atelier du vélo", "Vincennes"]]
    first = planned(rows)
    actors = kept(first)
    gone = [(first.new[1], first.new[0]["actor_id"])]
    again = planned(rows, actors.iloc[:1], merged_records=gone)
    assert not again.changes()
    assert again.same == [first.new[0]["actor_id"]] * 2
    # Undone, or its heir deleted: it is a record again.
    assert len(planned(rows, actors.iloc[:1]).new) == 1
    assert len(planned(rows, actors.iloc[:0], merged_records=gone).new) == 2
    other = [rows[0], ["L’atelier du vélo", "Bordeaux"]]
    assert len(planned(other, actors.iloc[:1], merged_records=gone).new) == 1


def test_contacts_are_apart_and_known_again():
    rows = [["Nom", "Ville", "CP", "Responsable", "Mail du contact"],
            ["A", "Nantes", "44000", "Anne Durand", "anne.durand@a.fr"]]  # fmt: skip
    made = planned(rows)
    first = made.contacts[0]["contact_id"]
    assert re.fullmatch(r"a-nantes\.[0-9a-f]{8}", first)
    assert made.contacts[0]["actor_id"] == "a-nantes"
    assert "Durand" not in str(made.changes())
    again = planned(rows, kept(made), contacts_known=made.contacts)
    assert again.contacts == []
    rows[1][3] = "Anne Durand-Petit"
    changed = planned(rows, kept(made), contacts_known=made.contacts).contacts
    assert [(c["contact_id"], c["contact_name"]) for c in changed] == [(first, "Anne Durand-Petit")]


@pytest.mark.parametrize(
    "people",
    [
        [["", "06 00 00 00 01", ""]],
        [["", "06 00 00 00 01", "a.b@c.fr"]],
        [["Anne", "", ""]],
        [["Anne", "", "anne@c.fr"], ["Anne", "", "anne.d@c.fr"], ["Anne", "06 00 00 00 01", ""]],
        [["", "06 00 00 00 01", ""], ["Anne", "06 00 00 00 01", ""]],
    ],
)
def test_contacts_brought_twice_are_known_by_mail_name_or_telephone(people):
    """Every row speaks of one actor: those but the first were merged into it."""
    rows = [["Nom", "CP", "Ville", "Responsable", "Portable", "Mail du contact"],
            *([f"Lieu {n}", "44000", "Nantes", *one] for n, one in enumerate(people))]  # fmt: skip
    first = planned(rows)
    gone = [(record, first.new[0]["actor_id"]) for record in first.new[1:]]
    actors = kept(first).iloc[:1]
    once = planned(rows, actors, merged_records=gone)
    twice = planned(rows, actors, contacts_known=once.contacts, merged_records=gone)
    assert once.contacts
    assert twice.contacts == []
    assert {one["contact_email"] for one in once.contacts} >= {one[2] for one in people if one[2]}


def test_a_merged_record_keeps_its_name_whatever_the_order_of_the_file():
    rows = [["id", "Nom", "Ville", "CP", "Note"], ["1", "Atelier Vélo", "Vincennes", "94300", "a"],
            ["2", "L’atelier du vélo", "Vincennes", "94300", "b"]]  # fmt: skip
    first = kept(planned(rows))
    one, two = (dict(row) for _, row in first.iterrows())
    outcome = merge(one, two, book(), {"actor_name": "other"})
    actors_left = pd.DataFrame(outcome.changes.put["actor"])
    merges = pd.DataFrame(outcome.changes.put["merge"])
    known = {"merged_records": merged_away(merges), "past": replaced(merges)}
    assert actors_left["actor_name"].tolist() == ["L’atelier du vélo"]
    for lines in (rows, [rows[0], *rows[:0:-1]]):
        assert not planned(lines, actors_left, **known).changes()
    renamed = [rows[0], ["1", "Atelier Vélo de Vincennes", *rows[1][2:]]]
    assert planned(renamed, actors_left, **known).changed[0].record["actor_name"] == renamed[1][1]


def test_namesakes_are_not_exchanged_whatever_the_order_of_the_base():
    rows = without("id", [HEADER, ["", "Le Lieu", "2 rue B", "44109", "", ""],
                          ["", "Le Lieu", "2 rue B", "44109", "0240000000", ""]])  # fmt: skip
    actors = kept(planned(rows))
    assert numbers(planned(rows, actors.iloc[::-1])) == (0, 0, 2)


def test_the_report_has_a_line_per_problem_and_runs_no_formula():
    rows = [["Nom", "Code INSEE", "Couleur"], ["=cmd|' /C calc'!A0", "1004", "bleu"],
            ["B", "99999", ""]]  # fmt: skip
    draft = draft_of(rows)
    made = plan(draft, NOBODY)
    raw = report_csv(draft.problems, made)
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = [*csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")]
    assert lines[0] == ["ligne", "colonne", "champ", "gravité", "message", "valeur d’origine",
                        "valeur gardée"]  # fmt: skip
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)
    assert len(lines) == 1 + len(draft.problems) + 1 + len(made.new)
    assert ["2", "Code INSEE", "Code de la commune", "info", "Zéro initial perdu\u00a0: rétabli.",
            "1004", "01004"] in lines  # fmt: skip
    assert any("Couleur" in line[4] for line in lines)
    assert any(line[:2] == ["3", "Code INSEE"] and "inconnu" in line[4] for line in lines)


def test_the_report_shows_old_and_new_values():
    actors = kept(planned(ROWS))
    draft = draft_of(edited(1, "Adresse", "5 rue D"))
    text = report_csv(draft.problems, plan(draft, actors)).decode("utf-8-sig")
    assert "2;;Adresse;info;Fiche modifiée\u00a0: La Fabrique;1 rue A;5 rue D" in text
