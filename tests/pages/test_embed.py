"""Views made for another site's frame, and the page that writes their code."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.demo import demo_csv
from geo.directory.ecosystems import EXAMPLE_ID
from geo.output.embedding import EMBEDDED
from pages.components import embed
from tests.pages.seen import faults, html, opened, words

FILLED = {
    "carte": {"profil": "association", "contours": "region", "indicateur": "nombre"},
    "territoire": {"territoire": "departement:94", "pratique": "accompagnements"},
    "ecosysteme": {"ecosysteme": EXAMPLE_ID},
}


@pytest.fixture
def _framed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "embedded", lambda: True)


def in_frame(page: str, **link: str | list[str]) -> AppTest:
    """Open a page as another site's frame does."""
    app = opened()
    app.switch_page(f"integre/{page}.py")
    app.query_params = dict(link)
    return app.run()


@pytest.mark.usefixtures("_framed")
@pytest.mark.parametrize("page", FILLED)
def test_a_frame_has_nothing_to_choose_and_a_way_out(page: str) -> None:
    app = in_frame(page, **FILLED[page])
    assert faults(app) == []
    assert len(app.title) == 1
    controls = (app.text_input, app.button, app.selectbox, app.button_group, app.expander)
    assert [len(one) for one in controls] == [0] * len(controls)
    assert f'href="/{page}?' in html(app)
    assert 'target="_self"' not in html(app)
    assert "IGN" in words(app)


@pytest.mark.usefixtures("_framed")
def test_the_filters_of_the_link_apply() -> None:
    app = in_frame("territoire", **FILLED["territoire"])
    assert "(pratique\u00a0: Accompagnements)" in words(app)
    assert "Club Gravelle Entreprendre" in html(app)
    assert "Le RAMEAU" not in html(app)
    assert app.query_params == FILLED["territoire"]


@pytest.mark.usefixtures("_framed")
def test_a_frame_without_a_place_says_so() -> None:
    for page in ("territoire", "ecosysteme", "aucune"):
        app = in_frame(page)
        assert faults(app) == []
        assert "Intégrer" in words(app)


@pytest.mark.usefixtures("_framed")
def test_made_up_data_are_said_in_a_frame(catalysts: Callable[[str | bytes], Path]) -> None:
    catalysts(demo_csv(12, 1))
    app = in_frame("territoire", territoire="departement:94")
    assert any("Données fictives" in fault for fault in faults(app))


@pytest.mark.usefixtures("_framed")
def test_no_address_of_a_frame_leads_to_a_page_where_one_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, make = [], embed.framed_pages
    monkeypatch.setattr(
        embed, "framed_pages", lambda sections: shown.extend(make(sections)) or shown
    )
    opened()
    views = {page.url_path for page in shown if page.title in EMBEDDED.values()}
    assert views == set(EMBEDDED) == set(FILLED)
    assert {"contribuer", "acteurs", "doublons", "integrer"} <= {page.url_path for page in shown}


# --- the page that writes the code --------------------------------------------------------


def code(app: AppTest) -> str:
    return str(app.code[0].value)


def test_the_code_shows_what_was_chosen() -> None:
    app = opened("integrer", territoire="departement:94", profil="association")
    assert faults(app) == []
    assert "/territoire?profil=association&territoire=departement:94&embed=true" in unescape(
        code(app)
    )
    assert 'title="Un territoire et ses catalyseurs\u00a0: Val-de-Marne (94)"' in code(app)
    assert 'width="100%" height="900" loading="lazy"' in code(app)


def test_the_code_is_escaped_and_sized() -> None:
    app = opened("integrer", montrer="carte")
    app.text_input(key="titre").set_value('Nos "alliés" <b>').run()
    app.selectbox(key="largeur").set_value("px").run()
    app.number_input(key="pixels").set_value(640).run()
    assert 'title="Nos &quot;alliés&quot; &lt;b&gt;" width="640"' in code(app)


def test_a_pasted_link_gives_the_start_of_the_view() -> None:
    app = opened("integrer", territoire="departement:94")
    app.text_input(key="depart").set_value("https://x.fr/carte?centre=48.8,2.4&zoom=12&a=b").run()
    assert "centre=48.8,2.4&amp;zoom=12&amp;embed=true" in code(app)
    app.text_input(key="depart").set_value("https://x.fr/carte?centre=nord").run()
    assert any("nord" in str(one.value) for one in app.warning)
    assert "centre" not in code(app)


def test_a_start_outside_the_territory_is_said() -> None:
    app = opened("integrer", territoire="departement:94")
    app.text_input(key="depart").set_value("https://x.fr/carte?centre=48.8,2.4&zoom=12").run()
    assert not any("hors du territoire" in str(one.value) for one in app.warning)
    app.text_input(key="depart").set_value("https://x.fr/carte?centre=44.7,4.4&zoom=9").run()
    assert [one for one in app.warning if "hors du territoire" in str(one.value)]
    assert "centre=44.7,4.4" in code(app)


def test_the_link_to_give_opens_the_app() -> None:
    app = opened("integrer", territoire="departement:94")
    assert "embed=true" in code(app)
    link = str(app.code[1].value)
    assert link.endswith("/territoire?territoire=departement:94")
    assert len(app.header) == 2
    assert any("oEmbed" in str(one.value) for one in app.caption)


def test_nothing_chosen_gives_no_code() -> None:
    assert len(opened("integrer").code) == 0
    app = opened("integrer", montrer="ecosysteme")
    assert len(app.code) == 0


def test_a_server_that_lets_no_site_in_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_FRAME_ANCESTORS", "")
    app = opened("integrer", montrer="carte")
    assert any("aucun autre site" in str(one.value) for one in app.warning)


def test_the_public_address_is_the_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_URL", "https://cartes.maville.fr")
    assert 'src="https://cartes.maville.fr/carte?embed=true"' in code(
        opened("integrer", montrer="carte")
    )
