"""A record speaks of an organisation first, and in words that a mayor knows."""

import re

import pytest

from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from tests.pages.people import CARD, own_store, seen_by
from tests.pages.seen import faults, html, opened, words

__all__ = ["own_store"]
JARGON = re.compile(r"déduite?\)|Nommé\b|[Pp]ortée déclarée|Preuve publique")
FOLD = "De l’autre côté d’un océan"


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("trouver", {"lieu": "commune:94018", "nombre": "20"}),
        ("catalyseurs", {"fiche": CARD}),
        ("acteurs", {"fiche": CARD}),
        ("territoire", {"territoire": "departement:94"}),
        ("carte", {}),
    ],
)
def test_no_word_of_ours_is_on_screen(page: str, link: dict[str, str]) -> None:
    assert JARGON.findall(words(opened(page, **link))) == []


def test_the_page_of_an_actor_writes_its_date_in_words() -> None:
    said = words(opened("acteurs", fiche=CARD)).replace("\u00a0", " ")
    assert "8 septembre 2022" in said
    assert "2022-09-08" not in said


def test_the_method_says_what_the_words_mean() -> None:
    said = words(opened("methode")).replace("\u00a0", " ")
    for word in ("Cité comme catalyseur par le réseau", "D’après les textes publics"):
        assert word in said
    assert "moins de 2 km" in said


def test_a_record_says_what_for_whom_how_to_reach_it_then_its_evidence(store: Store) -> None:
    more = {
        "summary": "Relie les habitants et les entreprises.",
        "offers": "Un premier rendez-vous gratuit.",
        "activities": ["mise_en_relations"],
        "opening_hours": "le mardi matin",
        "email": "contact@exemple.fr",
    }
    record = store.record("actor", CARD) | more
    store.write(Changes.one("actor", record), author="C", message="m")
    app = seen_by("", "catalyseurs", fiche=CARD)
    assert faults(app) == []
    said = words(app)
    order = [
        said.index(text)
        for text in (
            *("Relie les habitants", "Mise en relations", "Un premier rendez", "Les joindre"),
            *("D’où viennent ces informations", "Cité comme catalyseur"),
        )
    ]
    assert order == sorted(order)
    assert "le mardi matin" in html(app)
    assert "contact@exemple.fr" in html(app)


def test_results_across_an_ocean_fold_away_and_are_still_counted() -> None:
    app = opened("trouver", lieu="commune:97411")
    (fold,) = [one for one in app.expander if FOLD in one.label]
    inside = "\n".join(str(one.value) for one in fold.get("html"))
    folded = inside.count('<li class="fiche"')
    assert fold.label.replace("\u00a0", " ").endswith(f"({folded})")
    assert html(app).count('<span class="rang"') == 10
    assert "Ils comptent" in words(app)
    assert not [
        one for one in opened("trouver", lieu="commune:94018").expander if FOLD in one.label
    ]
