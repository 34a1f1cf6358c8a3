"""Asking to be put in touch, and what the coordination makes of it, page by page."""

import re
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.ecosystems import EXAMPLE_ID
from geo.directory.requests import visits
from geo.directory.schema import PROJECT
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from tests.directory.requests.drawn import MAYOR, sent
from tests.pages.people import CARD, area, own_store, pages_linked, press, seen_by
from tests.pages.seen import faults, html, words

__all__ = ["own_store"]
HERE = {"lieu": "commune:94018"}
CONSENT = "J’accepte"


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test write as fast as it can, by limits that nobody has used."""
    monkeypatch.setattr(visits, "SHORTEST_S", 0)
    monkeypatch.setattr("geo.directory.requests.receive.receive.__kwdefaults__", _own_limits())


def _own_limits() -> dict[str, Any]:
    return {"erasing": lambda _: "", "limits": visits.VisitLimits()}


def fill(app: AppTest, **more: str) -> AppTest:
    told = {
        "Votre besoin, en une phrase": MAYOR["need"],
        "Votre nom": MAYOR["name"],
        "Courriel": MAYOR["email"],
        "Organisation (facultatif)": MAYOR["organisation"],
        "Ou téléphone": MAYOR["phone"],
    }
    for label, text in (told | more).items():
        area(app, label).set_value(text)
    next(one for one in app.checkbox if one.label.startswith(CONSENT)).check()
    return press(app, "Envoyer ma demande")


def only_request(store: Store) -> dict[str, Any]:
    [row] = store.read("request").to_dict("records")
    return row


def test_a_visitor_sends_one_by_a_link_that_knows_the_place_and_the_practice(store: Store) -> None:
    app = seen_by("", "etre_mis_en_lien", **HERE, pratique="accompagnements", odd="11", etape="02")
    assert faults(app) == []
    fill(app)
    assert faults(app) == []
    row = only_request(store)
    assert (row["practice"], row["odd"], row["step"]) == ("accompagnements", "11", "02")
    assert (row["territory_kind"], row["territory_code"]) == ("commune", "94018")
    assert len(row["chosen_ids"]) == 3
    said = words(app)
    assert row["request_id"][-6:] in said
    assert "ne connaît pas l’adresse du secrétariat" in said
    assert "plateformecapitalisation.org" in html(app)
    assert "effacer=" in app.code[0].value


def test_the_catalyst_of_a_card_comes_first(store: Store) -> None:
    assert store
    app = seen_by("", "etre_mis_en_lien", **HERE, fiche="le-rameau")
    first = next(one for one in app.checkbox if not one.label.startswith(CONSENT))
    assert first.label.startswith("Le RAMEAU")


def local_actor(store: Store, **fields: Any) -> str:
    """Add an actor that is no catalyst: nothing says its practice, nor that it is one."""
    blank = {"practices": [], "evidence": "", "activities": [], "revision": 0}
    made = store.record("actor", CARD) | blank | {"actor_id": "poste", "actor_name": "La Poste"}
    store.write(Changes.one("actor", made | fields), author="A", message="m")
    return "poste"


def test_who_comes_from_a_card_without_a_place_reads_to_whom_the_request_goes(store: Store) -> None:
    assert store
    said = {one: words(seen_by("", "etre_mis_en_lien", fiche=one)) for one in ("le-rameau", "x")}
    assert "ira d’abord à «\u00a0Le RAMEAU\u00a0»" in said["le-rameau"]
    assert "ira d’abord" not in said["x"]
    assert all("votre commune suffit" in one for one in said.values())


def test_the_actor_of_a_page_comes_first_though_it_is_no_catalyst(store: Store) -> None:
    actor = local_actor(store)
    shown = seen_by("", "acteurs", fiche=actor)
    [link] = [one for one in shown.get("page_link") if one.proto.page == "etre_mis_en_lien"]
    assert parse_qs(link.proto.query_string)["fiche"] == [actor]
    app = seen_by("", "etre_mis_en_lien", **HERE, fiche=actor)
    first = next(one for one in app.checkbox if not one.label.startswith(CONSENT))
    assert first.label.startswith("La Poste")
    fill(app)
    assert faults(app) == []
    assert only_request(store)["chosen_ids"][0] == actor
    said = "1\u00a0demande de mise en lien\u00a0: reçue 1"
    assert said in pages_linked(seen_by("colette", "acteurs", fiche=actor))
    assert said not in pages_linked(seen_by("camille", "acteurs", fiche=actor))


@pytest.mark.parametrize("fields", [{"fictive": True}, {"status": "brouillon"}])
def test_a_made_up_or_unpublished_actor_is_asked_nothing(
    store: Store, fields: dict[str, Any]
) -> None:
    actor = local_actor(store, **fields)
    app = seen_by("", "etre_mis_en_lien", **HERE, fiche=actor)
    assert faults(app) == []
    assert not [one for one in app.checkbox if "Poste" in one.label]


def test_what_is_missing_is_said_and_nothing_is_kept(store: Store) -> None:
    app = seen_by("", "etre_mis_en_lien", **HERE)
    fill(app, **{"Courriel": "", "Ou téléphone": ""})
    assert "un courriel ou un téléphone" in faults(app)[0]
    assert area(app, "Votre nom").value == MAYOR["name"]
    fill(app, **{"Laissez ce champ vide": "https://"})
    assert "champ caché" in faults(app)[0]
    assert store.read("request").empty


def test_who_sends_at_once_is_asked_to_read_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visits, "SHORTEST_S", 3_600)
    app = fill(seen_by("", "etre_mis_en_lien", **HERE))
    assert "trop vite" in faults(app)[0]
    assert store.read("request").empty


def test_the_link_of_the_confirmation_asks_then_erases(store: Store) -> None:
    done = sent(store)
    app = seen_by("", "etre_mis_en_lien", effacer=done.erasure)
    assert len(store.read("request")) == 1
    press(app, "Effacer ma demande")
    assert "sont effacées" in words(app)
    assert store.read("request").empty
    again = seen_by("", "etre_mis_en_lien", effacer=done.erasure)
    assert "n’efface aucune demande" in faults(again)[0]


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("trouver", {"lieu": "commune:94018"}),
        ("trouver", {"lieu": "commune:94018", "rayon": "10", "pratique": "gestion_lieu"}),
        ("territoire", {"territoire": "departement:94"}),
        ("catalyseurs", {"fiche": CARD}),
        ("ecosysteme", {"ecosysteme": "exemple-paris-est-marne-bois"}),
        ("acteurs", {"fiche": "agir-ensemble-a-charenton"}),
    ],
)
def test_it_is_asked_for_from_wherever_the_need_shows(
    store: Store, page: str, link: dict[str, str]
) -> None:
    assert store
    app = seen_by("", page, **link)
    assert faults(app) == []
    links = [one.proto.page for one in app.get("page_link")]
    told = html(app)
    assert "etre_mis_en_lien" in links
    if page in {"trouver", "territoire"} and "rayon" not in link:
        assert re.search(r'href="/etre_mis_en_lien\?lieu=\w+%3A\w+&(amp;)?fiche=', told)


def test_a_project_asks_with_its_step_its_practice_and_its_goal(store: Store) -> None:
    project = PROJECT.blank() | {
        "project_id": "halle",
        "project_name": "Rouvrir la halle",
        "step": "02",
        "practices": ["gestion_lieu"],
        "odd": ["11"],
        "ecosystem_id": EXAMPLE_ID,
        "status": "publiee",
    }
    store.write(Changes.one("project", project), author="A", message="m")
    app = seen_by("", "projets", projet="halle")
    assert faults(app) == []
    [link] = [one for one in app.get("page_link") if one.proto.page == "etre_mis_en_lien"]
    known = {name: one for name, [one] in parse_qs(link.proto.query_string).items()}
    assert known == {
        "lieu": "ept:200057941",
        "pratique": "gestion_lieu",
        "etape": "02",
        "odd": "11",
    }
    app = fill(seen_by("", "etre_mis_en_lien", **known))
    assert faults(app) == []
    assert (only_request(store)["step"], only_request(store)["odd"]) == ("02", "11")
