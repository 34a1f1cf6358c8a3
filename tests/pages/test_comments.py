"""Comments on the page of a record: members read and write them, visitors see no trace."""

import pytest

from geo.directory.store.store import Store
from tests.pages.people import CARD, area, own_store, press, seen_by
from tests.pages.seen import faults, words

__all__ = ["own_store"]
SAID = "Relance prévue en juin"


@pytest.mark.parametrize("page", ["acteurs", "catalyseurs"])
def test_members_talk_under_a_record_and_visitors_see_nothing(store: Store, page: str) -> None:
    app = seen_by("camille", page, fiche=CARD)
    area(app, "Votre commentaire").input(SAID)
    press(app, "Commenter")
    assert faults(app) == []
    assert SAID in words(seen_by("colette", page, fiche=CARD))
    for login in ("", "romain"):
        said = words(seen_by(login, page, fiche=CARD))
        assert SAID not in said
        assert "Commentaires" not in said
    app = seen_by("colette", page, fiche=CARD)
    press(app, "Effacer")
    assert SAID not in words(seen_by("camille", page, fiche=CARD))
    assert len(store.read("comment")) == 0


def test_the_history_does_not_say_what_was_said(store: Store) -> None:
    app = seen_by("camille", "acteurs", fiche=CARD)
    area(app, "Votre commentaire").input(SAID)
    press(app, "Commenter")
    state = str(store.snapshot())
    for login in ("camille", "colette"):
        assert SAID not in words(seen_by(login, "historique", etat=state))
