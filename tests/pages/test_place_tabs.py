"""« Mon territoire » : five pages are tabs of one place, which each carries to the next."""

from streamlit.testing.v1 import AppTest

from geo.directory.ecosystems import EXAMPLE_ID
from geo.directory.schema import ECOSYSTEM
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from tests.pages.people import area, own_store, press
from tests.pages.seen import faults, opened, table, words

__all__ = ["own_store"]
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
    assert 0 < len(table(app)) < len(table(opened("acteurs")))
    assert not app.code  # a closed field weighs nothing
    app.session_state["export_actors_acteurs_adresse"] = True
    app.run()
    address = next(str(one.value) for one in app.code if "/exports/actors" in str(one.value))
    assert f"ecosysteme={EXAMPLE_ID}" in address


def test_an_ecosystem_without_a_territory_is_kept_on_every_page(store: Store) -> None:
    drawn = ECOSYSTEM.blank() | {
        "ecosystem_id": "canton",
        "ecosystem_name": "Notre canton",
        "commune_codes": ["94018", "94080"],
        "status": "publiee",
    }
    store.write(Changes.one("ecosystem", drawn), author="A", message="m")
    app = opened("ecosysteme", ecosysteme="canton")
    for page in ("projets", "territoire", "acteurs"):
        app.query_params.clear()
        app.switch_page(f"{page}.py").run()
        assert faults(app) == []
        assert "Mon territoire\u00a0: Notre canton" in words(app), page
        assert set(tabs(app)) == {"ecosysteme", "acteurs", "alliances", "projets"}
        assert set(tabs(app).values()) == {"ecosysteme=canton"}


def test_a_territory_without_an_ecosystem_says_so_and_begins_it(empty: Store) -> None:
    app = opened("territoire", territoire="epci:200070761")
    for page in ("acteurs", "alliances", "projets"):
        app.query_params.clear()
        app.switch_page(f"{page}.py").run()
        assert "n’a pas encore d’écosystème ici" in words(app), page
    press(app, "Créer l’écosystème de la CC Ambert Livradois Forez")
    app.switch_page("ecosysteme.py").run()  # where the button led: AppTest forgets it
    assert faults(app) == []
    assert area(app, "Nom de l’écosystème").value == "CC Ambert Livradois Forez"
    press(app, "Enregistrer l’écosystème")
    assert faults(app) == []
    [made] = empty.read("ecosystem").to_dict("records")
    assert (made["territory_kind"], made["territory_code"]) == ("epci", "200070761")
    assert "n’a pas encore" not in words(app)


def test_who_only_reads_is_told_and_offered_nothing(store: Store) -> None:
    assert store
    app = opened("territoire", territoire="epci:200070761")
    app.query_params.clear()
    app.switch_page("acteurs.py").run()
    assert "n’a pas encore d’écosystème ici" in words(app)
    assert not [one for one in app.button if one.label.startswith("Créer l’écosystème")]
