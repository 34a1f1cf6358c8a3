"""Who is near a territory that lacks a practice: counted, and the same found by the link."""

import pytest

from geo.analysis import programmes
from geo.analysis.near_practice import NEAR_KM, near_practice
from geo.analysis.nearest import Search, nearest
from geo.analysis.origin import parse_origin
from geo.directory.directory import Directory
from geo.query.doors import PAGES
from geo.query.parameters import PLACE
from tests.world import catalyst, frame_of

ISSOIRE = parse_origin("crte:crte-84-63-1")
NEAR = {"longitude": 3.25, "latitude": 45.55}
DRAWN = Directory(
    "essai",
    frame_of(
        catalyst("near", practices=["gestion_lieu"], **NEAR),
        catalyst("other", practices=["accompagnements"], **NEAR),
        catalyst("made-up", practices=["gestion_lieu"], fictive=True, **NEAR),
        catalyst("far", practices=["gestion_lieu"], longitude=2.3, latitude=48.8),
    ),
)


def test_catalysts_and_places_of_the_practice_are_counted_apart() -> None:
    found = near_practice(DRAWN, ISSOIRE, "gestion_lieu")
    assert found.catalyst_count == 1
    assert found.place_count > 1
    said = found.in_words().replace("\u00a0", " ")
    assert said == f"1 catalyseur et {found.place_count} lieux ressources à moins de 50 km"


def test_the_link_finds_the_same_places() -> None:
    found = near_practice(DRAWN, ISSOIRE, "gestion_lieu")
    asked = {name: [one] if isinstance(one, str) else one for name, one in found.to_url().items()}
    query, faults = PAGES["trouver"].read(asked, {})
    assert faults == []
    search = Search.of(query)
    assert (search.radius_km, search.boundary) == (NEAR_KM, True)
    again = parse_origin(query[PLACE])
    assert len(programmes.nearest_places(again, query.selection, Search(10_000, NEAR_KM))) > 0
    ranked = nearest(DRAWN, again, query.selection, search).ranked
    assert {*ranked.index} == {"near", "made-up"}


@pytest.mark.parametrize("place", ["crte:crte-84-63-1", "region:94", "departement:973"])
def test_as_many_are_counted_as_stand_within_reach(place: str) -> None:
    origin = parse_origin(place)
    found = near_practice(DRAWN, origin, "gestion_lieu")
    rows = programmes.selected(found.selection)
    placed = rows[rows["longitude"].notna()]
    lon, lat = placed["longitude"].to_numpy(float), placed["latitude"].to_numpy(float)
    metres = origin.distances_m(lon, lat, boundary=True)
    assert found.place_count == (metres <= NEAR_KM * 1_000).sum()


def test_nobody_near_is_not_said() -> None:
    guyane = parse_origin("commune:97353")
    assert near_practice(DRAWN, guyane, "accompagnements").in_words() == ""
