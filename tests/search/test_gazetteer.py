"""Rules of the search: order, homonyms, labels, codes, unknown text, threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from geo.errors import UnknownCodeError
from geo.reference.gazetteer import Gazetteer, by_code, gazetteer, search, suggest
from geo.settings import settings


def labels(typed: str, limit: int = 10) -> list[str]:
    return [found.label for found in search(typed, limit)]


def test_homonyms_come_by_population_and_show_their_departement() -> None:
    found = search("saint denis", 4)
    assert [place.label for place in found] == [
        "Saint-Denis (974)", "Saint-Denis (93)", "Saint-Denis (11)", "Saint-Denis (30)",
    ]  # fmt: skip
    assert [place.population for place in found] == sorted(
        (place.population for place in found), reverse=True
    )


def test_homonym_groupings_show_their_departement() -> None:
    assert labels("CC des Quatre Rivières", 2) == [
        "CC des Quatre Rivières (74)", "CC des Quatre Rivières (70)",
    ]  # fmt: skip


def test_a_former_commune_says_where_it_is_today() -> None:
    found = search("Pierrefitte-sur-Seine")[0]
    assert found.label == "Pierrefitte-sur-Seine, aujourd’hui Saint-Denis (93)"
    assert (found.name, found.code, found.matched_name) == (
        "Saint-Denis", "93066", "Pierrefitte-sur-Seine",
    )  # fmt: skip


def test_an_arrondissement_is_its_commune_and_says_so() -> None:
    found = search("75011")[0]
    assert found.label == "Paris 11e arrondissement, commune de Paris"
    assert (found.code, found.postcodes) == ("75056", ("75011",))
    assert (found.longitude, found.latitude) == pytest.approx((2.35, 48.86), abs=0.05)


def test_no_arrondissement_beyond_the_last_one() -> None:
    assert search("Lyon 9")[0].label == "Lyon 9e arrondissement, commune de Lyon"
    assert search("Lyon 10")[0].label == "Lyon (69)"


def test_the_beginning_of_an_arrondissement_lists_several() -> None:
    assert "Paris 12e arrondissement, commune de Paris" in labels("paris arrondissement", 20)


def test_a_commune_hides_its_own_old_names() -> None:
    shown = [(place.kind, place.code) for place in search("Paris", 30)]
    assert shown.count(("commune", "75056")) == 1


def test_one_postcode_gives_every_commune_by_population() -> None:
    every = search("38160", 50)
    found = [place for place in every if place.match_kind == "postcode"]
    assert [place.match_kind for place in every[len(found) :]] == ["code"]  # INSEE 38160.
    assert len(found) > 5
    assert found[0].name == "Saint-Marcellin"
    people = [place.population for place in found]
    assert people == sorted(people, reverse=True)


def test_the_beginning_of_a_postcode_gives_its_communes() -> None:
    found = search("4410", kinds=["commune"])
    assert found
    assert all(any(code.startswith("4410") for code in place.postcodes) for place in found)


def test_a_number_of_two_digits_is_a_departement_then_a_region() -> None:
    assert [(place.kind, place.code) for place in search("44", 3)] == [
        ("departement", "44"), ("region", "44"), ("commune", "44109"),
    ]  # fmt: skip


def test_a_commune_search_holds_only_communes() -> None:
    assert search("Loire", kinds=["commune"])[0].name == "Loiré"
    assert {place.kind for place in search("pays", 50, ["crte"])} == {"crte"}
    assert search("Nantes", kinds=[]) == []


def test_exact_comes_before_prefix_before_word_before_mistake() -> None:
    order = ["exact", "prefix", "word", "fuzzy"]
    for typed in ("gex", "nantes", "saint ouen", "vitre", "brive"):
        ranks = [order.index(place.match_kind) for place in search(typed, 30)]
        assert ranks == sorted(ranks), typed


def test_a_place_beyond_the_said_departement_is_still_found() -> None:
    assert search("Nantes 75")[0].code == "44109"


def test_limit_is_kept() -> None:
    assert len(search("saint", 7)) == 7
    assert search("saint", 0) == []


def test_unknown_text_gives_nothing_but_suggestions() -> None:
    assert search("Xyzzyland-les-Bains") == []
    assert len(suggest("Xyzzyland-les-Bains", 5)) == 5
    assert suggest("Nantse", 3)[0].code == "44109"
    assert len(suggest("qqqxxx")) == 5
    assert suggest("😀") == suggest("") == []


def test_codes_give_places() -> None:
    assert by_code("commune", "44109").label == "Nantes (44)"
    assert by_code("epci", "244400404").name == "Nantes Métropole"
    assert by_code("region", "44").name == "Grand Est"
    assert by_code("departement", "44").name == "Loire-Atlantique"
    assert by_code("crte", "crte-84-01-1").departement_code is None


def test_an_old_code_gives_the_commune_of_today() -> None:
    assert by_code("commune", "93059").code == "93066"
    assert by_code("commune", "75111").code == "75056"


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("commune", "Nantes", "44109 (Nantes)"),
        ("commune", "4410", "44"),
        ("epci", "200071752", "200071751"),
        ("pays", "44", "departement"),
        ("commune", "", "01001"),
        ("commune", "x" * 10_000, "Les plus proches"),
    ],
)
def test_an_unknown_code_names_the_closest(kind: str, code: str, said: str) -> None:
    with pytest.raises(UnknownCodeError) as raised:
        by_code(kind, code)
    assert said in str(raised.value)
    assert len(str(raised.value)) < 500


def test_threads_share_one_gazetteer() -> None:
    fresh = Gazetteer(settings().reference)
    typed = ["Nantes", "lyon 3e", "44000", "marseile", "Saint-Denis Réunion"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(fresh.search, typed))
        shared = set(pool.map(lambda _: id(gazetteer()), range(16)))
    assert answers == [fresh.search(text) for text in typed]
    assert len(shared) == 1
