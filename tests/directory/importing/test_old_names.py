"""Rows of yesterday's communes, of overseas, of usual names: placed by evidence, or listed."""

import pytest

from geo.reference import france
from tests.directory.importing.files import draft_of, told


@pytest.mark.parametrize(
    ("town", "postcode", "code"),
    [
        ("Metz-Tessy", "74370", "74112"),  # merged in 2018
        ("Châlons-sur-Marne", "51000", "51108"),  # renamed in 1995
        ("CHALONS SUR MARNE", "", "51108"),
        ("Bois-Guillaume-Bihorel", "76230", "76108"),  # two communes for two years
        ("Gouzangrez", "", "95169"),
        ("Senesse de Senabugue", "09600", "09107"),
        ("Le Bourg", "01000", ""),  # Bourg-en-Bresse was « Bourg », not « Le Bourg »
    ],
)
def test_a_name_of_before_leads_to_the_commune_of_today(
    town: str, postcode: str, code: str
) -> None:
    draft = draft_of([["Nom", "Ville", "CP"], ["A", town, postcode]])
    assert draft.actors.iloc[0]["commune_code"] == code


@pytest.mark.parametrize(
    ("more", "value", "code"),
    [
        ("Département", "Savoie", "73010"),
        ("CP", "73410", "73010"),
        ("Code INSEE", "74010", "74010"),
        ("Département", "74", ""),
    ],
)
def test_an_old_name_is_settled_by_what_the_row_says_or_refused(
    more: str, value: str, code: str
) -> None:
    """Albens is now Entrelacs, in Savoie; nothing of Haute-Savoie ever had that name."""
    draft = draft_of([["Nom", "Ville", more], ["A", "Albens", value]])
    assert draft.actors.iloc[0]["commune_code"] == code
    assert code or "Entrelacs (73)" in told(draft, "town")[0].message


def test_a_name_had_and_a_name_in_force_are_listed_when_neither_is_certain() -> None:
    """Bernay is a town of the Eure; three other communes were called so."""
    point = france.communes().loc["17043", ["longitude", "latitude"]].astype(str)
    rows = [["Nom", "Ville", "Département", "lon", "lat"],
            ["A", "Bernay", "", "", ""], ["B", "Bernay", "17", "", ""],
            ["C", "Bernay", "", *point], ["D", "Bernay", "27", "", ""]]  # fmt: skip
    draft = draft_of(rows)
    assert draft.actors["commune_code"].to_list() == ["", "17043", "17043", "27056"]
    assert "aujourd’hui" in told(draft, "town")[0].message


def test_a_large_commune_is_meant_by_its_name_and_the_small_ones_are_told() -> None:
    draft = draft_of([["Nom", "Ville"], ["A", "Avignon"]])
    assert draft.actors.iloc[0]["commune_code"] == "84007"
    assert "fut aussi celui de" in told(draft, "town")[0].message


@pytest.mark.parametrize(
    ("code", "kept", "word"),
    [
        ("63266", "63255", "ancien"),
        ("75113", "75056", "arrondissement"),
        ("51385", "", "partagée entre plusieurs"),
        ("97127", "", "collectivité d’outre-mer"),
        ("98818", "", "hors périmètre"),
    ],
)
def test_what_a_code_became_is_told(code: str, kept: str, word: str) -> None:
    draft = draft_of([["Nom", "Code INSEE"], ["A", code], ["B", "44109"]])
    assert draft.actors["commune_code"].to_list() == [kept, "44109"]
    assert word in told(draft, "commune_code")[0].message


@pytest.mark.parametrize(
    ("header", "value", "field"),
    [
        ("Ville", "Nouméa", "town"), ("Ville", "PAPEETE", "town"), ("CP", "97150", "postcode"),
        ("Département", "Nouvelle-Calédonie", "departement_code"),
        ("Département", "988 - Nouvelle-Calédonie", "departement_code"),
        ("Département", "975", "departement_code"),
    ],
)  # fmt: skip
def test_an_overseas_collectivity_is_named_and_places_nothing(
    header: str, value: str, field: str
) -> None:
    draft = draft_of([["Nom", header], ["A", value]])
    assert draft.actors.iloc[0]["commune_code"] == ""
    assert "outre-mer" in told(draft, field)[0].message
    assert "hors périmètre" in told(draft, field)[0].message


def test_a_town_of_an_overseas_collectivity_is_not_its_namesake_of_the_mainland() -> None:
    rows = [["Nom", "Ville", "CP", "Département"], ["A", "Saint-Louis", "", "974"],
            ["B", "Saint-Pierre", "97500", ""], ["C", "Saint-Martin", "", "978"]]  # fmt: skip
    assert draft_of(rows).actors["commune_code"].to_list() == ["97414", "", ""]


@pytest.mark.parametrize(
    ("postcode", "kept", "code"),
    [
        ("F-35000", "35000", "35238"), ("FR-35000", "35000", "35238"), ("35 000", "35000", "35238"),
        ("35000 Rennes", "35000", "35238"), ("35043 RENNES CEDEX", "35043", "35238"),
        ("CP 35700", "35700", "35238"), ("35000 / 35700", "", ""), ("35000.0", "35000", "35238"),
    ],
)  # fmt: skip
def test_a_postcode_is_read_whatever_stands_around_it(postcode: str, kept: str, code: str) -> None:
    record = draft_of([["Nom", "Code postal"], ["A", postcode]]).actors.iloc[0]
    assert (record["postcode"], record["commune_code"]) == (kept, code)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("2 rue Saint-Melaine, F-35000 Rennes", "35238"),
        ("2 rue Saint-Melaine, 35000", "35238"),
        ("2 rue Saint-Melaine\nBP 35123\n35043 RENNES CEDEX 7\nFRANCE", "35238"),
        ("BP 35123", ""), ("2 rue de la 35000", "35238"),
    ],
)  # fmt: skip
def test_a_postcode_that_ends_an_address_places_the_row(address: str, code: str) -> None:
    record = draft_of([["Nom", "Adresse"], ["A", address]]).actors.iloc[0]
    assert record["commune_code"] == code


@pytest.mark.parametrize("area", ["20", "Corse"])
def test_corsica_whole_is_two_departements(area: str) -> None:
    rows = [["Nom", "Ville", "Département"], ["A", "Saint-Florent", area], ["B", "Bastia", area],
            ["C", "Rennes", area]]  # fmt: skip
    draft = draft_of(rows)
    assert draft.actors["commune_code"].to_list() == ["2B298", "2B033", ""]
    assert "2A" in told(draft, "departement_code")[0].message


def test_the_parts_of_a_departement_are_read_by_their_codes() -> None:
    rows = [["Nom", "Département"], ["A", "69M"], ["B", "69D"], ["C", "20B"]]
    assert draft_of(rows).actors["departement_code"].to_list() == ["69", "69", "2B"]


def test_a_departement_settles_a_name_and_a_postcode_that_disagree() -> None:
    rows = [["Nom", "Ville", "CP", "Département"], ["A", "Rennes", "44000", "35"],
            ["B", "Rennes", "44000", ""], ["C", "Rennes", "44000", "75"]]  # fmt: skip
    assert draft_of(rows).actors["commune_code"].to_list() == ["35238", "", ""]


def test_the_own_point_settles_a_name_misspelt() -> None:
    rows = [["Nom", "Ville", "lon", "lat"], ["A", "Montpelier", "3.8767", "43.6112"],
            ["B", "Montpelier", "2.35", "48.85"]]  # fmt: skip
    assert draft_of(rows).actors["commune_code"].to_list() == ["34172", ""]


def test_a_column_of_codes_that_are_all_wrong_is_read_and_each_is_told() -> None:
    draft = draft_of([["Nom", "Code INSEE"], ["A", "99998"], ["B", "35000"], ["C", "9998"]])
    assert {one.row for one in told(draft, "commune_code")} == {2, 3, 4}
