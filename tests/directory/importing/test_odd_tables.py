"""Tables as people make them: broken accents, totals, units, notes, notices, no line of titles."""

import codecs
import io
import time

import openpyxl
import pytest

from geo.directory.importing.delimited import decoded
from geo.directory.importing.mojibake import mended
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.validate import validate
from geo.reference import france
from tests.directory.importing import files

TEXT = "Nom;Ville;CP\nÉpicerie solidaire;Moulins;03000\nThéâtre à côté;Vichy;03200\n"
NAMES = ["Épicerie solidaire", "Théâtre à côté"]
TABLE = [["Nom", "Ville", "CP"], ["Lieu A", "Moulins", "03000"], ["Lieu B", "Vichy", "03200"]]


def draft(data, name="a.csv"):
    table = read_table(data, name)
    return table, validate(table, propose(table))


def names(data):
    return [*draft(data)[1].actors["actor_name"]]


def told(table):
    return " ".join(table.notices).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("mac_roman"),
        TEXT.encode("cp850"),
        TEXT.encode("iso8859_15"),
        TEXT.encode().decode("latin1").encode(),
        TEXT.encode().decode("latin1").encode().decode("latin1").encode(),
        TEXT.encode().decode("cp1252", "replace").encode(),
        TEXT.encode().decode("latin1").encode("utf-16"),
    ],
)
def test_words_are_whole_in_any_encoding(data):
    assert names(data) == NAMES


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15", "mac_roman", "cp850"])
@pytest.mark.parametrize("write", [str, str.upper])
def test_names_of_communes_are_whole_in_capitals_too(encoding, write):
    every = [write(name) for name in france.communes()["commune_name"]]
    there = [name for name in every if name == name.encode(encoding, "ignore").decode(encoding)]
    assert len(there) > 0.99 * len(every)
    for some in (there, [name for name in there if not name.isascii()][:5]):
        text = "Nom\n" + "\n".join(some)
        assert decoded(text.encode(encoding), "a.csv")[1] == text


def test_each_line_may_have_an_encoding_of_its_own():
    data = TEXT.encode() + "Foyer étudiant;Gannat;03800\n".encode("cp1252")
    assert names(data) == [*NAMES, "Foyer étudiant"]
    assert "rétablis" in told(draft(data)[0])


def test_broken_accents_of_any_format_are_put_right_and_said():
    data = files.geojson_bytes([files.feature({"nom": "CafÃ© de lâ€™Ã‰cole"}, 3.3, 46.5)])
    table, made = draft(data, "a.geojson")
    assert made.actors["actor_name"].iloc[0] == "Café de l’École"
    assert "1 cellule" in told(table)


@pytest.mark.parametrize(
    "text", ["SÃO PAULO", "Élève", "CAFÉ »", "ÂGE", "Â", "naïve", "10 °C", "Ã tous", "Ångström"]
)
def test_what_is_whole_is_left_as_it_is(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (["TOTAL", "", "", "15"], "total"),
        (["Total général", "", "", "1 500"], "total"),
        (["Sous-total", "", "", "7,5"], "total"),
        (["Moyenne", "", "", "7,5"], "total"),
        (["Source : INSEE, 2020", "", "", ""], "note"),
        (["Nombre de structures : 2", "", "", ""], "note"),
        (["* données provisoires", "", "", ""], "note"),
    ],
)
@pytest.mark.parametrize("write", [files.csv_bytes, files.xlsx_bytes, files.ods_bytes])
def test_rows_of_totals_and_notes_are_no_actors_and_are_told(row, what, write):
    rows = [[*line, more] for line, more in zip(TABLE, ["Adhérents", "12", "3"], strict=True)]
    table, made = draft(write([*rows, row]))
    assert [*made.actors["actor_name"]] == ["Lieu A", "Lieu B"]
    assert f"1 ligne de {what} (n° 4)" in told(table)


@pytest.mark.parametrize(
    "row", [["Total Formation", "Vichy", "03200"], ["Ensemble", "", "03200"], ["Total", "", ""]]
)
def test_an_actor_whose_name_is_like_a_total_is_kept(row):
    assert names(files.csv_bytes([*TABLE, row]))[-1] == row[0]


def test_a_row_of_units_below_the_titles_is_left_out_and_the_others_keep_their_numbers():
    rows = [TABLE[0], ["texte", "", "5 chiffres"], *TABLE[1:]]
    table, made = draft(files.csv_bytes(rows))
    assert [*made.actors.index] == [3, 4]
    assert "1 ligne d’unités (n° 2)" in told(table)


def book(sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "first",
    [
        [["Mode d’emploi"], ["Remplissez l’onglet suivant"], ["Contact : a@b.fr"]],
        [["Champ", "Description"], ["Nom", "Le nom de la structure"], ["Ville", "La commune"],
         ["CP", "Le code postal"]],
        [["Type"], ["Association"], ["Entreprise"]],
        [["Département", "Nombre"], ["03", "2"], ["63", "4"]],
    ],
)  # fmt: skip
def test_a_notice_a_list_of_choices_or_figures_before_the_actors_are_passed_over(first):
    data = book({"Avant": first, "Données": TABLE, "Après": TABLE})
    table, made = draft(data, "a.xlsx")
    assert table.sheet == "Données"
    assert [*made.actors["actor_name"]] == ["Lieu A", "Lieu B"]
    assert read_table(data, "a.xlsx", sheet="Avant").sheet == "Avant"


def test_the_first_sheet_stays_first_when_it_names_actors():
    table, _ = draft(book({"2023": TABLE, "Contacts": [[*TABLE[0], "Courriel", "Tél"], ["x"] * 5]}))
    assert table.sheet == "2023"


@pytest.mark.parametrize(
    ("rows", "fields"),
    [
        ([["Asso", "Moulins", "Association"], ["Relais", "Vichy", "Entreprise"]],
         ["actor_name", "town", "profile"]),
        ([["Asso", "Moulins"], ["Relais", "Vichy"]], ["actor_name", "town"]),
        ([["Asso", "03000", "Moulins"], ["Relais", "3200", "Vichy"]],
         ["actor_name", "postcode", "town"]),
        ([["Asso", "12 rue X", "03000", "MOULINS"], ["Relais", "place Y", "03200", "VICHY"]],
         ["actor_name", "address", "postcode", "town"]),
    ],
)  # fmt: skip
def test_without_a_line_of_titles_columns_are_told_by_what_they_hold(rows, fields):
    table, made = draft(files.csv_bytes(rows, ";"))
    assert table.header_row == 0
    assert [field for _, field in propose(table).pairs] == fields
    assert len(made.actors) == 2


def test_titles_that_nobody_knows_are_said_to_be_taken_for_titles():
    table, _ = draft(files.csv_bytes([["Le Relais", "Réemploi"], ["Atelier", "Bois"]], ";"))
    assert "Aucun titre connu : la ligne 1 (« Le Relais », « Réemploi »)" in told(table)
    known, _ = draft(files.csv_bytes(TABLE))
    assert "titre connu" not in told(known)


@pytest.mark.parametrize("text", ["a", "1", "( ", "1-"])
def test_a_cell_of_a_hundred_thousand_letters_is_read_in_time(text):
    long = (text * 100_000)[:100_000]
    rows = [["Nom", "Ville", "CP", "Site", "Mail", "GPS", long], ["Lieu A", "Moulins", "03000"]]
    data = files.csv_bytes([*rows, ["Lieu B", *[long] * 6]])
    started = time.process_time()
    propose(read_table(data, "a.csv"))
    assert time.process_time() - started < 20
