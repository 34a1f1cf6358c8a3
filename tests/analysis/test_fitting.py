"""Whom a request goes to: the practice, the scope, the distance, each said; nobody made up."""

from geo.analysis.fitting import best_fits
from geo.analysis.origin import point_origin, territory_origin
from geo.directory.directory import Directory, directory
from tests.world import catalyst, frame_of

NEAR, FAR = {"longitude": 2.5, "latitude": 48.8}, {"longitude": 5.9, "latitude": 47.2}
OVERSEAS = {"longitude": 55.45, "latitude": -20.9}
HERE = territory_origin("commune", "94018")


def ids(*drawn: dict[str, object], practice: str = "", first: str = "") -> list[str]:
    book = Directory("essai", frame_of(*drawn))
    return [fit.catalyst_id for fit in best_fits(book, HERE, practice, first=first)]


def test_the_practice_comes_first_among_those_near_then_the_unknown_then_those_far() -> None:
    drawn = (
        catalyst("far", practices=["accompagnements"], **FAR),
        catalyst("other", practices=["gestion_lieu"], **NEAR),
        catalyst("unknown", **NEAR),
        catalyst("right", practices=["accompagnements"], longitude=2.9, latitude=48.8),
    )
    assert ids(*drawn, practice="accompagnements") == ["right", "unknown", "far"]
    assert ids(*drawn)[:2] == ["other", "unknown"]


def test_who_covers_the_place_counts_as_near() -> None:
    drawn = (
        catalyst("away", longitude=3.6, latitude=48.8),
        catalyst("covers", scope="departement:94", **FAR),
        catalyst("nowhere", scope="national"),
    )
    assert ids(*drawn) == ["away", "covers", "nowhere"]


def test_nobody_across_an_ocean_nor_made_up_nor_dissolved_is_proposed() -> None:
    gone = catalyst("d", note="dissoute dans Paris Est Marne & Bois", **NEAR)
    drawn = (catalyst("b", **OVERSEAS), catalyst("c", fictive=True, **NEAR), gone)
    assert ids(*drawn) == []
    assert ids(*drawn, first="b") == ["b"]


def test_the_one_that_a_card_names_comes_first_and_once() -> None:
    drawn = (catalyst("a", **NEAR), catalyst("b", **FAR))
    assert ids(*drawn, first="b") == ["b", "a"]
    assert ids(*drawn, first="unheard") == ["a", "b"]


def test_each_says_why() -> None:
    fits = best_fits(directory(), HERE, "accompagnements")
    assert len(fits) == 3
    assert fits[0].name == "Club Gravelle Entreprendre"
    assert fits[0].reasons == (
        "Accompagnements, d’après sa description",
        "déclare intervenir sur ce territoire",
        "sur place",
    )
    assert "Accompagnements" in fits[1].reasons
    assert "pratique non connue" in fits[2].reasons


def test_a_point_at_sea_still_answers() -> None:
    assert best_fits(directory(), point_origin(-4.9, 47.5)) != []
