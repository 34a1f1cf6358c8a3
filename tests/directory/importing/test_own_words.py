"""Words that no list holds: listed, guessed when plain, explained by the team, remembered."""

import pytest

from geo.directory.importing.mapping import Mapping, signature
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.importing.unknown_terms import unknown_terms
from geo.directory.importing.validate import validate
from geo.errors import BadFileError, UnknownItemError

FILE = (
    "Nom;Profil;Pratiques\n"
    "A;asso;dialogue\nB;CCAS;fab lab, jonglage\nC;Asso.;\nD;associations;fab lab\n"
)


@pytest.fixture
def table():
    return read_table(FILE.encode(), "a.csv")


def test_only_what_no_list_holds_is_listed_most_frequent_first(table):
    found = unknown_terms(table, propose(table))
    assert [(one.field, one.word, one.rows) for one in found] == [
        ("profile", "asso", 2),
        ("profile", "CCAS", 1),
        ("practices", "dialogue", 1),
        ("practices", "jonglage", 1),
    ]
    assert {one.word: one.guess for one in found} == {
        "asso": "association",
        "CCAS": "collectivite",
        "dialogue": "dialogue_territorial",
        "jonglage": "",
    }


def test_what_the_team_says_is_kept_by_the_import(table):
    mapping = propose(table).explained("profile", "CCAS", "collectivite")
    mapping = mapping.explained("practices", "Jonglages", "gestion_lieu")
    actors = validate(table, mapping).actors
    assert [*actors["profile"]] == ["", "collectivite", "", "association"]
    assert [*actors["practices"]] == [[], ["gestion_lieu"], [], ["gestion_lieu"]]
    # Still listed, with what was said, so that it can be changed.
    said = {one.word: one.guess for one in unknown_terms(table, mapping)}
    assert said["CCAS"] == "collectivite"
    assert mapping.explained("profile", "CCAS", "").own_words("profile") == {}


def test_it_is_remembered_with_the_columns(table):
    mapping = propose(table).explained("profile", "CCAS", "collectivite")
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert propose(table, {signature(table): mapping.to_json()}) == mapping


def test_a_code_that_no_list_holds_is_refused(table):
    with pytest.raises(UnknownItemError, match="martien"):
        propose(table).explained("profile", "CCAS", "martien")
    for words in (
        '{"profile": {"ccas": "martien"}}',
        '{"town": {"a": "b"}}',
        "[]",
        '{"profile": 3}',
    ):
        with pytest.raises(BadFileError, match="Correspondance"):
            Mapping.from_json(f'{{"columns": {{}}, "words": {words}}}')
