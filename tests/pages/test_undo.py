"""« Annuler » : after a write, on the page it was made on; and on each row of the history."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from tests.pages.people import CARD, area, own_store, press, seen_by
from tests.pages.seen import faults, html, words

__all__ = ["own_store"]


def corrected(login: str) -> AppTest:
    app = seen_by(login, "acteurs", fiche=CARD)
    area(app, "Site").input("https://www.exemple.fr")
    return press(app, "Envoyer la correction")


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def test_a_write_is_undone_from_the_bar(store: Store) -> None:
    app = corrected("colette")
    assert store.record("actor", CARD)["website"] == "https://www.exemple.fr"
    assert "Enregistré" in words(app)
    press(app, "Annuler")
    assert faults(app) == []
    assert store.record("actor", CARD)["website"] == ""
    assert "Annuler" not in labels(app)
    assert "Annulation" in words(seen_by("colette", "historique"))


def test_the_bar_goes_with_the_page_and_when_it_is_closed(store: Store) -> None:
    app = corrected("colette")
    press(app, "Fermer")
    assert "Annuler" not in labels(app)
    app = corrected("colette") if store.record("actor", CARD)["website"] == "" else app
    app.switch_page("methode.py").run()
    assert "Annuler" not in labels(app)


def test_what_cannot_be_undone_any_more_says_so(store: Store) -> None:
    app = corrected("colette")
    other = store.record("actor", CARD) | {"note": "changée depuis"}
    store.write(Changes.one("actor", other), author="C", message="m")
    press(app, "Annuler")
    assert "ne peut être défait" in " ".join(faults(app))
    assert store.record("actor", CARD)["website"] == "https://www.exemple.fr"


def test_who_only_proposes_is_offered_nothing_to_undo(store: Store) -> None:
    assert "Annuler" not in labels(corrected("camille"))
    assert len(store.read("proposal")) == 1


def row_button(app: AppTest, snapshot: int) -> Button | None:
    keyed = f"annuler_etat_{snapshot}"
    return next((one for one in app.button if one.key == keyed), None)


def test_each_row_of_the_history_is_undone_by_one_press(store: Store) -> None:
    corrected("colette")
    last = store.snapshot()
    app = seen_by("colette", "historique")
    assert f'href="/historique?etat={last}"' in html(app)
    row_button(app, last).click().run()
    assert faults(app) == []
    assert store.record("actor", CARD)["website"] == ""
    assert store.snapshot() == last + 1
    assert "Annulation" in html(app)
    press(app, "Annuler")  # of the bar: what was undone is done again
    assert store.record("actor", CARD)["website"] == "https://www.exemple.fr"


def test_what_would_be_public_again_is_said_before_it_is(store: Store) -> None:
    card = store.record("actor", CARD)
    store.write(
        Changes.one("actor", card | {"withheld": ["website"]}), author="P", message="Retrait"
    )
    last = store.snapshot()
    app = seen_by("colette", "historique")
    row_button(app, last).click().run()
    assert "publie de nouveau" in words(app)
    assert card["actor_name"] in words(app)
    assert store.record("actor", CARD)["withheld"] == ["website"], "not before it is confirmed"
    press(app, "Publier de nouveau")
    assert store.record("actor", CARD)["withheld"] == []
    app = seen_by("colette", "historique", etat=str(last))
    assert "publie de nouveau" in words(app)
    assert 'data-titre="Après">Site</td>' in html(app)


def test_a_row_changed_since_says_why_it_stays(store: Store) -> None:
    corrected("colette")
    first = store.snapshot()
    other = store.record("actor", CARD) | {"note": "changée depuis"}
    store.write(Changes.one("actor", other), author="C", message="m")
    app = seen_by("colette", "historique")
    row_button(app, first).click().run()
    assert "ne peut être défait" in " ".join(faults(app))
    assert store.record("actor", CARD)["website"] == "https://www.exemple.fr"


def test_a_row_that_wrote_much_asks_first(store: Store) -> None:
    app = seen_by("colette", "historique")
    first = store.snapshot()  # the creation: every shipped record
    assert row_button(app, first).label == "Confirmer l’annulation"


@pytest.mark.parametrize("login", ["camille", "romain", ""])
def test_nobody_else_undoes_a_row(store: Store, login: str) -> None:
    corrected("colette")
    assert row_button(seen_by(login, "historique"), store.snapshot()) is None
