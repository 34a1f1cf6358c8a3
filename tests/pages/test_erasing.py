"""Erasing whoever asks for it: found in the base and its past, by the coordination alone."""

import pytest

from geo.directory.contacts import contact_changes
from geo.directory.store.changes import Changes
from geo.directory.store.encryption import ERASED, decrypt
from geo.directory.store.keys import keyring
from geo.directory.store.store import Store
from tests.pages.people import CARD, area, own_store, press, seen_by
from tests.pages.seen import faults, words
from tests.store.drawn import PERSON, put_person

__all__ = ["own_store"]
FIELD = "Nom ou courriel de la personne"


@pytest.mark.parametrize("typed", ["quandalle zephyrine", PERSON["contact_email"].upper()])
def test_a_contact_deleted_with_its_organisation_is_found_and_erased(
    store: Store, typed: str
) -> None:
    first = put_person(store, actor_id="partie")
    store.write(Changes.removal("contact", "c1"), author="C", message="Suppression")
    app = seen_by("colette", "historique")
    area(app, FIELD).input(typed).run()
    assert PERSON["contact_name"] in words(app)
    assert "contact supprimé, encore dans l’historique" in words(app)
    app.checkbox(key="sure_c1").check().run()
    press(app, "Effacer cette personne")
    assert faults(app) == []
    assert keyring(store).existing(["c1"]) == {}
    past = decrypt(store, store.read("contact", first))
    assert past.loc["c1", "contact_name"] == ERASED
    app = seen_by("colette", "historique")
    area(app, FIELD).input(typed).run()
    assert PERSON["contact_name"] not in words(app)
    assert "Aucun contact de ce nom" in words(app)


def test_a_contact_that_took_the_place_of_another_is_said_to_go_with_it(store: Store) -> None:
    put_person(store, actor_id=CARD)
    held = store.record("contact", "c1")
    person = PERSON | {"contact_name": "Basile Autre", "contact_email": ""}
    consent = {"published": [], "consent_date": "", "consent_basis": ""}
    changes = contact_changes(store, CARD, held["contact_id"], person, consent)
    store.write(changes, author="C", message="Remplacé")
    app = seen_by("colette", "historique")
    area(app, FIELD).input("Quandalle").run()
    assert "Ce contact est aujourd’hui celui de" in words(app)
    assert "Basile Autre" in words(app)


@pytest.mark.parametrize("login", ["camille", "romain", ""])
def test_nobody_else_looks_for_people(store: Store, login: str) -> None:
    put_person(store, actor_id=CARD)
    app = seen_by(login, "historique")
    assert FIELD not in [one.label for one in app.text_input]
