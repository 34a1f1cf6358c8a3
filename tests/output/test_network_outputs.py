"""Alliances drawn: arcs, graph, matrices, table, board, exports; counts that agree, no HTML."""

import csv
import io
import json
from datetime import date

import pytest

from geo.analysis.ecosystem import ecosystem
from geo.dates import in_words
from geo.output.board import board_data, next_action
from geo.output.caption import Caption
from geo.output.datasets.records import links
from geo.output.exports import FORMATS
from geo.output.exports.model import Export
from geo.output.links import gaps_csv
from geo.output.maps.actors import actor_layer, actor_legend, located_only, marks, publish_actors
from geo.output.maps.arcs import alliance_arcs, arc_legend, line_of, period
from geo.output.maps.areas import area_bounds, own_area_layer, sketch_layer
from geo.output.maps.base import Overlay
from geo.output.network import alliance_rows, practice_table, profile_table
from geo.output.webfiles import published
from geo.vocabulary import UNSTATED, vocabularies
from tests.directory.ecosystems.drawn import ACTORS, drawn_book

SPITEFUL = '<img src=x onerror="alert(1)">'
BOOK = drawn_book()
NAMES = BOOK["actor"]["actor_name"]
TODAY = date(2026, 11, 22)
ABOUT = Caption("Alliances", "sans filtre", fictive=False, catalysts_from="essai")


def links_csv(alliances, actors, about):
    return FORMATS["csv"].content(Export((links(alliances, actors),), about, "liens"))


def rows_of(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_arcs_join_every_pair_that_has_points_and_say_the_rest():
    arcs = alliance_arcs(BOOK["alliance"], BOOK["actor"])
    assert (arcs.line_count, arcs.stacked, arcs.unplaced) == (2, 0, ("D sans profil",))
    assert arcs.layer["arcs"][0] == [0, 48.8196, 2.4158, 48.822, 2.41]
    assert (
        arcs.sentence()
        .replace("\u00a0", " ")
        .startswith("2 liens tracés ; 1 membre sans point sur la carte (D sans profil).")
    )
    assert json.loads(Overlay([arcs.layer], title="x").document)["layers"][0]["hubs"] == []


def test_members_at_one_point_are_counted_not_drawn():
    same = [one | {"longitude": 2.4, "latitude": 48.8} for one in ACTORS[:2]]
    arcs = alliance_arcs(BOOK["alliance"].loc[["A1"]], drawn_book(actor=same)["actor"])
    assert (arcs.line_count, arcs.stacked) == (0, 1)
    assert "situés au même point" in arcs.sentence()


def test_a_large_alliance_meets_in_one_point():
    many = [
        {"actor_id": f"m{i}", "actor_name": f"M{i}", "longitude": 2.0 + i, "latitude": 48.0}
        for i in range(7)
    ]
    alliance = {"alliance_id": "G", "alliance_name": "G", "member_ids": [f"m{i}" for i in range(7)]}
    book = drawn_book(actor=many, alliance=[alliance])
    arcs = alliance_arcs(book["alliance"], book["actor"])
    assert arcs.layer["hubs"] == [[0, 48.0, 5.0]]
    assert (arcs.line_count, arcs.stacked) == (6, 1)  # one member stands at the meeting point


def test_a_withdrawn_point_is_not_on_the_map():
    hidden = [ACTORS[0] | {"withheld": ["longitude", "town", "website"]}, *ACTORS[1:]]
    actors = drawn_book(actor=hidden)["actor"]
    assert "a" not in located_only(actors).index
    assert alliance_arcs(BOOK["alliance"], actors).line_count == 1


def test_published_actors_carry_no_withheld_field_and_only_web_links():
    told = [
        ACTORS[0] | {"website": "javascript:alert(1)", "town": "Ici", "withheld": ["town"]},
        ACTORS[1] | {"website": "https://exemple.fr", "town": "Là"},
    ]
    address = publish_actors(drawn_book(actor=told)["actor"])
    file = published(address.rsplit("/", 1)[1].removesuffix(".json"))
    assert file is not None
    records = {record[0]: record for record in json.loads(file.content)["records"]}
    assert (records["a"][5], records["a"][10]) == ("", "")
    assert (records["b"][5], records["b"][10]) == ("Là", "https://exemple.fr")
    assert actor_layer(BOOK["actor"], address)["ids"] == ["a", "b", "c", "e"]


def test_every_profile_and_kind_has_its_own_drawing():
    profiles = [*vocabularies()["any_profile"].ids(), UNSTATED]
    assert set(profiles) == set(marks())
    assert len({mark.icon for mark in marks().values()}) == len(marks())
    lines = [line_of(kind) for kind in vocabularies()["any_partnership"].ids()]
    assert len({line.dashes for line in lines}) == len(lines)
    assert line_of("inconnu").pattern == "3 3"


def test_legends_name_only_what_is_there():
    assert "Mécénat" in arc_legend(BOOK["alliance"])
    assert "Héberge" not in arc_legend(BOOK["alliance"])
    assert arc_legend(BOOK["alliance"].iloc[:0]) == ""
    alone = alliance_arcs(BOOK["alliance"], located_only(BOOK["actor"]).iloc[:1])
    assert arc_legend(alone.with_lines(BOOK["alliance"])) == ""
    legend = actor_legend(BOOK["actor"])
    assert "Profil non renseigné" in legend
    assert "Syndicats" not in legend


def test_the_matrix_shows_empty_cells_and_escapes_names():
    spiteful = BOOK["alliance"].assign(alliance_name=SPITEFUL)
    written = profile_table(spiteful, BOOK["actor"])
    assert "<img" not in written
    assert "&lt;img" in written
    # 4 profiles, 16 cells; four pairs are held, each written on both sides of the diagonal.
    assert (written.count('class="vide"'), written.count("<details ")) == (8, 8)


def test_the_gaps_on_screen_and_in_the_export_are_the_same():
    cells = ecosystem("E1", BOOK).cells
    written = practice_table(cells, NAMES)
    rows = rows_of(gaps_csv(cells, NAMES, ABOUT))
    empty = [row for row in rows if row["actor_count"] == "0"]
    assert len(rows) == 5 * 12
    assert len(empty) == 60 - len(cells)
    shown = {profile for _, profile in cells}  # a column that nobody fills is left out on screen
    assert written.count('class="vide"') == len([row for row in empty if row["profile"] in shown])
    [cell] = [r for r in rows if (r["practice"], r["profile"]) == ("gestion_lieu", "association")]
    assert (cell["actor_ids"], cell["actor_names"]) == ("a", "Asso A")


def test_exported_links_carry_both_ids_and_run_no_formula():
    named = BOOK["actor"].assign(actor_name=NAMES.replace("Asso A", "=1+1"))
    rows = rows_of(links_csv(BOOK["alliance"], named, ABOUT))
    assert [(r["source_id"], r["target_id"]) for r in rows] == [
        ("a", "b"),
        ("b", "c"),
        ("b", "d"),
        ("c", "d"),
    ]
    assert rows[0]["source_name"] == "'=1+1"
    assert "filtres : sans filtre" in rows[0]["extraction"]
    fictive = Caption("Alliances", "sans filtre", fictive=True, catalysts_from="essai")
    marked = rows_of(links_csv(BOOK["alliance"].assign(fictive=True), BOOK["actor"], fictive))[0]
    assert (marked["fictif"], marked["extraction"][:16]) == ("fictif", "Données fictives")


def test_the_table_says_roles_and_period():
    table = alliance_rows(BOOK["alliance"], NAMES)
    assert list(table["membres"]) == [
        "Asso A (porteur), Boîte B",
        "Boîte B, Commune C (finance), D sans profil",
    ]
    assert list(table["periode"]) == ["depuis 2023", "de 2020 à juin\u00a02022"]
    assert len(alliance_rows(BOOK["alliance"].iloc[:0], NAMES)) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024", "2024"),
        ("2024-05", "mai 2024"),
        ("2024-05-01", "1er mai 2024"),
        ("2024-12-31", "31 décembre 2024"),
        ("", ""),
        ("2024-13", "2024-13"),
        ("hier", "hier"),
    ],
)
def test_dates_are_said_in_french(text: str, said: str):
    assert in_words(text).replace("\u00a0", " ") == said


def test_a_period_with_one_end():
    assert period("", "2022") == "jusqu’à 2022"
    assert period("2020", "") == "depuis 2020"
    assert period("", "") == ""


def test_the_board_is_in_order_and_says_what_is_next():
    data = board_data(BOOK["project"], BOOK["action"], NAMES, TODAY, opened="P2", moves=True)
    assert [step["nature"] for step in data["steps"]] == [
        "Interconnaissance",
        "Co-construction",
        "Co-gestion",
    ]
    assert [(card["id"], card["step"], card["open"]) for card in data["cards"]] == [
        ("P1", "01", False),
        ("P2", "02", True),
    ]
    said = " ".join(data["cards"][0]["lines"]).replace("\u00a0", " ")
    assert said == "Avec Asso A À faire : Réunir, sans date ; 1 autre action"


def test_the_first_due_comes_first_and_late_is_said():
    tasks = drawn_book(
        action=[
            {"action_id": "1", "action_name": "Sans date", "project_id": "P1"},
            {"action_id": "2", "action_name": "Ce mois", "project_id": "P1", "due": "2026-11"},
        ]
    )["action"]
    assert (
        next_action(tasks, TODAY)
        .replace("\u00a0", " ")
        .startswith("À faire : Ce mois, échéance novembre 2026 ; 1 autre")
    )
    assert "(en retard)" in next_action(tasks, date(2026, 12, 1))
    assert next_action(None, TODAY) == ""


def test_done_actions_leave_the_board():
    done = BOOK["action"].assign(done=True)
    data = board_data(BOOK["project"], done, NAMES, TODAY)
    assert not any("À faire" in line for card in data["cards"] for line in card["lines"])


def test_an_own_area_is_published_with_its_communes():
    found = ecosystem("E1", BOOK)
    layer = own_area_layer(found.area, found.communes, SPITEFUL)
    file = published(layer["url"].rsplit("/", 1)[1].removesuffix(".json"))
    assert file is not None
    features = json.loads(file.content)["features"]
    assert [one["properties"]["role"] for one in features] == ["perimeter", "commune", "commune"]
    west, south, east, north = area_bounds(found.area)
    assert west < 2.42 < east
    assert south < 48.82 < north
    assert sketch_layer([(2.0, 48.0)]) == {"type": "sketch", "corners": [[48.0, 2.0]]}
