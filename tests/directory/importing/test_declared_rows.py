"""« What are these rows? »: said once for a file, for the rows that do not say it themselves."""

from dataclasses import replace

import pytest

from geo.directory.importing.declaration import Declaration
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.plan import plan
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.unknown_terms import accepted, meaning, unknown_terms
from geo.directory.importing.validate import validate
from geo.errors import BadFileError
from tests.directory.importing import files

FILE = [
    ["Nom", "Ville", "CP", "Catégorie", "Profil", "Pratiques"],
    ["Lieu A", "Moulins", "03000", "Tiers-lieu", "", ""],
    ["Lieu B", "Vichy", "03200", "Tiers-lieu; Coworking", "Entreprises", ""],
    ["Lieu C", "Gannat", "03800", "Jonglage", "", "Accompagnements"],
    ["Lieu D", "Cusset", "03300", "", "", ""],
]
SAID = Declaration("association", ("dialogue_territorial",), source_title="Recensement")


@pytest.fixture
def table():
    return read_table(files.csv_bytes(FILE), "lieux.csv")


def tried(table, about=SAID):
    return validate(table, replace(propose(table), about=about))


def test_what_is_said_of_all_fills_the_rows_that_do_not_say_it(table):
    actors = tried(table).actors
    assert [*actors["profile"]] == ["association", "entreprise", "association", "association"]
    assert [*actors["practices"]] == [
        ["dialogue_territorial"],
        ["dialogue_territorial"],
        ["accompagnements"],
        ["dialogue_territorial"],
    ]
    assert [*actors["practices_basis"]] == ["declared", "declared", "stated", "declared"]
    untold = validate(table, propose(table)).actors
    assert [*untold["practices_basis"]] == ["", "", "stated", ""]


def test_the_report_says_how_many_rows_were_filled_and_with_what(table):
    said = [one.message.replace("\u00a0", " ") for one in tried(table).problems if not one.row]
    assert any("tout le fichier, 3 lignes sans le dire : Dialogue" in one for one in said)
    assert any("Profil déclaré pour tout le fichier, 3 lignes" in one for one in said)


def test_words_of_a_column_of_types_come_before_what_is_said_of_all(table):
    mapping = accepted(table, replace(propose(table), about=SAID))
    actors = validate(table, mapping).actors
    assert [*actors["practices"]] == [
        ["gestion_lieu"],
        ["gestion_lieu"],
        ["accompagnements"],
        ["dialogue_territorial"],
    ]
    assert actors["practices_basis"].iloc[0] == "declared"


def test_a_column_of_types_is_listed_word_by_word_with_a_likely_meaning(table):
    found = {one.word: (one.column, one.rows, one.target, one.guess) for one in
             unknown_terms(table, propose(table))}  # fmt: skip
    assert found["Tiers-lieu"] == ("Catégorie", 2, "practices", "gestion_lieu")
    assert found["Jonglage"] == ("Catégorie", 1, "", "")
    [word] = [one for one in unknown_terms(table, propose(table)) if one.word == "Jonglage"]
    mapping = meaning(propose(table), word, "profile", "entreprise")
    assert validate(table, mapping).actors["profile"].iloc[2] == "entreprise"
    again = meaning(mapping, word, "profile", "")
    assert again.about.words == ()


def test_a_word_of_the_profile_may_mean_a_practice_and_is_then_no_unknown_one():
    rows = [["Nom", "Type"], ["A", "Association"], ["B", "Tiers-lieu"], ["C", "Tiers-lieux"]]
    table = read_table(files.csv_bytes(rows), "a.csv")
    mapping = propose(table)
    assert mapping.field_of("Type") == "profile"
    assert any("inconnue" in one.message for one in validate(table, mapping).problems)
    draft = validate(table, accepted(table, mapping))
    assert [*draft.actors["practices"]] == [[], ["gestion_lieu"], ["gestion_lieu"]]
    assert [*draft.actors["profile"]] == ["association", "", ""]
    assert not any("inconnue" in one.message for one in draft.problems)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("asso", "profile:association"),
        ("Association loi 1901", "profile:association"),
        ("Asociation", "profile:association"),
        ("CCAS", "profile:collectivite"),
        ("Communauté de communes", "profile:collectivite"),
        ("SCIC SA", "profile:entreprise"),
        ("Fondation d’entreprise", "profile:fondation"),
        ("Espace de coworking", "practices:gestion_lieu"),
        ("Fab-lab", "practices:gestion_lieu"),
        ("Tiers lieux à dominante fablab", "practices:gestion_lieu"),
        ("Jonglage", ":"),
    ],
)
def test_words_are_guessed_by_likeness_and_only_when_one_item_answers(word, meant):
    table = read_table(files.csv_bytes([["Nom", "Nature du lieu"], ["A", word]]), "a.csv")
    [found] = unknown_terms(table, propose(table))
    assert f"{found.target}:{found.guess}" == meant


def test_the_source_is_said_with_its_licence_its_address_and_its_date(table):
    about = replace(
        SAID, licence="ODbL 1.0", source_url="https://a.example/lieux", source_date="05/2024"
    ).checked()
    first = tried(table, about).actors.iloc[0]
    assert first["source_title"] == "Recensement (ODbL 1.0)"
    assert (first["source_url"], first["source_date"]) == ("https://a.example/lieux", "2024-05")


def test_a_row_keeps_its_own_source():
    rows = [["Nom", "Source"], ["A", "Enquête"], ["B", ""]]
    table = read_table(files.csv_bytes(rows), "a.csv")
    mapping = replace(propose(table).with_("Source", "source_title"), about=SAID)
    assert [*validate(table, mapping).actors["source_title"]] == ["Enquête", "Recensement"]


def test_what_is_said_of_all_replaces_nothing_in_the_base_and_changes_nothing_twice(table):
    own = plan(tried(table, Declaration()), files.NOBODY)
    kept = files.kept(own)
    kept.loc[kept["actor_name"] == "Lieu A", "profile"] = "fondation"
    second = plan(tried(table), kept)
    changed = {update.record["actor_name"]: update.record for update in second.changed}
    assert {*changed} == {"Lieu A", "Lieu B", "Lieu C", "Lieu D"}
    assert changed["Lieu A"]["profile"] == "fondation"
    assert changed["Lieu A"]["practices"] == ["dialogue_territorial"]
    assert changed["Lieu C"]["practices"] == ["accompagnements"]
    written = files.kept(plan(tried(table), files.NOBODY))
    assert not plan(tried(table), written).changes()
    corrected = replace(SAID, practices=("gestion_lieu",))
    third = plan(tried(table, corrected), written)
    assert [update.record["practices"] for update in third.changed] == [["gestion_lieu"]] * 3


def test_it_is_remembered_with_the_columns_but_its_date(table):
    about = replace(SAID, source_date="2024", ecosystem_id="E1").explained(
        "Catégorie", "Jonglage", "practices", "accompagnements"
    )
    mapping = replace(propose(table), about=about)
    assert Mapping.from_json(mapping.to_json()) == mapping
    again = propose(table, {mapping.signature: mapping.to_json()})
    assert again.about == replace(about, source_date="")


@pytest.mark.parametrize(
    "rows",
    [
        '{"profile": "martien"}',
        '{"practices": ["x"]}',
        '{"words": {"a": {"b": {"town": "x"}}}}',
        '{"words": {"a": {"b": "town"}}}',
        '{"words": 3}',
        '{"source_url": "javascript:alert(1)"}',
        '{"source_date": "hier"}',
        '{"practices": 5}',
        "[1]",
    ],
)
def test_what_is_no_such_saying_is_refused_in_one_sentence(rows):
    with pytest.raises(BadFileError, match=r"refusé|illisible"):
        Mapping.from_json(f'{{"columns": {{}}, "rows": {rows}}}')
