"""« Mon territoire » : five pages are tabs of one place, which each carries to the next."""

from streamlit.testing.v1 import AppTest

from geo.directory.ecosystems import EXAMPLE_ID
from tests.pages.seen import faults, opened, words

EPT = "ept:200057941"


def tabs(app: AppTest) -> dict[str, str]:
    """Return the query of each tab, by its page."""
    found = {}
    for one in app.get("page_link"):
        if one.proto.label in ("Territoire", "Écosystème", "Acteurs", "Alliances", "Projets"):
            found[one.proto.page] = one.proto.query_string
    return found


def test_a_territory_carries_its_ecosystem_to_the_other_pages() -> None:
    app = opened("territoire", territoire=EPT)
    assert faults(app) == []
    said = tabs(app)
    assert len(said) == 5
    assert "Mon territoire" in words(app)
    assert {text for page, text in said.items() if page != "territoire"} == {
        f"ecosysteme={EXAMPLE_ID}"
    }


def test_an_ecosystem_carries_its_territory_back() -> None:
    for page in ("ecosysteme", "acteurs", "alliances", "projets"):
        app = opened(page, ecosysteme=EXAMPLE_ID)
        assert faults(app) == []
        assert tabs(app)["territoire"].replace("%3A", ":") == f"territoire={EPT}", page


def test_without_a_place_there_are_no_tabs() -> None:
    for page in ("territoire", "ecosysteme", "acteurs"):
        assert "Mon territoire" not in words(opened(page))


def test_actors_of_an_ecosystem_are_those_of_its_exports() -> None:
    app = opened("acteurs", ecosysteme=EXAMPLE_ID)
    table = app.dataframe[0].value
    assert 0 < len(table) < len(opened("acteurs").dataframe[0].value)
    assert not app.code  # a closed field weighs nothing
    app.session_state["export_actors_acteurs_adresse"] = True
    app.run()
    address = next(str(one.value) for one in app.code if "/exports/actors" in str(one.value))
    assert f"ecosysteme={EXAMPLE_ID}" in address
