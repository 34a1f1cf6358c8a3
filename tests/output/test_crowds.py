"""A map of very many marks: each view counts every one of them, and a small map is as it was."""

import json
import re
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from starlette.applications import Starlette

from geo.api import layers
from geo.crs import from_web_square, web_square
from geo.output import maps
from geo.output.maps import crowds, symbols
from geo.output.maps.actors import actor_layer, publish_actors
from geo.output.maps.groups import MANY, grouped
from geo.output.svg_maps.crowd import boxes
from geo.output.svg_maps.first_map import draw
from tests.api.asgi import Client

HEXAGONE = (6, 30, 20, 36, 26)
PARIS = (2.35, 48.85)


def made_up(quantity: int) -> pd.DataFrame:
    """Return made-up catalysts, a third of them at one same point, the last one without any."""
    draw_from = np.random.default_rng(5)
    lon, lat = draw_from.uniform(-1, 7, quantity), draw_from.uniform(43, 49, quantity)
    lon[::3], lat[::3] = PARIS
    lon[-1] = lat[-1] = np.nan
    practices = [["accompagnements"], ["gestion_lieu"], ["gestion_lieu", "accompagnements"], []]
    texts = dict.fromkeys(("town", "departement_code", "profile", "evidence", "website"), "")
    rows = pd.DataFrame(
        {
            "catalyst_id": [f"fictif-{n}" for n in range(quantity)],
            "catalyst_name": [f"Catalyseur fictif {n}" for n in range(quantity)],
            "longitude": lon,
            "latitude": lat,
            "practices": [practices[n % 4] for n in range(quantity)],
            "practices_basis": "stated",
            "fictive": True,
            **texts,
        }
    )
    return rows.set_index("catalyst_id", drop=False)


ROWS = made_up(3_001)


def layer_of(rows: pd.DataFrame, among: pd.DataFrame = ROWS) -> dict[str, Any]:
    return maps.catalyst_layer(rows, maps.publish_catalysts(among))


def asked(layer: dict[str, Any], *view: int) -> dict[str, Any]:
    """Ask for a view as the browser does."""
    client = Client(Starlette(routes=layers.routes()))
    answer = client.get(f"{layer['view']}{'/'.join(map(str, view))}.json")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def counted(said: dict[str, Any]) -> dict[str, int]:
    """Count what a view shows, by mark."""
    found: dict[str, int] = {}
    for record in said["records"]:
        found[record[4]] = found.get(record[4], 0) + 1
    for *_, kinds, _parted, _listed in said["groups"]:
        for mark, many in kinds.items():
            found[mark] = found.get(mark, 0) + many
    return found


def test_at_the_limit_every_record_is_sent_and_one_more_makes_a_crowd() -> None:
    few = made_up(MANY + 1)  # one has no point
    assert len(layer_of(few, few)["ids"]) == MANY
    assert "view" not in layer_of(few, few)
    many = made_up(MANY + 2)
    assert layer_of(many, many)["ids"] == []
    assert layer_of(many, many)["view"].startswith("/layers/marks/")


def test_a_view_counts_every_mark_in_it_whatever_the_zoom() -> None:
    layer = layer_of(ROWS)
    placed = ROWS[ROWS["longitude"].notna()]
    every = Counter(symbols.mark_of(codes) for codes in placed["practices"])
    assert counted(asked(layer, *HEXAGONE)) == every
    assert counted(asked(layer, 5, 15, 10, 18, 13)) == every
    four = [(7, 60 + x, 40 + y, 66 + x, 46 + y) for x in (0, 6) for y in (0, 6)]
    parts = [counted(asked(layer, *one)) for one in four]
    assert {mark: sum(one.get(mark, 0) for one in parts) for mark in every} == every


def test_few_marks_in_sight_are_drawn_each_and_a_point_shared_by_many_names_some() -> None:
    layer = layer_of(ROWS)
    few = asked(layer, 8, 131, 91, 133, 93)
    assert 0 < len(few["records"]) <= crowds.FEW
    assert few["groups"] == []
    x, y = web_square(np.array([PARIS]))[0] * (1 << 16)
    [group] = asked(layer, 16, int(x), int(y), int(x) + 1, int(y) + 1)["groups"]
    lon, lat, box, kinds, parted, listed = group
    assert (lon, lat) == PARIS
    assert box == [*PARIS, *PARIS]
    assert sum(kinds.values()) == 1_000
    assert not parted
    assert [one[0] for one in listed] == [f"fictif-{3 * n}" for n in range(crowds.LISTED)]


def test_a_filter_of_a_crowd_sends_its_own_marks_alone() -> None:
    some = ROWS.iloc[:40]
    layer = layer_of(some)
    document = Client(Starlette(routes=layers.routes())).get(layer["url"]).json()
    assert {record[0] for record in document["records"]} == {*some.index} == {*layer["ids"]}


def test_what_may_no_longer_be_read_is_not_answered() -> None:
    known = [True]
    records = maps.publish_catalysts(ROWS, lambda: known[0])
    layer = maps.catalyst_layer(ROWS, records)
    assert asked(layer, *HEXAGONE)["groups"]
    known[0] = False
    client = Client(Starlette(routes=layers.routes()))
    address = f"{layer['view']}{'/'.join(map(str, HEXAGONE))}.json"
    assert client.get(address).status_code == 404
    assert client.get(layer["url"]).status_code == 404


@pytest.mark.parametrize(
    "view", ["6/36/20/30/26", "19/0/0/1/1", "6/0/0/25/25", "6/0/0/65/1", "3/0/0/0/1", "6/-1/0/2/2"]
)
def test_a_view_that_does_not_exist_is_not_answered(view: str) -> None:
    client = Client(Starlette(routes=layers.routes()))
    assert client.get(f"{layer_of(ROWS)['view']}{view}.json").status_code == 404


def test_what_any_view_weighs_is_bounded() -> None:
    layer = layer_of(ROWS)
    found = crowds.crowd(layer["view"].split("/")[-2])
    assert found
    views = [found.view(zoom, 0, 0, 1 << zoom, 1 << zoom) for zoom in range(5)]
    assert max(len(one.packed) for one in views) < 100_000
    assert len(json.dumps(layer)) < 1_000


def test_actors_whose_point_was_withdrawn_are_in_no_view() -> None:
    named = {"catalyst_id": "actor_id", "catalyst_name": "actor_name"}
    held = pd.Series([["longitude"], *([] for _ in range(len(ROWS) - 1))], ROWS.index)
    actors = ROWS.rename(columns=named).assign(withheld=held)
    layer = actor_layer(actors, publish_actors(actors))
    assert sum(counted(asked(layer, *HEXAGONE)).values()) == 2_999


def test_the_painted_map_says_groups_and_loses_none() -> None:
    drawing = str(draw("Carte", ROWS))
    few = str(draw("Carte", ROWS.iloc[:300]))
    assert 'class="amas"' in drawing
    parts = [*drawing.split('<g class="etroit">'), *few.split('<g class="etroit">')]
    for said, rows in zip(parts, (ROWS, ROWS, ROWS.iloc[:300], ROWS.iloc[:300]), strict=True):
        grouped_rows = sum(
            int("".join(filter(str.isdigit, one)))
            for one in re.findall(r'middle">([\d\W]+?)</text></g>', said)
        )
        alone = said.count("<svg ") - ("role=" in said)  # but the drawing itself
        assert grouped_rows + alone == int(rows["longitude"].notna().sum())
    assert len(drawing) < 200_000
    with_rings = drawing.count('class="amas"')
    assert 10 < with_rings < 200


@pytest.mark.parametrize(("quantity", "size"), [(60, 84.0), (300, 40.0), (3_000, 84.0)])
def test_no_painted_ring_nor_mark_touches_another(quantity: int, size: float) -> None:
    spots = np.random.default_rng(quantity).uniform(0, 1_000, (quantity, 2))
    drawn = np.array(boxes(spots, size))
    middles, wide = (drawn[:, :2] + drawn[:, 2:]) / 2, drawn[:, 2] - drawn[:, 0]
    away = np.hypot(*(middles[:, None] - middles).transpose(2, 0, 1))
    touching = away < (wide[:, None] + wide) / 2 + 0.1 * size
    assert not np.triu(touching, 1).any()
    assert len(drawn) > 5


def test_groups_hold_each_point_once_even_when_far_away() -> None:
    spots = np.random.default_rng(1).normal(0, 1e7, (500, 2))
    found = grouped(spots[:, 0], spots[:, 1], np.zeros(500, dtype=np.intp), 10.0, 1)
    assert found.sizes.sum() + len(found.alone) == 500
    near = grouped(spots[:, 0], spots[:, 1], np.zeros(500, dtype=np.intp), 1e9, 1)
    assert near.sizes.tolist() == [500]
    nothing = grouped(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.intp), 1.0, 1)
    assert len(nothing.x) == len(nothing.alone) == 0


def test_the_square_of_the_web_goes_both_ways() -> None:
    lonlat = np.array([[-61.5, 16.2], [2.35, 48.85], [55.5, -21.1]])
    assert from_web_square(web_square(lonlat)) == pytest.approx(lonlat)
