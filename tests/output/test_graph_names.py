"""Names of a graph stand on a free side of their signs."""

from geo.analysis.network import edges
from geo.output.graph import graph_options
from geo.output.graph_names import Frame, Name, name_places
from geo.output.graph_numbers import numbered, numbered_names
from tests.analysis.alliances import at_random
from tests.directory.ecosystems.drawn import drawn_book

MARGINS = {"left": 60, "right": 60, "top": 20, "bottom": 40}
FRAME = Frame(520, 460, MARGINS, {"width": 112, "fontSize": 12, "lineHeight": 14})
"""Its drawing is 400 units wide and high."""
BOOK = drawn_book()
SPITEFUL = '<img src=x onerror="alert(1)">'


def test_a_name_is_below_its_sign_where_nothing_hinders_it() -> None:
    places = name_places([(0, 0), (400, 400)], [20, 20], ["Un", "Deux"], FRAME)
    assert [one.side for one in places] == ["bottom", "bottom"]


def test_a_name_leaves_the_side_of_another_sign() -> None:
    spots = [(0, 0), (400, 400), (200, 200), (200, 225)]
    places = name_places(spots, [20, 20, 30, 20], ["", "", "Au milieu", ""], FRAME)
    assert places[2].side == "right"


def test_the_largest_sign_chooses_first() -> None:
    spots = [(0, 0), (400, 400), (200, 200), (200, 252)]
    smaller, larger = name_places(spots, [1, 1, 20, 30], ["", "", "Petit", "Grand"], FRAME)[2:]
    assert larger.side == "bottom"
    assert smaller.side == "bottom"
    above = name_places(spots, [1, 1, 30, 20], ["", "", "Long nom sur deux lignes", "Bas"], FRAME)
    assert above[2].side == "right"


def test_a_name_is_not_cut_by_the_edge() -> None:
    low = Frame(520, 420, {**MARGINS, "bottom": 0}, FRAME.text)
    places = name_places([(0, 0), (200, 400)], [20, 20], ["Haut", "Bas"], low)
    assert places[1].side != "bottom"


def test_a_long_name_takes_lines_and_no_more_than_its_width() -> None:
    width, height = FRAME.size_of("Réseau national de l’économie territoriale")
    assert width <= 112
    assert height == 3 * 14
    assert FRAME.size_of("MEDEF")[0] < 60


def test_no_actor_has_no_name() -> None:
    assert name_places([], [], [], FRAME) == []
    assert name_places([(3, 3)], [10], ["Seul"], FRAME) == [
        Name("bottom", FRAME.size_of("Seul")[0])
    ]


def test_who_has_no_room_for_a_name_bears_a_number_that_is_explained() -> None:
    alliances, actors = at_random(40, 60)
    named = actors.assign(actor_name=[f"{SPITEFUL} {one}" for one in range(len(actors))])
    options = graph_options(named, edges(alliances))
    listed = numbered(options)
    wide, narrow = options["series"][0], options["media"][0]["option"]["series"][0]
    for series, shown in (
        (wide, [one[:2] for one in listed if not one[2]]),
        (narrow, [one[:2] for one in listed]),
    ):
        labels = {node["name"]: node["label"] for node in series["data"]}
        numbers = {(said["formatter"], one) for one, said in labels.items() if "formatter" in said}
        assert numbers <= {*shown}
    assert {number for number, _, _ in listed} == {str(one + 1) for one in range(len(listed))}
    assert 0 < len(listed) < len(actors)
    said = numbered_names(options)
    assert said.count("<li") == len(listed)
    assert "<img" not in said
    few = graph_options(BOOK["actor"], edges(BOOK["alliance"]))
    assert (numbered(few), numbered_names(few)) == ([], "")
