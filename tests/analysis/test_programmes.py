"""Resource places and programmes: by choice, by the same filters, counted apart."""

import pandas as pd
import pytest

from geo.analysis import programmes
from geo.analysis.nearest import Search
from geo.analysis.origin import parse_origin
from geo.query.selection import Selection
from geo.reference import programmes as reference

PLACES = Selection(also=("fabrique_territoire", "manufacture_proximite"))


def test_nothing_is_shown_beside_before_it_is_asked_for():
    assert programmes.selected(Selection()).empty
    assert programmes.beside(Selection()) == ""
    assert Selection().sentence(3) == "3\u00a0catalyseurs, sans filtre."


def test_places_are_counted_apart_from_catalysts():
    said = PLACES.sentence(49, programmes.beside(PLACES))
    assert said.startswith("49\u00a0catalyseurs et 490\u00a0lieux ressources (montrés à part")
    three = Selection(also=(*PLACES.also, "territoire_engagement"))
    assert ", 490\u00a0lieux ressources et 244\u00a0territoires accompagnés" in three.sentence(
        49, programmes.beside(three)
    )


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"practices": ("gestion_lieu",)}, True),
        ({"practices": ("accompagnements",)}, False),
        ({"practices": ("accompagnements", "gestion_lieu")}, True),
        ({"profiles": ("association",)}, False),
        ({"profiles": ("association", "non_renseigne")}, True),
        ({"evidence": ("named",)}, False),
    ],
)
def test_the_filters_on_catalysts_hold_for_places(filters, kept):
    found = programmes.selected(Selection(also=PLACES.also, **filters))
    assert len(found) == (490 if kept else 0)


def test_a_text_is_found_in_names_and_towns_whatever_its_accents():
    found = programmes.selected(Selection(also=PLACES.also, text="GUÉRET"))
    assert found["town"].to_list().count("Guéret") == 1
    assert programmes.beside(Selection(also=PLACES.also, text="zzz")) == "aucun lieu ressource"


def test_the_nearest_are_ranked_within_the_radius_and_none_without_a_point():
    origin = parse_origin("commune:94018")
    found = programmes.nearest_places(origin, PLACES, Search(count=5, radius_km=10))
    assert found["rank"].to_list() == [1, 2, 3, 4, 5]
    assert found["distance_m"].is_monotonic_increasing
    assert found["distance_m"].max() <= 10_000
    everywhere = programmes.nearest_places(origin, PLACES, Search(count=10_000))
    assert len(everywhere) == 489


def test_nothing_chosen_is_nowhere():
    rows = programmes.selected(Selection())
    assert programmes.inside(rows, "commune", "23096").columns.to_list() == rows.columns.to_list()
    assert programmes.in_words(rows) == ""


def test_what_touches_a_territory_is_in_it_and_counted_once():
    rows = programmes.selected(PLACES)
    creuse = programmes.inside(rows, "departement", "23")
    assert set(creuse["departement_code"]) == {"23"}
    assert programmes.counts(rows, "departement")["23"] == len(creuse)
    assert programmes.counts(rows, "region").sum() == 489


def test_a_commune_has_its_badges_and_a_territory_counts_them():
    [own] = programmes.badges("commune", "01033")
    assert (own.programme.label, own.listed) == ("Petites villes de demain", "septembre 2024")
    assert programmes.badges("commune", "75056") == []
    held = {one.programme.id: len(one.commune_codes) for one in programmes.badges("region", "06")}
    assert held == {"petites_villes": 3, "coeur_de_ville": 4}


def test_no_practice_is_claimed_but_that_of_the_programme_s_own_definition():
    rows = reference.rows()
    held = rows.groupby("nature")["practices"].agg(lambda some: {tuple(one) for one in some})
    assert held[reference.PLACE] == {("gestion_lieu",)}
    assert held[reference.TERRITORY] == held[reference.BADGE] == {()}


def test_every_row_says_its_list_and_every_programme_its_definition():
    rows = reference.rows()
    assert rows.index.is_unique
    assert set(rows["listed"]) == {"2024-09", "2025-12", "2026-07"}
    known = {one: reference.programme(one) for one in set(rows["programme"])}
    assert all(one.help and one.url.startswith("http") for one in known.values())


def test_the_table_of_no_row_is_that_of_all_without_its_rows() -> None:
    pd.testing.assert_frame_equal(reference.no_row(), reference.rows().iloc[:0])
