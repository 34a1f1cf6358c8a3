"""The selection: to and from the URL, and said in French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UnknownItemError
from geo.query.doors import PAGES, SHEET
from geo.query.selection import FACETS, Selection
from geo.vocabulary import choices
from pages.components.map_state import left_out

lists = {
    field: st.lists(st.sampled_from(choices(facet.vocabulary)), unique=True).map(tuple)
    for field, facet in FACETS.items()
}
selections = st.builds(Selection, **lists, text=st.text(max_size=50))


def from_url(query):
    found, faults = PAGES["catalyseurs"].read(query)
    return found.selection, [left_out(fault) for fault in faults]


def checked(selection):
    return SHEET.ask(as_query(selection.to_url())).selection


def as_query(url):
    return {key: value if isinstance(value, list) else [value] for key, value in url.items()}


@given(selections)
def test_the_url_gives_the_selection_back(selection):
    assert from_url(as_query(selection.to_url())) == (selection, [])


def test_unknown_values_are_dropped_with_a_notice():
    selection, notices = from_url({"pratique": ["danse", "gestion_lieu"], "profil": ["x"]})
    assert selection == Selection(practices=("gestion_lieu",))
    assert len(notices) == 2
    assert "« danse »" in notices[0]
    assert notices[0].endswith("Le reste du lien est suivi.")


def test_repeats_are_kept_once():
    assert from_url({"pratique": ["gestion_lieu"] * 2})[0].practices == ("gestion_lieu",)


@given(st.dictionaries(st.text(), st.lists(st.text(), max_size=3), max_size=4))
def test_no_query_breaks_it(query):
    from_url(query)


def test_checked_names_every_unknown_value():
    with pytest.raises(UnknownItemError, match=r"danse.*chat"):
        checked(Selection(practices=("danse",), evidence=("chat",)))


def test_sentence_says_count_and_filters():
    assert Selection().sentence(85) == "85\u00a0catalyseurs, sans filtre."
    one = Selection(practices=("gestion_lieu", "accompagnements"), profiles=("fondation",))
    assert one.sentence(1) == (
        "1\u00a0catalyseur (pratique\u00a0: Gestion d’un lieu ou Accompagnements\u00a0; "
        "profil\u00a0: Fondations)."
    )
    assert one.sentence(0).startswith("Aucun catalyseur (")
