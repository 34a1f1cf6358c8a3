"""Trouver from an address: asked on request only, and without an answer the commune stands in."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from geo.analysis.origin import parse_origin
from geo.directory.geocoding.visitor import commune_part, looks_like_address
from geo.reference import france
from tests.directory.geocoding.server import STEP, Script, running
from tests.pages.seen import again, faults, opened, words

CHARENTON = "94018"
TYPED = "12 rue du Pont, 94220 Charenton-le-Pont"
BUTTON = "lieu_geocoder"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Script]]:
    with running() as started:
        monkeypatch.setenv("CATALYSE_GEOCODER", started[0])
        yield started


@pytest.fixture
def script(server: tuple[str, Script]) -> Script:
    return server[1]


def typed(text: str) -> AppTest:
    app = opened()
    app.text_input(key="lieu_texte").set_value(text).run()
    return app


def asked(text: str) -> AppTest:
    app = typed(text)
    app.button(key=BUTTON).click().run()
    return app


def has_button(app: AppTest) -> bool:
    return any(button.key == BUTTON for button in app.button)


def test_an_address_is_sent_only_when_told_to(script: Script) -> None:
    app = typed(TYPED)
    assert script.paths == []
    assert "ce texte est envoyé à 127.0.0.1" in words(app)
    assert app.query_params == {"lieu": f"commune:{CHARENTON}"}  # in the meantime
    app.button(key=BUTTON).click().run()
    assert script.paths == ["/geocodage/search"]
    assert faults(app) == []


def test_the_address_is_where_the_search_starts(script: Script) -> None:
    app = asked(TYPED)
    origin = parse_origin(str(app.session_state["lieu"]))
    home = france.communes().loc[CHARENTON]
    assert origin.longitude == pytest.approx(home["longitude"] + 12 * STEP, abs=1e-5)
    assert "12 rue du pont 94220 charenton-le-pont\u00a0: les plus proches" in words(app)
    [first, second] = app.pills(key="lieu_adresse").options
    assert "90" in first
    assert "45" in second
    assert len(script.times) == 1


def test_another_suggestion_can_be_taken(script: Script) -> None:
    app = asked(TYPED)
    before = app.query_params["lieu"]
    other = list(app.session_state["lieu_adresses"][1])[1]
    app.pills(key="lieu_adresse").set_value(other).run()
    assert app.query_params["lieu"] == other != before
    assert len(script.times) == 1


def test_a_link_to_an_address_works_with_no_geocoder(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = asked(TYPED)
    monkeypatch.setenv("CATALYSE_GEOCODER", "")
    copied = again(app)
    assert copied.query_params == app.query_params
    assert "12 rue du pont 94220 charenton-le-pont\u00a0: les plus proches" in words(copied)
    assert copied.text_input(key="lieu_texte").value.startswith("12 rue du pont")
    assert not has_button(copied)
    assert len(script.times) == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [("503", "erreur 503"), ("400", "réponse 400"), ("html", "autre chose que des adresses")],
)
def test_without_an_answer_the_commune_stands_in(script: Script, word: str, said: str) -> None:
    script.next.extend([word] * 4)
    app = asked(f"{word} {TYPED[3:]}")
    [warned] = app.warning
    told = str(warned.value).replace("\\", "")
    assert told.startswith("Le géocodeur 127.0.0.1 ")
    assert said in told
    assert told.endswith("La recherche part de la commune\u00a0: Charenton-le-Pont (94).")
    assert app.query_params == {"lieu": f"commune:{CHARENTON}"}
    assert faults(app) == []


def test_a_geocoder_that_is_off_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as (url, _):
        monkeypatch.setenv("CATALYSE_GEOCODER", url)
    app = asked("3 rue Éteinte 94220 Charenton-le-Pont")
    assert "injoignable" in words(app)
    assert app.query_params == {"lieu": f"commune:{CHARENTON}"}


def test_an_unknown_address_says_so(script: Script) -> None:
    app = asked("12 rue Introuvable")
    assert "Aucune adresse ne répond chez 127.0.0.1" in words(app)
    assert app.query_params == {}
    assert len(script.times) == 1


def test_a_low_score_is_offered_but_not_taken(script: Script) -> None:
    app = asked("12 rue Incertaine 94220 Charenton-le-Pont")
    assert app.query_params == {"lieu": f"commune:{CHARENTON}"}
    assert "41" in app.pills(key="lieu_adresse").options[0]
    assert len(script.times) == 1


def test_one_visitor_s_question_is_not_asked_twice(script: Script) -> None:
    asked("77 rue du Pont 94220 Charenton-le-Pont")
    asked("77 RUE DU PONT 94220 Charenton-le-Pont")
    assert len(script.times) == 1


@pytest.mark.parametrize("text", ["Charenton-le-Pont", "94220", "Rue", "Paris 11", "11 rue"])
def test_a_known_place_is_no_address(script: Script, text: str) -> None:
    assert not has_button(typed(text))
    assert script.paths == []


@pytest.mark.parametrize("value", ["", "pas-une-adresse"])
def test_without_a_geocoder_the_commune_is_found(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("CATALYSE_GEOCODER", value)
    app = typed(TYPED)
    assert not has_button(app)
    assert app.query_params == {"lieu": f"commune:{CHARENTON}"}
    assert faults(app) == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("<img src=x onerror=alert(1)>", "12 rue img src x onerror alert(1)"),
        ("*gras* _x_ `y` ~z~ [a](b)", "12 rue gras x y z a (b)"),
        ("$x$ #b", "12 rue x b"),
    ],
)
def test_the_address_of_a_link_writes_no_markup(address: str, shown: str) -> None:
    app = opened(lieu=f"2.41382,48.82312,12 rue {address}")
    assert faults(app) == []
    raw = "\n".join(str(node.value) for node in [*app.header, *app.markdown, *app.get("html")])
    assert address not in raw
    assert f"{shown}, un point de Charenton-le-Pont (94)\u00a0: les plus proches" in words(app)


@pytest.mark.parametrize("address", ["![x](http://ailleurs.invalid)", "$x$ :red[x]"])
def test_what_no_address_holds_is_refused(address: str) -> None:
    app = opened(lieu=f"2.41382,48.82312,12 rue {address}")
    assert faults(app) == []
    [refused] = app.warning
    assert address not in str(refused.value)
    assert app.query_params == {}


@pytest.mark.parametrize(
    ("text", "address", "commune"),
    [
        (TYPED, True, "94220 Charenton-le-Pont"),
        ("rue de Nantes", True, ""),
        ("12 bis av Foch, Nantes", True, "Nantes"),
        ("3 Le Bourg 15119", True, "15119"),
        ("lieu-dit Kerguen", True, ""),
        ("94220 Charenton", False, "94220 Charenton"),
        ("Saint-Denis", False, ""),
        ("CRTE Dombes", False, ""),
        ("rue", False, ""),
    ],
)
def test_what_looks_like_an_address(text: str, address: bool, commune: str) -> None:  # noqa: FBT001
    assert looks_like_address(text) is address
    assert commune_part(text) == commune
