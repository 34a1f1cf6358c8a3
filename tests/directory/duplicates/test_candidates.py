"""Which pairs are proposed, and what is said of them; small cases worked by hand."""

from typing import Any

import pandas as pd
import pytest

from geo.directory.duplicates.candidates import COLUMNS, PROPOSED, candidates
from geo.directory.duplicates.decisions import Pair, entry
from geo.french import NBSP
from tests.directory.duplicates.made import NOTHING, actor, decisions, frame

VINCENNES = {"town": "Vincennes", "commune_code": "94080"}
HERE = {**VINCENNES, "longitude": 2.4390, "latitude": 48.8470, "location_precision": "adresse"}
# 0.0007 degree of latitude is 78 m on the ellipsoid.
CLOSE = {**HERE, "latitude": 48.8477}


def found(*actors: dict[str, Any], decided: pd.DataFrame = NOTHING) -> pd.DataFrame:
    return candidates(frame(*actors), decided)


def pairs(table: pd.DataFrame) -> list[set[str]]:
    return [{row.one_id, row.other_id} for row in table.itertuples()]


def test_one_place_written_in_two_ways() -> None:
    table = found(
        actor("a", actor_name="Association La Fabrique des Possibles", **HERE),
        actor("b", actor_name="FABRIQUE DES POSIBLES", **CLOSE),
        actor("c", actor_name="Les Jardins du Bois", **HERE),
    )
    assert pairs(table) == [{"a", "b"}]
    assert table["score"].iloc[0] >= 85
    names, distance = table["reasons"].iloc[0]
    assert names.startswith("noms à 9")
    assert distance == f"à 80{NBSP}m"


def test_empty_tables_keep_their_columns() -> None:
    assert list(found().columns) == list(COLUMNS)
    assert found().empty
    assert found(actor("a", actor_name="Seul")).empty
    assert found(actor("a", actor_name=""), actor("b", actor_name="")).empty


@pytest.mark.parametrize(
    ("field", "one", "other", "said"),
    [
        ("siret", "775 560 261 00015", "77556026100015", "même SIRET"),
        ("siret", "775560261", "77556026100015", "même SIREN"),
        ("phone", "01 43 28 00 00", "+33 (0)1.43.28.00.00", "même téléphone"),
        ("website", "http://www.fabrique.fr/accueil", "https://fabrique.fr", "même site"),
        ("website", "facebook.com/fabrique/", "https://www.facebook.com/Fabrique", "même site"),
        ("email", "Bonjour@fabrique.fr", "bonjour@fabrique.fr ", "même courriel"),
    ],
)
def test_a_sign_written_in_two_ways_raises_the_score(
    field: str, one: str, other: str, said: str
) -> None:
    """Names a good way apart: the sign finds the pair, and says so."""
    named = [{"actor_name": "Fabrique des possibles"}, {"actor_name": "La Fabrique à possibles"}]
    table = candidates(
        frame(actor("a", **named[0], **{field: one}), actor("b", **named[1], **{field: other})),
        NOTHING,
        least=0,
    )
    without = candidates(frame(actor("a", **named[0]), actor("b", **named[1])), NOTHING, least=0)
    assert said in table["reasons"].iloc[0]
    assert table["score"].iloc[0] > without["score"].iloc[0]


def test_two_pages_of_a_shared_host_are_no_sign() -> None:
    table = found(
        actor("a", actor_name="Alpha", website="https://www.facebook.com/alpha", **HERE),
        actor("b", actor_name="Beta", website="https://www.facebook.com/beta", **CLOSE),
        actor("c", actor_name="Gamma", website="https://www.facebook.com/", **HERE),
        actor("d", actor_name="Delta", website="https://www.facebook.com", **HERE),
    )
    assert table.empty


def test_a_site_that_many_share_tells_less() -> None:
    def scored(sharing: int) -> float:
        two = [actor(name, actor_name=text, website="ville.fr") for name, text in NEAR.items()]
        rest = [actor(f"r{n}", actor_name=f"R{n}", website="ville.fr") for n in range(sharing)]
        table = candidates(frame(*two, *rest), NOTHING, least=0)
        both = [{"a", "b"} == pair for pair in pairs(table)]
        return float(table.loc[both, "score"].iloc[0])

    assert scored(0) > scored(6) > scored(30)


NEAR = {"a": "Espace Camille Claudel", "b": "Centre Camille Claudet"}


def test_an_address_written_in_two_ways() -> None:
    table = found(
        actor("a", actor_name="Le Labo", address="12 bis av. du Général Leclerc", **VINCENNES),
        actor("b", actor_name="LABO", address="12 avenue du Gal Leclerc", **VINCENNES),
    )
    assert table["reasons"].iloc[0] == ["noms équivalents", "même adresse", "même commune"]


def test_one_dataset_tells_its_own_records_apart() -> None:
    same = {"actor_name": "La Fabrique des Possibles", "siret": "77556026100015", **HERE}
    rows = (
        actor("a", external_ids=["liste:1"], **same),
        actor("b", external_ids=["liste:2", "autre:9"], **same),
        actor("c", external_ids=["autre:7"], **same),
        actor("d", external_ids=["sans prefixe"], **same),
        actor("e", external_ids=["liste:1"], **same),
    )
    proposed = pairs(found(*rows))
    assert {"a", "b"} not in proposed  # liste:1 and liste:2
    assert {"b", "c"} not in proposed  # autre:9 and autre:7
    assert {"b", "e"} not in proposed
    assert len(proposed) == 10 - 3
    assert {"a", "e"} in proposed  # twice the same id: surely one


@pytest.mark.parametrize("decision", ["merged", "distinct", "ignored"])
def test_a_pair_decided_is_not_proposed_again(decision: str) -> None:
    same = {"actor_name": "La Fabrique des Possibles", **HERE}
    rows = [actor(name, **same) for name in "abc"]
    settled = decisions(entry(Pair("b", "a"), decision), entry(Pair("gone", "a"), decision))
    assert {"a", "b"} not in pairs(found(*rows, decided=settled))
    assert len(found(*rows, decided=settled)) == 2


def test_a_decision_taken_back_proposes_the_pair_again() -> None:
    same = {"actor_name": "La Fabrique des Possibles", **HERE}
    back = decisions(entry(Pair("a", "b"), "undone"))
    assert pairs(found(actor("a", **same), actor("b", **same), decided=back)) == [{"a", "b"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mairie de Vincennes", "France services de Vincennes"),
        ("Mairie de Vincennes", "France services Mairie de Vincennes"),
        ("Mairie de Vincennes", "Médiathèque de Vincennes"),
        ("CCAS de Vincennes", "Mairie de Vincennes"),
        ("École de Vincennes", "Collège de Vincennes"),
        ("Bureau de Poste", "France services La Poste de Vincennes"),
        ("Association sportive de Vincennes", "Association culturelle de Vincennes"),
        ("Espace coworking La Ruche", "Espace coworking Le Phare"),
        ("Maison de quartier 1", "Maison de quartier 2"),
        ("Vincennes", "Association des jardins de Vincennes"),
    ],
)
def test_neighbours_that_share_common_words_are_not_proposed(one: str, other: str) -> None:
    """At one corner, on the town's own site: still two."""
    table = candidates(
        frame(actor("a", actor_name=one, **HERE), actor("b", actor_name=other, **HERE)),
        NOTHING,
        least=0,
    )
    assert table["score"].max() < PROPOSED if len(table) else True


def test_two_places_of_one_organisation_are_not_proposed_for_that() -> None:
    table = found(
        actor("a", actor_name="La Croix-Rouge, Lyon", siret="77567227200015", town="Lyon"),
        actor("b", actor_name="Croix-Rouge Nantes", siret="77567227200023", town="Nantes"),
    )
    assert table.empty


def test_the_same_name_far_away_is_another() -> None:
    far = {"town": "Lyon", "commune_code": "69123", "longitude": 4.83, "latitude": 45.76}
    table = found(
        actor("a", actor_name="La Ruche", **HERE),
        actor("b", actor_name="La Ruche", **far, location_precision="adresse"),
    )
    assert table.empty


def test_points_on_either_side_of_a_square_are_neighbours() -> None:
    """Wherever the grid's lines fall, two points 80 m apart are compared."""
    for step in range(40):
        at = {**HERE, "longitude": 2.43 + step * 0.0003, "latitude": 48.8 + step * 0.0002}
        moved = {**at, "longitude": at["longitude"] + 0.001, "town": "", "commune_code": ""}
        rows = actor("a", actor_name="Le Phare", **at), actor("b", actor_name="Le Phaare", **moved)
        assert len(found(*rows)) == 1


def test_the_fuller_record_comes_first_and_pairs_are_ranked() -> None:
    table = found(
        actor("a", actor_name="La Fabrique des Possibles", **VINCENNES),
        actor("b", actor_name="La Fabrique des Possibles", note="Ouvert en 2019", **VINCENNES),
        actor("c", actor_name="Fabrique de possibilités", phone="0143280000", **VINCENNES),
    )
    assert (table["one_id"].iloc[0], table["other_id"].iloc[0]) == ("b", "a")
    assert table["score"].is_monotonic_decreasing
    assert table["score"].between(0, 100).all()


def test_hostile_values_are_read_as_text() -> None:
    nasty = "<img src=x onerror=alert(1)>\n\x00" + "é" * 5000
    rows = [
        actor(name, actor_name=nasty, website="http://[::1", phone="x", siret="0" * 14, town="\n")
        for name in "ab"
    ]
    assert len(found(*rows)) <= 1
