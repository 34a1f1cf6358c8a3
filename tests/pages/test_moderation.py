"""Reader, contributor, coordinator: what each sees, and that one door leads to the store."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.access import VISITOR, Person, Role
from geo.directory.store.changes import Changes
from geo.directory.store.history import entries
from geo.directory.store.store import Store
from geo.settings import ROOT
from pages.components import submit
from tests.pages.people import CARD, area, own_store, press, seen_by
from tests.pages.seen import faults, html, table, words

__all__ = ["own_store"]


def propose(description: str = "Une table ouverte.") -> AppTest:
    """Correct the description of one card as the contributor."""
    app = seen_by("camille", "catalyseurs", fiche=CARD)
    area(app, "Description").input(description)
    press(app, "Envoyer la correction")
    return app


def test_a_contributor_proposes_and_nothing_is_written(store: Store) -> None:
    app = propose()
    assert faults(app) == []
    assert store.record("actor", CARD)["description"] == ""
    (proposal,) = store.read("proposal").to_dict("records")
    assert (proposal["author"], proposal["record_id"]) == ("Camille", CARD)
    app = seen_by("camille", "moderation")
    assert "1\u00a0proposition à examiner" in words(app)
    assert not any(one.label == "Accepter" for one in app.button)


def test_a_coordinator_compares_accepts_and_the_record_changes(store: Store) -> None:
    propose()
    app = seen_by("colette", "moderation")
    assert "Une table ouverte." in html(app)
    assert "Modifié" in html(app)
    press(app, "Accepter")
    assert faults(app) == []
    assert "Aucune proposition à examiner" in words(app)
    assert store.record("actor", CARD)["description"] == "Une table ouverte."
    told = entries(store, 2)
    assert [one.author for one in told] == ["Colette", "Camille"]
    assert "Camille" in told[0].message


def test_a_refusal_asks_why_and_its_author_reads_it(store: Store) -> None:
    propose()
    app = press(seen_by("colette", "moderation"), "Refuser")
    assert "motif" in faults(app)[0]
    area(app, "Motif du refus").input("Déjà dit ailleurs.")
    press(app, "Refuser")
    assert store.record("actor", CARD)["description"] == ""
    mine = seen_by("camille", "moderation")
    assert table(mine)["Motif"].tolist() == ["Déjà dit ailleurs."]


def test_a_duplicate_is_filed_under_the_name_it_repeats(store: Store) -> None:
    propose()
    app = seen_by("colette", "moderation")
    area(app, "Fiche déjà présente, par son nom").input("Personne")
    press(app, "Marquer comme doublon")
    assert "de ce nom" in faults(app)[0]
    other = next(one for one in store.read("actor").index if one != CARD)
    area(app, "Fiche déjà présente, par son nom").input(other)
    press(app, "Marquer comme doublon")
    assert store.read("proposal")["decision"].tolist() == ["duplicate"]


def test_a_field_changed_on_both_sides_is_chosen(store: Store) -> None:
    propose("Proposée.")
    record = store.record("actor", CARD) | {"description": "Depuis."}
    store.write(Changes.one("actor", record), author="Colette", message="m")
    app = press(seen_by("colette", "moderation"), "Accepter")
    assert "Choisissez la valeur à garder" in faults(app)[0]
    app.radio[0].set_value("proposed")
    press(app, "Accepter")
    assert store.record("actor", CARD)["description"] == "Proposée."


@pytest.mark.parametrize("login", ["", "romain"])
def test_a_reader_sees_no_form_and_no_proposal(store: Store, login: str) -> None:
    propose("Attente secrète.")
    card = seen_by(login, "catalyseurs", fiche=CARD)
    assert "Corriger cette fiche" not in [one.label for one in card.expander]
    assert "Dernière vérification" in words(card)
    page = seen_by(login, "moderation")
    assert "Consultation seulement" in words(page)
    assert "Attente secrète" not in words(page) + html(page)
    assert len(store.read("proposal")) == 1


def test_what_an_owner_withholds_a_contributor_does_not_read(store: Store) -> None:
    record = store.record("actor", CARD) | {"phone": "0102030405", "withheld": ["phone"]}
    store.write(Changes.one("actor", record), author="Colette", message="m")
    app = seen_by("camille", "catalyseurs", fiche=CARD)
    assert "0102030405" not in words(app)
    area(app, "Description").input("Neuve.")
    press(app, "Envoyer la correction")
    press(seen_by("colette", "moderation"), "Accepter")
    kept = store.record("actor", CARD)
    assert (kept["description"], kept["phone"]) == ("Neuve.", "0102030405")
    assert "0102030405" not in words(seen_by("camille", "moderation"))
    # The history says that a proposal was made, not the whole record that it holds.
    (proposal,) = store.read("proposal").index
    told = html(seen_by("camille", "historique", fiche=f"proposal:{proposal}"))
    assert "à lire page Modération" in told
    assert "0102030405" not in told


def test_a_form_kept_open_gives_no_right_once_the_role_is_gone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = seen_by("colette", "catalyseurs", fiche=CARD)
    area(app, "Description").input("Trop tard.")
    monkeypatch.setenv("CATALYSE_COORDINATORS", "")
    press(app, "Envoyer la correction")
    assert store.record("actor", CARD)["description"] == ""
    assert store.read("proposal").empty


@pytest.mark.parametrize("login", ["", "romain", "camille"])
def test_submit_is_the_only_door_and_it_asks_who(
    store: Store, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    person = {
        "": VISITOR,
        "romain": Person("Romain", Role.READER),
        "camille": Person("Camille", Role.CONTRIBUTOR),
    }[login]
    monkeypatch.setattr(submit, "person", lambda: person)
    record = store.record("actor", CARD) | {"description": "Forcée."}
    received = submit.submit(Changes.one("actor", record), "m")
    dropped = submit.submit(Changes.removal("actor", CARD), "m")
    decided = submit.submit(Changes.one("proposal", {"proposal_id": "x"}), "m")
    assert (received, dropped, decided) == (login == "camille", login == "camille", False)
    assert store.record("actor", CARD)["description"] == ""
    assert len(store.read("proposal")) == (2 if login == "camille" else 0)


def writers(root: Path) -> set[str]:
    """Name the files of pages and domain, the store aside, that write in somebody's name."""
    store = root / "geo" / "directory" / "store"
    return {
        path.relative_to(root).as_posix()
        for folder in ("pages", "geo/directory")
        for path in (root / folder).rglob("*.py")
        if store not in path.parents
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and any(one.arg == "author" for one in node.keywords)
    }


def test_every_door_to_the_store_is_known() -> None:
    # Beside the door: erasing a person or a comment, and handing the base over.
    beside = {"pages/components/erasing.py", "pages/components/full_export.py"}
    beside |= {"geo/directory/comments.py", "pages/sections/demandes/follow_up.py"}
    # A request is anybody's to make and to have forgotten; what became of its mails is noted.
    requests = ("receive", "delivery", "erasure")
    beside |= {f"geo/directory/requests/{name}.py" for name in requests}
    beside |= {"geo/directory/owner.py"}  # an organisation proposes, by its signed link
    assert writers(ROOT) == {"geo/directory/submit.py"} | beside


def test_another_door_is_seen(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.py").write_text("store.write(c, author='x', message='')\n")
    assert writers(tmp_path) == {"pages/a.py"}
