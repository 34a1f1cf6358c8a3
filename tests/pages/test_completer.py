"""« Complétez votre fiche » : from the coordinator's link to the queue, and nowhere else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.store.store import Store
from tests.pages.people import CARD, area, own_store, press, seen_by
from tests.pages.seen import faults, table, words

__all__ = ["own_store"]
END = "Mettre fin aux liens déjà faits"
MAKE = "Faire un lien pour que l’organisation la complète"


def link_made(app: AppTest) -> dict[str, str]:
    press(app, MAKE)
    (address,) = [str(one.value) for one in app.code if "/completer?" in str(one.value)]
    return {name: texts[0] for name, texts in parse_qs(urlsplit(address).query).items()}


def test_a_coordinator_sees_what_is_missing_and_makes_a_link_for_the_organisation(
    store: Store,
) -> None:
    app = seen_by("colette", "acteurs", fiche=CARD)
    assert "Il manque" in words(app)
    link = link_made(app)
    assert link["fiche"] == CARD
    owner = seen_by("", "completer", **link)
    assert faults(owner) == []
    area(owner, "Site").input("https://www.exemple.fr")
    press(owner, "Envoyer")
    assert "Merci" in words(owner)
    assert store.record("actor", CARD)["website"] == ""
    queue = words(seen_by("colette", "moderation"))
    assert "l’organisation" in queue
    assert "https://www.exemple.fr" in queue


@pytest.mark.parametrize("login", ["", "romain", "camille"])
def test_only_the_coordination_sees_how_complete_a_record_is(store: Store, login: str) -> None:
    assert store.record("actor", CARD)
    for page in ("acteurs", "catalyseurs"):
        app = seen_by(login, page, fiche=CARD)
        assert "Il manque" not in words(app)
        assert not {MAKE, END} & {one.label for one in app.button}
    assert "Renseignée à" not in table(seen_by(login, "acteurs")).columns


def test_a_coordinator_ends_the_links_already_made(store: Store) -> None:
    app = seen_by("colette", "acteurs", fiche=CARD)
    link = link_made(app)
    owner = seen_by("", "completer", **link)
    press(app, END)
    assert "n’ouvrent plus rien" in words(app)
    area(owner, "Site").input("https://www.exemple.fr")
    press(owner, "Envoyer")
    assert "ne permet pas" in words(owner)
    assert store.read("proposal").empty
    assert len(seen_by("", "completer", **link).warning) == 1
    assert faults(seen_by("", "completer", **link_made(app))) == []


def test_the_list_of_actors_says_it_to_the_coordination(store: Store) -> None:
    found = table(seen_by("colette", "acteurs"))
    assert len(found) == len(store.read("actor"))
    assert found["Renseignée à"].between(0, 100).all()


@pytest.mark.parametrize(
    "link", [{}, {"fiche": CARD}, {"fiche": CARD, "lien": "1-" + "0" * 64}, {"lien": "x"}]
)
def test_a_link_that_opens_nothing_gets_one_sentence_and_no_form(
    store: Store, link: dict[str, str]
) -> None:
    assert store.record("actor", CARD)
    app = seen_by("", "completer", **link)
    assert faults(app) == []
    assert len(app.warning) == 1
    assert not [one for one in app.button if one.label == "Envoyer"]


def test_a_bad_value_is_said_and_nothing_is_sent(store: Store) -> None:
    link = link_made(seen_by("colette", "acteurs", fiche=CARD))
    owner = seen_by("", "completer", **link)
    area(owner, "Site").input("javascript:alert(1)")
    press(owner, "Envoyer")
    assert "http://" in " ".join(faults(owner)).replace("\\", "")
    assert store.read("proposal").empty
