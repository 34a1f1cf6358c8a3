"""Which line names the columns: titles of years, groups of titles, files without any."""

import pytest

from geo.directory.importing.read import read_table
from tests.directory.importing import files


def read(*rows):
    return read_table(files.csv_bytes(rows, ";"), "a.csv")


@pytest.mark.parametrize(
    "titles",
    [
        ["Nom", "2023", "2024"],
        ["2022", "2023", "Nom"],
        ["Nom", "Ville", "2021", "2022", "2023"],
        ["Nom", "Nombre 2024"],
        ["Nom", "44", "49", "53"],
        ["Territoire", "2023", "2024"],
        ["Nom", "Ville", "2022-2023"],
    ],
)
def test_numbers_and_years_may_be_titles(titles):
    for above in ([], [["Liste des lieux"], []]):
        table = read(*above, titles, [f"v{i}" for i, _ in enumerate(titles)])
        assert table.columns == tuple(titles)
        assert len(table) == 1


def test_a_line_that_dates_the_list_is_above_its_titles():
    table = read(["Bilan", "2023"], ["Nom", "Ville"], ["A", "Nantes"])
    assert table.columns == ("Nom", "Ville")
    assert table.header_row == 2


@pytest.mark.parametrize(
    "record",
    [
        ["Maison A", "1 rue du Port", "44000 Nantes"],
        ["Asso A", "12/03/2023", "Nantes"],
        ["Maison A", "Nantes", "44 000", "02 40 00 00 00"],
        ["1", "Asso A", "Nantes"],
        ["Asso A", "Association", "44000"],
        ["Asso A", "contact@a.fr", "Nantes"],
        ["Asso A", "Vélo", "Nantes"],
    ],
)
def test_a_record_on_the_first_line_is_no_title(record):
    table = read(record, [*record[:-1], "x"], ["Autre lieu", *record[1:]])
    assert table.header_row == 0
    assert len(table) == 3


def test_titles_on_two_lines_without_a_merged_cell_are_those_of_the_second():
    table = read(["Identité", "Situation", "", ""], ["Nom", "Code postal", "Ville", "Site web"],
                 ["A", "44000", "Nantes", ""])  # fmt: skip
    assert table.columns == ("Nom", "Code postal", "Ville", "Site web")
