"""A form and a record name places: no code on screen; a name or a code is taken."""

import pytest

from geo.directory.store.store import Store
from tests.pages.people import CARD, own_store, press, seen_by
from tests.pages.seen import faults, field, html, opened, table, words

__all__ = ["own_store"]
PLACE, SCOPE = "Commune", "Territoire d’intervention"


def test_a_correction_shows_names_and_leaves_what_was_not_touched(store: Store) -> None:
    before = store.record("actor", CARD)
    app = seen_by("colette", "acteurs", fiche=CARD)
    assert field(app, "text_input", PLACE).value == "Charenton-le-Pont (94)"
    assert field(app, "text_input", SCOPE).value == "Paris Est Marne et Bois (EPT)"
    assert field(app, "text_input", "Date de la source").value == "08/09/2022"
    press(app, "Envoyer la correction")
    assert faults(app) == []
    after = store.record("actor", CARD)
    for name in ("commune_code", "scope", "source_date", "longitude"):
        assert after[name] == before[name]


@pytest.mark.parametrize(
    ("typed", "scope"),
    [
        ("Ardèche", "departement:07"),
        ("ile-de-france (région)", "region:11"),
        ("toute la france", "national"),
        ("epci:200054781", "epci:200054781"),
        ("", ""),
    ],
)
def test_a_territory_is_written_as_one_says_it(store: Store, typed: str, scope: str) -> None:
    app = seen_by("colette", "acteurs", fiche=CARD)
    field(app, "text_input", SCOPE).input(typed)
    press(app, "Envoyer la correction")
    assert faults(app) == []
    assert store.record("actor", CARD)["scope"] == scope


@pytest.mark.parametrize(
    ("label", "typed", "said"),
    [(PLACE, "Saint-Denis", "Plusieurs lieux répondent"), (SCOPE, "Zzzyx", "Aucun lieu")],
)
def test_a_place_that_is_unclear_is_asked_for_again(
    store: Store, label: str, typed: str, said: str
) -> None:
    before = store.snapshot()
    app = seen_by("colette", "acteurs", fiche=CARD)
    field(app, "text_input", label).input(typed)
    press(app, "Envoyer la correction")
    assert said in faults(app)[0].replace("\u00a0", " ")
    assert store.snapshot() == before


def test_a_proposal_compares_names_and_its_author_is_told_that_it_waits(store: Store) -> None:
    app = seen_by("camille", "acteurs", fiche=CARD)
    field(app, "text_input", SCOPE).input("Ardèche")
    press(app, "Envoyer la correction")
    assert store.record("actor", CARD)["scope"] == "ept:200057941"
    told = words(seen_by("camille", "acteurs", fiche=CARD)).replace("\u00a0", " ")
    assert "1 proposition attend la coordination pour cette fiche" in told
    assert "proposition attend" not in words(seen_by("", "acteurs", fiche=CARD))
    compared = html(seen_by("colette", "moderation"))
    assert "Ardèche" in compared
    assert "departement:07" not in compared
    assert "ept:" not in compared
    press(seen_by("colette", "moderation"), "Accepter")
    told = html(seen_by("colette", "historique", fiche=f"actor:{CARD}"))
    assert "Ardèche" in told
    assert "Code de la" not in told


@pytest.mark.parametrize("page", ["verifier", "doublons", "moderation", "demandes", "historique"])
def test_a_page_closed_to_a_visitor_says_what_it_is_for(store: Store, page: str) -> None:
    assert store.place
    told = words(seen_by("", page))
    assert "Ici " in told
    assert "/etre_mis_en_lien" in told


def test_a_column_with_nothing_in_it_is_not_shown() -> None:
    titles = table(opened("alliances", vue="tableau")).columns
    assert {"Alliance", "Membres (rôle)", "Source"} <= set(titles)
    assert "Fictive" not in titles
    assert "Statut" not in titles
