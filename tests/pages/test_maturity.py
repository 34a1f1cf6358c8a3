"""The maturity of a territory on its page: for its team, dated, leading to resources."""

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.reading import readable_book
from geo.directory.store.store import Store
from tests.pages.seen import faults, field, html, opened, words


def answer(app: AppTest, at: int) -> AppTest:
    for radio in [one for one in app.radio if str(one.key).startswith("maturite_")]:
        radio.set_value(radio.options[at])
    next(one for one in app.button if one.label == "Enregistrer ce point").click()
    return app.run()


def test_a_team_makes_its_point_and_sees_its_own_past(store: Store) -> None:
    app = opened("ecosysteme", ecosysteme="E1")
    said = words(app)
    assert "Ces questions et cette règle sont propres à ce site, non au réseau" in said
    assert "Aucune auto-évaluation encore." in said
    app = answer(app, 1)
    assert faults(app) == []
    assert store.read("ecosystem").loc["E1", "maturity"] == "actif"
    assert len(store.read("assessment")) == 1
    [date] = [one for one in app.text_input if one.label == "Date"]
    date.input("29/11/2098")
    app = answer(app, 2)
    assert "en hausse" in html(app)
    assert store.read("ecosystem").loc["E1", "maturity"] == "pionnier"
    assert len(store.read("assessment")) == 2
    assert "/ressources?maturite=pionnier" in html(app) or "aucune ressource" in html(app)


@pytest.mark.usefixtures("store")
def test_a_question_without_answer_is_told() -> None:
    app = opened("ecosysteme", ecosysteme="E1")
    next(one for one in app.button if one.label == "Enregistrer ce point").click()
    app.run()
    assert "Répondez à chaque question" in faults(app)[0]


def test_a_visitor_reads_no_assessment(store: Store) -> None:
    answer(opened("ecosysteme", ecosysteme="E1"), 1)
    assert len(store.read("assessment")) == 1
    assert readable_book(store)["assessment"].empty
    assert len(readable_book(store, drafts=True)["assessment"]) == 1


def test_the_date_is_asked(store: Store) -> None:
    app = opened("ecosysteme", ecosysteme="E1")
    field(app, "text_input", "Date").input("printemps")
    app = answer(app, 1)
    assert "n’est pas une date" in faults(app)[0].replace("\\", "")
    assert store.read("assessment").empty
