"""The nearest: filters first, then distance; equal to brute force; honest about what is missing."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.analysis.nearest import Search, nearest
from geo.analysis.ordering import EQUAL_M
from geo.analysis.origin import Origin, parse_origin, point_origin, territory_origin, typed_point
from geo.crs import GEOD
from geo.directory.directory import Directory, directory
from geo.errors import AtlasError, BadCoordinatesError, UnknownCodeError
from geo.query.selection import Selection
from geo.vocabulary import items
from tests.world import catalyst, frame_of

PRACTICES = [item.id for item in items("practice")]
PROFILES = [item.id for item in items("profile")]

drawn = st.lists(
    st.tuples(
        st.floats(-5, 9).map(lambda x: round(x, 4)),
        st.floats(42, 51).map(lambda x: round(x, 4)),
        st.lists(st.sampled_from(PRACTICES), unique=True, max_size=3),
        st.sampled_from(["", *PROFILES]),
        st.booleans(),
    ),
    min_size=1,
    max_size=30,
)
selections = st.builds(
    Selection,
    practices=st.lists(st.sampled_from([*PRACTICES, "non_renseigne"]), unique=True, max_size=2).map(
        tuple
    ),
    profiles=st.lists(st.sampled_from([*PROFILES, "non_renseigne"]), unique=True, max_size=2).map(
        tuple
    ),
)


def book_of(rows):
    return Directory(
        "drawn.csv",
        frame_of(
            *[
                catalyst(
                    f"c{i}",
                    practices=practices,
                    profile=profile,
                    longitude=lon if placed else float("nan"),
                    latitude=lat if placed else float("nan"),
                )
                for i, (lon, lat, practices, profile, placed) in enumerate(rows)
            ]
        ),
    )


def kept_by_hand(rows, selection):
    for i, (lon, lat, practices, profile, placed) in enumerate(rows):
        held = practices or ["non_renseigne"]
        if selection.practices and not set(held) & set(selection.practices):
            continue
        if selection.profiles and (profile or "non_renseigne") not in selection.profiles:
            continue
        yield i, lon, lat, placed


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(drawn, selections, st.integers(1, 12), st.sampled_from([None, 30.0, 300.0]))
def test_equal_to_brute_force(rows, selection, count, radius):
    origin = point_origin(-5.5, 46.5)  # at sea: no scope to look up
    answer = nearest(book_of(rows), origin, selection, Search(count, radius, by_distance=True))
    kept = list(kept_by_hand(rows, selection))
    far = [(GEOD.inv(-5.5, 46.5, lon, lat)[2], i) for i, lon, lat, placed in kept if placed]
    expected = [(m, i) for m, i in sorted(far) if radius is None or m <= radius * 1000][:count]
    assert [f"c{i}" for _, i in expected] == list(answer.ranked["catalyst_id"])
    assert answer.ranked["distance_m"].to_list() == pytest.approx([m for m, _ in expected])
    assert answer.ranked["rank"].to_list() == list(range(1, len(expected) + 1))
    assert answer.selected_count == len(kept)
    assert answer.unplaced_count == sum(not placed for *_, placed in kept)


def test_ties_keep_the_order_of_the_file():
    alone = Search(by_distance=True)
    answer = nearest(directory(), territory_origin("commune", "94018"), Selection(), alone)
    here = answer.ranked[answer.ranked["distance_m"] == 0]
    assert list(here["catalyst_id"]) == [
        i for i in directory().frame.index if i in set(here["catalyst_id"])
    ]
    assert len(here) == 5


def test_scope_marks_those_who_cover_even_without_a_point():
    answer = nearest(directory(), territory_origin("commune", "94018"), Selection())
    covering = set(answer.ranked.loc[answer.ranked["covers"], "catalyst_id"])
    assert {"agir-ensemble-a-charenton", "vitawin", "paris-est-marne-bois"} <= covering
    assert set(answer.covering["catalyst_id"]) == {
        "dotation-d-action-territoriale-fondation-break-poverty",
        "demarche-odd-collectivites-territoriales-comite-21",
    }
    assert answer.covering["distance_m"].isna().all()


def test_scope_follows_the_filters_too():
    only = Selection(profiles=("fondation",))
    answer = nearest(directory(), territory_origin("commune", "94018"), only)
    assert set(answer.all_rows["profile"]) == {"fondation"}


def test_fewer_than_asked_says_so():
    answer = nearest(
        directory(),
        territory_origin("commune", "94018"),
        Selection(practices=("gestion_lieu",)),
        Search(10, 200.0),
    )
    assert len(answer.ranked) < 10
    assert any("seulement à moins de 200" in note for note in answer.notices())


def test_nobody_is_said_once_and_nobody_near_without_a_word_of_filters():
    origin = territory_origin("commune", "97411")
    nobody = nearest(directory(), origin, Selection(text="introuvable"), Search(3))
    assert nobody.notices() == []  # as the count of the selection says it
    far = nearest(directory(), origin, Selection(practices=("gestion_lieu",)), Search(3, 5.0))
    assert far.notices() == ["Aucun catalyseur de cette sélection à moins de 5\u00a0km."]


def test_from_la_reunion_says_across_an_ocean():
    answer = nearest(directory(), territory_origin("commune", "97411"), Selection(), Search(3))
    assert any("autre côté d’un océan" in note for note in answer.notices())
    mainland = nearest(directory(), territory_origin("commune", "94018"), Selection(), Search(3))
    assert not any("océan" in note for note in mainland.notices())


def test_a_territory_is_measured_from_its_boundary_on_request():
    origin = territory_origin("ept", "200057941")
    centre = nearest(directory(), origin, Selection(), Search(20))
    border = nearest(directory(), origin, Selection(), Search(20, boundary=True))
    inside = border.ranked[border.ranked["distance_m"] == 0]
    assert len(inside) == 7
    assert (centre.ranked.set_index("catalyst_id")["distance_m"] > 0).all()
    both = border.ranked.join(centre.ranked["distance_m"].rename("centre_m"), how="inner")
    assert (both["distance_m"] <= both["centre_m"] + 1).all()


def test_a_point_abroad_covers_nothing():
    answer = nearest(directory(), point_origin(-3.7, 40.4), Selection(), Search(1))
    assert answer.origin.territory is None
    assert answer.covering.empty
    assert not answer.ranked["covers"].any()


@pytest.mark.parametrize(
    "search", [(0, None), (10_001, None), (1, 0.0), (1, -5.0), (1, float("nan"))]
)
def test_what_cannot_be_searched_is_refused(search):
    with pytest.raises(AtlasError, match="hors limites"):
        Search(*search)


@pytest.mark.parametrize("text", ["commune:94018", "ept:200057941", "2.41000,48.82000"])
def test_an_origin_goes_to_the_url_and_back(text):
    assert parse_origin(text).to_url() == text


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("commune:99999", UnknownCodeError),
        ("pays:FR", UnknownCodeError),
        ("bonjour", UnknownCodeError),
        ("2.4", UnknownCodeError),
        ("1,2,3", UnknownCodeError),
        ("200,48", BadCoordinatesError),
        ("nan,nan", BadCoordinatesError),
        ("", UnknownCodeError),
    ],
)
def test_an_unreadable_origin_is_refused_in_french(text, fault):
    with pytest.raises(fault, match=r"[Ll]ieu illisible|inconnu|hors limites"):
        parse_origin(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("48.82, 2.41", "2.41000,48.82000"),  # as maps are copied
        ("2.41, 48.82", "2.41000,48.82000"),  # as files hold them
        ("48,82 2,41", "2.41000,48.82000"),
        ("48.82;2.41", "2.41000,48.82000"),
        ("48.82,2.41", "2.41000,48.82000"),
        ("-20.88 55.45", "55.45000,-20.88000"),
        ("14.6,-61.05", "-61.05000,14.60000"),
        ("0, 0", "0.00000,0.00000"),
    ],
)
def test_typed_coordinates_are_read_in_either_order(text, url):
    assert typed_point(text).to_url() == url


@pytest.mark.parametrize(
    "text", ["", "75011", "44000 Nantes", "Lyon 3", "200, 300", "1,2,3", "2.41"]
)
def test_other_text_is_no_point(text):
    assert typed_point(text) is None


def test_a_former_commune_is_followed_in_a_link():
    assert parse_origin("commune:93059").to_url() == "commune:93066"


crowded = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 10)), min_size=1, max_size=25)
"""Catalysts along a meridian: hundredths of a degree (about 1.1 km) north, useful fields filled."""


def crowd(rows):
    return Directory(
        "drawn.csv",
        frame_of(
            *[
                catalyst(f"c{i}", longitude=-5.5, latitude=46.5 + north / 100, filled=filled)
                for i, (north, filled) in enumerate(rows)
            ]
        ),
    )


def ranked(rows, search):
    found = nearest(crowd(rows), point_origin(-5.5, 46.5), Selection(), search).ranked
    return [*zip(found["distance_m"], found["filled"], strict=True)]


@given(crowded, st.integers(1, 25))
def test_one_stands_before_a_nearer_one_only_if_it_says_more_and_is_about_as_near(rows, count):
    every = ranked(rows, Search(10_000))
    assert ranked(rows, Search(count)) == every[:count]
    assert sorted(every) == sorted(ranked(rows, Search(10_000, by_distance=True)))
    for place, (far, much) in enumerate(every):
        for near, little in every[place + 1 :]:
            if near < far:
                assert far < near + EQUAL_M
                assert much > little


@given(crowded)
def test_of_the_equals_of_the_nearest_the_one_that_says_most_is_first(rows):
    alone = ranked(rows, Search(10_000, by_distance=True))
    assert [metres for metres, _ in alone] == sorted(metres for metres, _ in alone)
    equals = [filled for metres, filled in alone if metres < alone[0][0] + EQUAL_M]
    assert ranked(rows, Search(1))[0][1] == max(equals)


def test_an_empty_record_is_not_the_first_answer_when_a_described_one_is_near():
    rows = [(0, 0), (1, 6), (10, 10)]  # here; 1.1 km away; 11 km away
    assert [filled for _, filled in ranked(rows, Search(3))] == [6, 0, 10]
    assert [filled for _, filled in ranked(rows, Search(3, by_distance=True))] == [0, 6, 10]


def test_those_across_an_ocean_are_known_and_counted():
    answer = nearest(directory(), territory_origin("commune", "97411"), Selection(), Search(3))
    assert answer.overseas.any()
    assert len(answer.overseas) == len(answer.ranked) == 3
    assert (answer.ranked.loc[answer.overseas, "distance_m"] > 1_000_000).all()
    abroad = nearest(directory(), point_origin(-3.7, 40.4), Selection(), Search(3))
    assert not abroad.overseas.any()


def test_only_those_that_may_answer_are_measured_by_geodesic(monkeypatch):
    rng = np.random.default_rng(3)
    spots = zip(rng.uniform(-4, 8, 3_000), rng.uniform(43, 50, 3_000), strict=True)
    crowd = [
        catalyst(f"c{number:04d}", longitude=lon, latitude=lat, filled=number % 4)
        for number, (lon, lat) in enumerate(spots)
    ]
    measured: list[int] = []
    real = Origin.distances_m

    def noted(self, lon, lat, **how):
        measured.append(len(lon))
        return real(self, lon, lat, **how)

    book, origin = Directory("essai.csv", frame_of(*crowd)), point_origin(2.4, 47.1)
    every = real(origin, *(book.frame[one].to_numpy() for one in ("longitude", "latitude")))
    monkeypatch.setattr(Origin, "distances_m", noted)
    found = nearest(book, origin, Selection(), Search(10, by_distance=True)).ranked
    assert found["distance_m"].to_list() == np.sort(every)[:10].tolist()
    assert sum(measured) < 100
