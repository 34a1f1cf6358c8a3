"""A link gives a view, a view gives its link; what a link cannot say is left out, in French."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from geo.analysis.nearest import Search, nearest
from geo.analysis.origin import parse_origin
from geo.directory.directory import directory
from geo.output.cards import catalyst_list
from geo.query.selection import Selection
from tests.pages.seen import again, html, opened, unfolded, words

FULL = {
    "trouver": {
        "pratique": ["accompagnements", "gestion_lieu"],
        "profil": ["association"],
        "preuve": ["named", "related"],
        "texte": "territoire",
        "lieu": "commune:94018",
        "rayon": "250",
        "nombre": "20",
    },
    "carte": {"contours": "region", "indicateur": "densite", "profil": ["association"]},
    "territoire": {"territoire": "departement:94", "autour": "50", "preuve": ["named"]},
    "catalyseurs": {"texte": "alliance", "pratique": ["dialogue_territorial"]},
}
WRONG = {
    "trouver": {
        "pratique": "danse",
        "lieu": "commune:99999",
        "rayon": "7",
        "nombre": "abc",
        "mesure": "x",
    },
    "carte": {"contours": "pays", "indicateur": "bonheur"},
    "territoire": {"territoire": "crte:nope", "autour": "-1"},
    "catalyseurs": {"fiche": "nope"},
}


def notices(app: AppTest) -> list[str]:
    return [str(node.value).replace("\\", "") for node in app.warning]


def lists(link: dict[str, str | list[str]]) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in link.items()}


@pytest.mark.parametrize("page", FULL)
def test_a_whole_view_goes_to_its_link_and_back(page: str) -> None:
    first = opened(page, **FULL[page])
    assert lists(first.query_params) == lists(FULL[page])
    second = again(first, page)
    assert second.query_params == first.query_params
    assert words(second) == words(first)
    assert notices(first) == []


def test_a_boundary_measure_goes_to_its_link_and_back() -> None:
    link = {"lieu": "departement:94", "mesure": "limite"}
    app = opened(**link)
    assert app.query_params == link == again(app).query_params


@pytest.mark.parametrize("page", WRONG)
def test_what_a_link_cannot_say_is_left_out_and_said(page: str) -> None:
    app = opened(page, **WRONG[page])
    assert len(app.exception) == 0
    assert app.query_params == {}
    assert len(notices(app)) == len(WRONG[page])
    for value in WRONG[page].values():
        shown = value.partition(":")[2] or value
        assert any(f"«\u00a0{shown}\u00a0»" in said for said in notices(app)), value


@pytest.mark.parametrize(
    "value", ["![x](http://ailleurs.invalid/x.png)", "<b>x</b>", "$x$ :red[x]"]
)
def test_a_link_writes_no_markdown_of_its_own(value: str) -> None:
    app = opened(pratique=value, texte=value, lieu=value)
    raw = "\n".join(str(node.value) for node in [*app.warning, *app.markdown])
    assert value not in raw
    assert value in raw.replace("\\", "")


VIEW = {"centre": "45.77000,3.08000", "zoom": "9.25", "fond": "simple", "choix": "x"}


def test_the_maps_view_stays_in_the_link_and_asks_for_nothing_else() -> None:
    app = opened("carte", contours="region", **VIEW)
    assert app.query_params == {"contours": "region"} | VIEW
    assert notices(app) == []


def test_a_filter_pressed_after_the_map_was_moved_is_kept() -> None:
    app = opened("carte")
    app.query_params = dict(VIEW)  # the browser wrote it, Python hears of it at the next run
    unfolded(app, "filtres").get_by_key("pratique").set_value(["gestion_lieu"]).run()
    assert app.query_params["pratique"] == "gestion_lieu"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("centre", "95,3"),
        ("centre", "45"),
        ("centre", "nan,3"),
        ("zoom", "40"),
        ("zoom", "près"),
        ("fond", "lune"),
    ],
)
def test_a_view_that_cannot_be_is_said(name: str, value: str) -> None:
    app = opened("territoire", territoire="departement:94", **{name: value})
    assert [said for said in notices(app) if f"«\u00a0{value}\u00a0»" in said] == notices(app)
    assert len(notices(app)) == 1


def test_one_wrong_value_does_not_cost_the_others() -> None:
    app = opened(pratique=["danse", "accompagnements"], lieu="commune:94018", rayon="7")
    assert lists(app.query_params) == lists(
        {"pratique": "accompagnements", "lieu": "commune:94018"}
    )
    assert len(notices(app)) == 2


@pytest.mark.parametrize(
    ("selection", "search"),
    [
        (Selection(), Search()),
        (Selection(practices=("accompagnements",)), Search(count=5)),
        (Selection(profiles=("association",)), Search(radius_km=50)),
    ],
)
def test_the_list_is_the_nearest(selection: Selection, search: Search) -> None:
    view = {"nombre": str(search.count)} | (
        {"rayon": f"{search.radius_km:g}"} if search.radius_km else {}
    )
    app = opened(lieu="commune:94018", **view, **selection.to_url())
    answer = nearest(directory(), parse_origin("commune:94018"), selection, search)
    best, others = answer.ranked.head(1), answer.ranked.iloc[1:]
    assert catalyst_list(best, "commune:94018") in html(app)
    assert catalyst_list(others, "commune:94018") in html(app)
    shown = re.findall(r'<h3><a href="/catalyseurs\?fiche=([\w-]+)"', html(app))
    assert shown[: len(answer.ranked)] == [*answer.ranked.index]
    assert html(app).index(catalyst_list(best, "commune:94018")) < html(app).index("voir-carte")


def test_a_filter_changes_the_sentence_and_the_link() -> None:
    app = opened()
    assert f"{len(directory().frame)}\u00a0catalyseurs, sans filtre." in words(app)
    unfolded(app, "filtres").get_by_key("pratique").set_value(["gestion_lieu"]).run()
    kept = len(directory().select(Selection(practices=("gestion_lieu",))))
    assert f"{kept}\u00a0catalyseurs (pratique\u00a0: Gestion d’un lieu)." in words(app)
    assert app.query_params == {"pratique": "gestion_lieu"}


def test_no_result_names_the_filters_and_offers_a_reset() -> None:
    app = opened("catalyseurs", pratique="gestion_lieu", texte="introuvable")
    said = "(pratique : Gestion d’un lieu ; texte : « introuvable »)."
    assert f"Aucun catalyseur {said}" in words(app).replace("\u00a0", " ")
    app.button(key="reset_catalyseurs").click().run()
    assert "catalyseurs, sans filtre." in words(app)
    assert app.query_params == {}


def test_a_radius_too_small_can_be_widened() -> None:
    app = opened(lieu="commune:15119", rayon="10")
    assert 'class="rang"' not in html(app)
    [wider] = [one for one in app.button if one.label.startswith("Chercher plus loin")]
    wider.click().run()
    assert app.query_params == {"lieu": "commune:15119"}
    assert html(app).count('class="rang"') == 10


def test_another_link_in_the_same_session_is_followed_whole() -> None:
    app = opened(lieu="commune:94018", rayon="100", nombre="20")
    app.query_params = {"lieu": "commune:13055"}
    app.run()
    assert app.query_params == {"lieu": "commune:13055"}
    assert app.text_input(key="lieu_texte").value.startswith("Marseille")


def test_filters_follow_from_one_page_to_the_next() -> None:
    app = opened(pratique="accompagnements", lieu="commune:94018", rayon="100")
    for page, wanted in (("catalyseurs", {}), ("trouver", {"lieu", "rayon"})):
        app.switch_page(f"{page}.py")
        app.query_params = {}
        app.run()
        assert "(pratique\u00a0: Accompagnements)" in words(app)
        assert set(app.query_params) == {"pratique", *wanted}


def test_an_unknown_text_gives_suggestions() -> None:
    app = opened()
    app.text_input(key="lieu_texte").set_value("zzzzqqq").run()
    assert any("Aucun lieu ne répond" in str(node.value) for node in app.info)
    assert app.query_params == {}
