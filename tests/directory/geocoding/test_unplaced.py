"""Actors without a point: which are to be placed, and how many at once."""

from geo.directory.geocoding.unplaced import by_postcode, by_town, in_communes, unplaced
from tests.directory.geocoding.records import actor, actors

NOWHERE = {"location_precision": "unknown", "status": "publiee"}
ROWS = actors(
    actor("a", town="Moulins", postcode="03000", **NOWHERE),
    actor("b", town="Le Bourg", postcode="75011", address="1 rue X", **NOWHERE),
    actor("c", town="Saint-Denis", **NOWHERE),
    actor("d", postcode="63000", **NOWHERE),
    actor("e", town="Moulins", longitude=3.3, latitude=46.5, status="publiee"),
    actor("f", location_precision="national", status="publiee"),
    actor("g", location_precision="departement", departement_code="03", status="publiee"),
    actor("h", location_precision="departement", town="Vichy", status="publiee"),
    actor("i", status="archivee"),
)


def test_those_known_to_a_wider_area_on_purpose_are_not_to_be_placed():
    assert sorted(unplaced(ROWS).index) == ["a", "b", "c", "d", "h"]


def test_a_town_or_a_postcode_gives_a_commune_only_when_it_is_one():
    found = by_town(unplaced(ROWS))
    assert found["a"] == "03190"
    assert found["h"] == "03310"
    assert {"b", "c", "d"}.isdisjoint(found)
    assert by_postcode(unplaced(ROWS))["d"] == "63113"
    assert "c" not in by_postcode(unplaced(ROWS))


def test_those_placed_have_the_point_and_the_codes_of_their_commune_and_lose_nothing():
    placed = in_communes(unplaced(ROWS), {"b": "03190", "d": "63113"})
    records = {one["actor_id"]: one for one in placed.records()}
    assert {*records} == {"b", "d"}
    assert (records["b"]["town"], records["b"]["postcode"]) == ("Le Bourg", "75011")
    assert records["b"]["departement_code"] == "03"
    assert records["d"]["town"] == "Clermont-Ferrand"
    for one in records.values():
        assert one["longitude"] is not None
        assert (one["location_precision"], one["location_source"]) == ("commune", "commune")
    assert unplaced(placed.actors).empty
