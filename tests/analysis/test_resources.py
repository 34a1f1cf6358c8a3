"""Which resources answer a need: what a source states, and only that."""

import pandas as pd
import pytest

from geo.analysis.resources import ResourceChoice, needs, silent
from geo.directory.ecosystems import frame_of
from geo.query.doors import EXPORTS, PAGES

DRAWN = frame_of(
    "resource",
    [
        {"resource_id": "a", "resource_name": "Guide des lieux", "practices": ["gestion_lieu"]},
        {"resource_id": "b", "resource_name": "Étude", "odd": ["17"], "resource_kind": "etude"},
        {"resource_id": "c", "resource_name": "Parcours", "steps": ["01"], "maturity": ["actif"]},
    ],
)


def ids(choice: ResourceChoice, rows: pd.DataFrame = DRAWN) -> list[str]:
    return [*choice.keep(rows).index]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (ResourceChoice(), ["a", "b", "c"]),
        (ResourceChoice(practices=("gestion_lieu",)), ["a"]),
        (ResourceChoice(practices=("gestion_lieu", "non_renseigne")), ["a", "b", "c"]),
        (ResourceChoice(practices=("accompagnements",)), []),
        (ResourceChoice(odd="17", nature="etude"), ["b"]),
        (ResourceChoice(step="01", maturity="actif"), ["c"]),
        (ResourceChoice(text="etude"), ["b"]),
        (ResourceChoice(text="lieux guide"), ["a"]),
    ],
)
def test_a_filter_keeps_what_sources_state(choice, kept):
    assert ids(choice) == kept


def test_a_choice_is_written_in_the_address_and_read_back_by_the_page_and_the_file():
    choice = ResourceChoice(
        ("gestion_lieu",), ("association",), "guide", "02", "11", "actif", "lieu"
    )
    asked = {
        name: value if isinstance(value, list) else [value]
        for name, value in choice.to_url().items()
    }
    for door in (PAGES["ressources"], EXPORTS["resources"]):
        query, faults = door.read(asked)
        assert (ResourceChoice.of(query), faults) == (choice, [])
    said = choice.in_words()
    for word in ("Gestion d’un lieu", "Guide", "02. Expérimentations", "11. Villes", "Actifs"):
        assert word in said


def test_needs_are_counted_and_say_what_nobody_answers():
    found = needs(DRAWN, ["gestion_lieu", "accompagnements"], ["01"], ["17"])
    assert [one.found for one in found] == [1, 0, 1, 1]
    assert silent(DRAWN, "maturity") == 2
