"""Remarks of a dry run by kind: counted, with examples and the one thing to do."""

import csv

from geo.directory.importing.remark_groups import grouped
from geo.directory.importing.report import report_csv
from tests.directory.importing import files

ROWS = [
    ["Nom", "Ville", "CP", "Profil", "Site", "Couleur", "Forme"],
    ["A", "Moulins", "03000", "martien", "https://a.fr", "bleu", "x"],
    ["B", "Vichy", "03200", "vénusien", "ftp://b", "vert", "y"],
    ["", "Gannat", "03800", "association", "", "", ""],
    ["D", "Nullepart-sur-Rien", "", "", "", "", ""],
    ["E", "Nullepart-sous-Rien", "", "", "", "", ""],
]


def groups():
    draft = files.draft_of(ROWS)
    return draft, {(one.field, one.severity): one for one in grouped(draft.problems)}


def test_each_kind_is_counted_once_and_none_is_lost():
    draft, found = groups()
    assert sum(one.rows for one in found.values()) == len(draft.problems)
    assert found["profile", "attention"].rows == 2
    assert found["profile", "attention"].examples == ("martien", "vénusien")
    assert found["town", "attention"].rows == 2
    lines = report_csv(draft.problems).decode("utf-8-sig").splitlines()
    assert len([*csv.reader(lines, delimiter=";")]) == 1 + len(draft.problems)


def test_each_says_one_thing_to_do_where_there_is_one():
    _, found = groups()
    assert "mots à faire correspondre" in found["profile", "attention"].action
    assert "Fiches sans point" in found["town", "attention"].action
    assert "Complétez ces noms" in found["actor_name", "erreur"].action
    columns = found["", "info"]
    assert (columns.rows, columns.examples) == (2, ("Couleur", "Forme"))
    assert "Les colonnes" in columns.action


def test_the_worst_comes_first_and_what_changes_from_row_to_row_is_left_out():
    draft, _ = groups()
    found = grouped(draft.problems)
    assert [one.severity for one in found] == sorted(
        (one.severity for one in found), key=("erreur", "attention", "info").index
    )
    rows = [["Nom", "Ville", "CP"], *[[name, name, code] for name, code in
            (("Moulins", "63000"), ("Vichy", "69001"), ("Gannat", "75001"))]]  # fmt: skip
    told = [one for one in grouped(files.draft_of(rows).problems) if one.severity == "attention"]
    assert [one.rows for one in told] == [3]
    assert not any(name in told[0].message for name in ("Moulins", "63000"))


def test_a_sentence_whose_end_varies_ends_in_one_ellipsis():
    rows = [["Nom", "Code INSEE", "CP"], ["A", "69123", "75018"], ["B", "03190", "33840"]]
    said = [one.message for one in grouped(files.draft_of(rows).problems)]
    assert any(one.endswith("…") for one in said), said
    assert not any("…." in one for one in said), said
