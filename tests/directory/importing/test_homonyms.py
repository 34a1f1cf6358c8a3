"""Rows without a code of their own, placed by all that they say of where they are."""

import pytest

from tests.directory.importing.files import draft_of, told


@pytest.mark.parametrize(
    ("town", "area", "code"),
    [
        ("Mérignac", "33", "33281"), ("Mérignac", "Gironde", "33281"),
        ("MERIGNAC", "gironde (33)", "33281"), ("Mérignac", "17 - Charente-Maritime", "17229"),
        ("Saint-Denis", "974.0", "97411"), ("Saint-Denis", "La Réunion", "97411"),
        ("Saint-Didier", "2a", ""), ("Sainte-Marie", "département de la Martinique", "97228"),
        ("Marigny", "3", "03162"), ("Mérignac", "75", ""), ("Mérignac", "17 - Gironde", ""),
        ("Pau", "33", ""), ("Mérignac", "", ""),
    ],
)  # fmt: skip
def test_a_departement_beside_a_homonym_settles_it(town: str, area: str, code: str) -> None:
    draft = draft_of([["Nom", "Commune", "Département"], ["A", town, area]])
    assert draft.actors.iloc[0]["commune_code"] == code
    assert told(draft, "town")


@pytest.mark.parametrize(
    ("town", "area", "code"),
    [("Saint-Denis", "11", "93066"), ("Saint-Denis", "Ile de France", "93066"),
     ("Saint-Denis", "Réunion", "97411"), ("Mérignac", "Nouvelle-Aquitaine", "")],
)  # fmt: skip
def test_a_region_beside_a_homonym_settles_it_when_it_has_one(
    town: str, area: str, code: str
) -> None:
    draft = draft_of([["Nom", "Commune", "Région"], ["A", town, area]])
    assert draft.actors.iloc[0]["commune_code"] == code


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [("Département", "Puy-de-Dôme", "63"), ("Département", "01 – Ain", "01"),
     ("Département", "Corse-du-Sud (2A)", "2A"), ("Département", "63 - Gironde", ""),
     ("Département", "Bavière", ""), ("Région", "84 - Auvergne-Rhône-Alpes", "84"),
     ("Département", "2a", "2A"), ("Département", "2 b", "2B"), ("Département", "971", "971"),
     ("Département", "Ain (01)", "01"), ("Département", "033", "33"), ("Département", "D33", "33"),
     ("Département", "FR-33", "33"), ("Département", "Dépt. 33", "33"), ("Département", "20", ""),
     ("Département", "Alsace", ""), ("Département", "Collectivité européenne d’Alsace", ""),
     ("Département", "099", ""), ("Département", "44, 85", ""), ("Région", "R53", ""),
     ("Région", "1", "01"), ("Région", "Bretagne", "53")],
)  # fmt: skip
def test_a_departement_or_a_region_is_read_by_number_or_name(
    kind: str, written: str, code: str
) -> None:
    field = "departement_code" if kind == "Département" else "region_code"
    draft = draft_of([["Nom", kind], ["A", written]])
    assert draft.actors.iloc[0][field] == code
    assert bool(told(draft, field)) == (code == "")


@pytest.mark.parametrize(
    ("town", "lon", "lat", "code"),
    [("Mérignac", "-0.6436", "44.8386", "33281"), ("Saint-Denis", "55.4481", "-20.8789", "97411"),
     ("Mérignac", "2.35", "48.85", ""), ("Mérignac", "-5.4", "46.0", "")],
)  # fmt: skip
def test_the_own_point_of_a_row_settles_a_homonym(town: str, lon: str, lat: str, code: str) -> None:
    draft = draft_of([["Nom", "Commune", "lon", "lat"], ["A", town, lon, lat]])
    record = draft.actors.iloc[0]
    assert (record["commune_code"], record["location_source"]) == (code, "fichier")
    assert ("point de la ligne" in told(draft, "town")[0].message) == bool(code)


@pytest.mark.parametrize(
    ("postcode", "lon", "lat", "code"),
    [("33000", "-1.5536", "47.2173", "44109"), ("33000", "-0.5800", "44.8378", "33063"),
     ("33000", "2.35", "48.85", ""), ("99999", "-5.4", "46.0", "")],
)  # fmt: skip
def test_the_own_point_settles_a_name_and_a_postcode_that_disagree(
    postcode: str, lon: str, lat: str, code: str
) -> None:
    row = ["A", "Nantes", postcode, lon, lat]
    draft = draft_of([["Nom", "Commune", "CP", "lon", "lat"], row])
    assert draft.actors.iloc[0]["commune_code"] == code


@pytest.mark.parametrize(
    ("address", "code", "postcode"),
    [
        ("12 rue Blatin 63000 Clermont-Ferrand", "63113", "63000"),
        ("4 place Allier - F-03000 MOULINS", "03190", "03000"),
        ("8 bd de la Gare, 97400 Saint-Denis, France", "97411", "97400"),
        ("Mairie 20224 CORSCIA", "2B095", "20224"),
        ("1 rue de la Paix, 44036 NANTES CEDEX 1", "44109", "44036"),
        ("12000 rue Longue", "", ""), ("3 avenue Foch", "", ""),
    ],
)  # fmt: skip
def test_the_postcode_and_town_of_an_address_place_a_row(
    address: str, code: str, postcode: str
) -> None:
    record = draft_of([["Nom", "Adresse"], ["A", address]]).actors.iloc[0]
    assert (record["commune_code"], record["postcode"]) == (code, postcode)
    assert record["address"] == address


@pytest.mark.parametrize(
    ("town", "postcode", "code"),
    [("Le Bourg", "23220", ""), ("Bourg", "23220", ""), ("Moutier", "23220", ""),
     ("Le Bourg 23220", "", ""), ("23220 Le Bourg", "", ""), ("Boulogne", "92100", "92012"),
     ("Bonat", "23220", ""), ("23220 Bonnat", "", "23025"), ("Bonnat (23220)", "", "23025"),
     ("Bonnat 23220", "23220", "23025"), ("44000 Vincennes", "", ""), ("Vincennes (44)", "", ""),
     ("Vincennes (94)", "", "94080"), ("94 - Vincennes", "", "94080"), ("Paris (11)", "", "75056"),
     ("Saint-Denis (974)", "", "97411"), ("Nantes Cedex 3", "", "44109")],
)  # fmt: skip
def test_a_part_of_a_name_or_one_of_elsewhere_is_no_certain_commune(
    town: str, postcode: str, code: str
) -> None:
    draft = draft_of([["Nom", "Commune", "CP"], ["A", town, postcode]])
    assert draft.actors.iloc[0]["commune_code"] == code
    assert code or told(draft, "town")


@pytest.mark.parametrize(
    ("column", "said", "field"),
    [("Commune", "Bordeaux", "town"), ("Commune", "Saint-Denis", "town"),
     ("Département", "33", "departement_code"), ("Département", "Gironde", "departement_code"),
     ("Région", "Nouvelle-Aquitaine", "region_code"), ("Région", "75", "region_code"),
     ("Commune", "Nantes", ""), ("Commune", "NANTES CEDEX 3", ""), ("Commune", "La Lande", ""),
     ("Commune", "44100 Nantes", ""), ("Département", "Loire-Atlantique", ""),
     ("Région", "Pays de la Loire", "")],
)  # fmt: skip
def test_what_contradicts_the_commune_code_of_its_row_is_told(
    column: str, said: str, field: str
) -> None:
    draft = draft_of([["Nom", "Code INSEE", column], ["A", "44109", said]])
    record = draft.actors.iloc[0]
    assert (record["commune_code"], record["departement_code"], record["region_code"]) == (
        *("44109", "44", "52"),
    )
    assert {one.field for one in draft.problems} == ({field} if field else set())


def test_a_departement_and_a_region_that_exclude_each_other_are_told_and_not_both_kept() -> None:
    draft = draft_of([["Nom", "Département", "Région"], ["A", "33", "Bretagne"], ["B", "33", "75"],
                      ["C", "", "53"]])  # fmt: skip
    codes = draft.actors[["departement_code", "region_code"]].to_numpy().tolist()
    assert codes == [["33", "75"], ["33", "75"], ["", "53"]]
    assert [one.row for one in told(draft, "region_code")] == [2]


def test_the_beginning_of_the_name_of_the_commune_does_not_contradict_its_code() -> None:
    draft = draft_of([["Nom", "Code INSEE", "Commune"], ["A", "93070", "Saint-Ouen"]])
    assert not draft.problems
