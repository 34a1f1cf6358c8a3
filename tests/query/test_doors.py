"""One declaration for every door: what is legal where, within which bounds, said how."""

import re

import pytest

from geo.errors import AtlasError, BadParameterError
from geo.output.embedding import EMBEDDED, LOCKS
from geo.query import parameters as p
from geo.query.doors import (
    COMMUNES,
    ECOSYSTEM_SHEET,
    ECOSYSTEM_THEN,
    ERASURE,
    EXPORTS,
    IMAGES,
    LOCATE,
    NAMING,
    NEAREST,
    OPENED,
    PAGES,
    SHARED,
    SHEET,
    START,
    TERMINAL,
    TYPED,
    VIEW,
)
from geo.query.parameter import Parameter, in_address
from geo.templates import web_path
from pages.sections.alliances import alliances
from pages.sections.carte import atlas
from pages.sections.integrer import snippet
from pages.sections.trouver import search

CATALYSTS = EXPORTS["catalysts"]
VALUES = {
    p.PRACTICE: ("gestion_lieu", "accompagnements"),
    p.TERRITORY: ("epci", "244400404"),
    p.RADIUS: 25.0,
    p.COUNT: 50,
    p.BOUNDARY: True,
    p.ORDER: True,
    p.NEAR: 0.0,
    p.CURRENT: True,
    p.ODD: "11",
    p.DATE: "2023-05",
    p.COMPARED_DATE: "2019",
    p.READING: "savait",
}


@pytest.mark.parametrize("one", VALUES, ids=lambda one: one.name)
def test_what_is_written_is_read_back(one):
    assert one.read(one.texts(VALUES[one])) == VALUES[one]
    assert in_address({one: one.default}) == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("rayon", text) for text in ("0", "-5", "inf", "nan", "loin", "١٠", "1_0", " 10")),
        *(("nombre", text) for text in ("0", "10001", "5.7", "1e1", "beaucoup")),
        *(("autour", text) for text in ("-1", "2001", "²", "20 km")),
        *(("mesure", text) for text in ("Limite", "x")),
        *(("ordre", text) for text in ("Distance", "x")),
    ],
)
def test_a_bad_value_is_refused_at_every_door_and_named(name, text):
    for door in (CATALYSTS, SHEET) if name == "autour" else (CATALYSTS,):
        with pytest.raises(BadParameterError, match=re.escape(f"«\u00a0{text}\u00a0»")) as fault:
            door.ask({name: [text]})
        assert fault.value.parameter == name
        assert name in str(fault.value)
    page = PAGES["territoire" if name == "autour" else "trouver"]
    query, [said] = page.read({name: [text]})
    assert f"«\u00a0{text}\u00a0»" in str(said)
    assert query.values[name] == next(o.default for o in page.parameters if o.name == name)


def test_a_screen_takes_what_it_offers_and_a_file_all_within_the_same_bounds():
    for one, free in ((p.RADIUS, "30"), (p.COUNT, "7"), (p.NEAR, "30")):
        for text in one.kind.offers:
            assert one.read([text]) == one.read([text], offered=False)
        assert one.read([free], offered=False) == float(free)
        with pytest.raises(BadParameterError, match=", ".join(one.kind.offers)):
            one.read([free])


def test_the_api_says_the_same_by_its_own_names():
    query = NEAREST.ask({"k": ["3"], "radius_km": ["30"], "practice": ["gestion_lieu"]})
    assert (query[p.COUNT], query[p.RADIUS]) == (3, 30)
    assert query.selection.practices == ("gestion_lieu",)
    for name in ("k", "radius_km", "practice"):
        with pytest.raises(BadParameterError) as fault:
            NEAREST.ask({name: [""]})
        assert fault.value.parameter == name


@pytest.mark.parametrize("one", [p.ODD, p.TYPE], ids=lambda one: one.name)
def test_what_no_record_can_hold_is_no_filter(one):
    with pytest.raises(AtlasError, match="non_renseigne") as fault:
        one.read(["non_renseigne"])
    assert str(fault.value).count("non_renseigne") == 1  # it is not told among what is possible


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pratiques": ["gestion_lieu"]}, "Filtre inconnu"),
        ({"texte": ["a", "b"]}, "deux fois"),
        ({"autour": ["loin"]}, "Distance illisible"),
    ],
)
def test_a_sheet_refuses_as_a_file_does(given, said):
    for door in (SHEET, CATALYSTS):
        with pytest.raises(BadParameterError, match=said):
            door.ask(given)


def test_what_is_of_the_screen_is_no_fault_of_a_file():
    assert CATALYSTS.ask({"zoom": ["9"], "embed": ["true"], "vue": ["graphe"]}).values == {}


def test_every_widget_offers_what_its_link_may_say():
    assert tuple(alliances.VIEWS) == p.LAYOUT.kind.values
    assert [*alliances.TIMES] == [p.CURRENT.kind.no, p.CURRENT.kind.yes]
    assert [*search.MEASURES] == [p.BOUNDARY.kind.no, p.BOUNDARY.kind.yes]
    assert [*search.ORDERS] == [p.ORDER.kind.no, p.ORDER.kind.yes]
    assert {*snippet.SUBJECTS} == {*p.FRAMED.kind.values} == {*EMBEDDED}
    assert atlas.KINDS[1:] == p.OUTLINES.kind.values


def test_the_browser_keeps_the_parameters_that_are_declared():
    script = web_path("page.js").read_text(encoding="utf-8")
    view, bounds = (
        re.findall(r'"(\w+)"', re.search(rf"const {name} = \[([^\]]*)\]", script)[1])
        for name in ("VIEW", "BOUNDS")
    )
    assert view == [one.name for one in VIEW]
    known = {one.name for one in (*NAMING, p.EMBED)}
    assert {*bounds} <= known
    assert {*LOCKS.values()} - {""} <= {*bounds}


@pytest.mark.parametrize("page", PAGES)
def test_a_parameter_has_one_name_at_a_door(page):
    assert len({*PAGES[page].names}) == len(PAGES[page].names)


@pytest.mark.parametrize("one", [p.RADIUS, p.COUNT], ids=lambda one: one.name)
def test_a_parameter_given_twice_is_refused_by_one_sentence(one):
    said = f"Le paramètre «\u00a0{one.name}\u00a0» est donné deux fois ; gardez-en un."
    for text in one.kind.offers[:2]:
        asked = {one.name: [one.kind.offers[0], text]}
        query, [fault] = PAGES["trouver"].read(asked)
        assert (str(fault), query[one]) == (said, one.default)
        with pytest.raises(BadParameterError) as refused:
            CATALYSTS.ask(asked)
        assert str(refused.value) == said


def test_every_declared_parameter_is_legal_somewhere():
    pages = (*PAGES.values(), *EXPORTS.values(), START, OPENED, SHARED, ERASURE, TYPED)
    doors = (*pages, *IMAGES.values(), SHEET, ECOSYSTEM_SHEET, ECOSYSTEM_THEN)
    doors += (NEAREST, LOCATE, COMMUNES, TERMINAL)
    legal = {one.name for door in doors for one in (*door.parameters, *door.beside)}
    declared = {one.name for one in vars(p).values() if isinstance(one, Parameter)}
    assert declared == legal
