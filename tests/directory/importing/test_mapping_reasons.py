"""Why a column was matched, as a person reads it."""

from geo.directory.importing.mapping_reasons import reasons
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from tests.directory.importing import files


def said(titles, values, name="essai.csv"):
    table = read_table(files.csv_bytes([titles, values], ";"), name)
    return {
        one: text.replace("\u00a0", " ") for one, text in reasons(table, propose(table)).items()
    }


def test_each_column_says_why_it_was_matched():
    found = said(
        ["Nom", "Code postal de la structure", "Décrivez votre activité", "Colonne 4", "Divers"],
        ["Asso A", "03200", "Ateliers", "contact@asso-a.fr", "x"],
    )
    assert found == {
        "Nom": "nom connu",
        "Code postal de la structure": "titre qui dit « code postal »",
        "Décrivez votre activité": "titre compris",
        "Colonne 4": "contenu des cellules",
    }


def test_a_known_format_says_that_it_is_one():
    found = said(["id_fs", "lib_fs"], ["1", "Espace A"])
    assert {*found.values()} == {"format reconnu"}
