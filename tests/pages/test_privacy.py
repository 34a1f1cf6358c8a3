"""What is not published stays with those who may read it, wherever it could be met."""

import json
from typing import Any

import pytest

from geo.directory.contribution import HIDDEN, as_seen, dry_run
from geo.directory.importing.limits import Limits
from geo.directory.importing.propose_mapping import propose
from geo.directory.importing.read import read_table
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from geo.output import webfiles
from geo.output.maps import map_records
from geo.vocabulary import items
from pages.components.page_frame import open_directory
from pages.components.store_view import StoreView, actor_records
from tests.pages.people import CARD, own_store, press, seen_by
from tests.pages.seen import faults, html, texts, words

__all__ = ["own_store"]

MAIL = "secret@exemple.org"
DRAFT = "brouillon-a-taire"


def put(store: Store, kind: str, **values: Any) -> None:
    known = KINDS[kind]
    held = store.read(kind)
    name = values[known.id]
    base = store.record(kind, name) if name in held.index else known.blank()
    store.write(Changes.one(kind, base | values), author="Colette", message="m")


def withheld(store: Store, **more: Any) -> None:
    put(store, "actor", actor_id=CARD, email=MAIL, withheld=["email", "address"], **more)


def draft_actor(store: Store, status: str = "brouillon") -> None:
    put(
        store, "actor", actor_id=DRAFT, actor_name="Brouillon à taire", status=status,
        longitude=2.4, latitude=48.8, email=MAIL, withheld=["email"], location_precision="adresse",
    )  # fmt: skip


# --- records that are not published --------------------------------------------------------


def drafts(store: Store) -> None:
    members = [CARD, DRAFT]
    draft_actor(store)
    put(store, "alliance", alliance_id="al-1", alliance_name="Alliance cachée", member_ids=members,
        member_roles=["", "porteur caché"], status="brouillon")  # fmt: skip
    put(store, "alliance", alliance_id="al-2", alliance_name="Alliance vue", member_ids=members,
        member_roles=["", "porteur caché"], status="publiee")  # fmt: skip
    put(store, "project", project_id="pr-1", project_name="Projet caché", step="01",
        actor_ids=members, status="brouillon")  # fmt: skip
    put(store, "project", project_id="pr-2", project_name="Projet vu", step="01",
        actor_ids=members, alliance_ids=["al-1"], status="publiee")  # fmt: skip
    put(store, "ecosystem", ecosystem_id="ec-1", ecosystem_name="Écosystème caché",
        territory_kind="commune", territory_code="94018", status="brouillon")  # fmt: skip


LINKS = (
    ("alliances", {"alliance": "al-1"}),
    ("alliances", {"alliance": "al-2", "vue": "tableau"}),
    ("projets", {"projet": "pr-1"}),
    ("projets", {"projet": "pr-2"}),
    ("ecosysteme", {"ecosysteme": "ec-1"}),
    ("acteurs", {"fiche": DRAFT}),
)


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_a_reader_meets_no_draft_even_by_its_link(
    store: Store, page: str, link: dict[str, str]
) -> None:
    drafts(store)
    app = seen_by("", page, **link)
    assert faults(app) == []
    told = " ".join([*texts(app), html(app)])
    told += " ".join(str(one.options) for one in app.selectbox)
    asked = set(link.values())
    for secret in ("caché", "à taire", *({"al-1", "pr-1", "ec-1", DRAFT} - asked)):
        assert secret not in told


def test_what_another_record_names_is_hidden_from_readers_only(store: Store) -> None:
    drafts(store)
    reader, team = StoreView(store, drafts=False).seen, StoreView(store, drafts=True).seen
    seen = reader["alliance"].loc["al-2"]
    assert (seen["member_ids"], seen["member_roles"]) == ([CARD], [""])
    assert reader["project"].loc["pr-2", "actor_ids"] == [CARD]
    assert reader["project"].loc["pr-2", "alliance_ids"] == []
    assert team["alliance"].loc["al-2", "member_ids"] == [CARD, DRAFT]
    assert store.read("alliance").loc["al-2", "member_ids"] == [CARD, DRAFT]


def test_a_draft_hides_what_its_owner_withholds(store: Store) -> None:
    draft_actor(store)
    assert StoreView(store, drafts=True).seen["actor"].loc[DRAFT, "email"] == ""


def test_saving_a_form_keeps_members_that_were_archived(store: Store) -> None:
    draft_actor(store, "archivee")
    third = next(one for one in store.read("actor").index if one not in {CARD, DRAFT})
    put(store, "alliance", alliance_id="al-1", alliance_name="Alliance", status="publiee",
        partnership_kind=items("any_partnership")[0].id,
        member_ids=[CARD, third, DRAFT], member_roles=["", "", "appui"])  # fmt: skip
    app = seen_by("colette", "alliances", alliance="al-1")
    press(app, "Modifier")
    press(app, "Enregistrer l’alliance")
    assert faults(app) == []
    kept = store.record("alliance", "al-1")
    assert (kept["member_ids"], kept["member_roles"]) == ([CARD, third, DRAFT], ["", "", "appui"])


# --- fields withheld, read by who contributes ------------------------------------------------


def test_an_import_tried_says_no_withheld_value_to_a_contributor(store: Store) -> None:
    withheld(store)
    name = store.record("actor", CARD)["actor_name"]
    content = f"actor_id,Nom,Courriel\n{CARD},{name},contact@exemple.org\n".encode()
    table = read_table(content, "a.csv", limits=Limits())
    made = dry_run(store, table, propose(table))
    (real,) = made.plan.changed
    (told,) = as_seen(made).plan.changed
    assert [one.old for one in real.fields if one.field == "email"] == [MAIL]
    assert [one.old for one in told.fields if one.field == "email"] == [HIDDEN]
    assert MAIL not in str(as_seen(made).plan)


def test_a_place_to_check_shows_no_withheld_address_to_a_contributor(store: Store) -> None:
    withheld(store, address="1 rue du Secret", location_check="À vérifier.")
    assert "rue du Secret" in words(seen_by("colette", "verifier"))
    app = seen_by("camille", "verifier")
    assert "À vérifier." in words(app)
    assert "rue du Secret" not in words(app)


def test_a_point_withheld_is_not_shown_to_be_checked(store: Store) -> None:
    put(store, "actor", actor_id=CARD, withheld=["longitude", "latitude"], location_check="Loin.")
    assert "Loin." in words(seen_by("colette", "verifier"))
    assert "Loin." not in words(seen_by("camille", "verifier"))


def test_the_history_of_a_record_gone_shows_no_withheld_value(store: Store) -> None:
    withheld(store)
    store.write(Changes.removal("actor", CARD), author="Colette", message="m")
    link = {"fiche": f"actor:{CARD}"}
    assert MAIL in html(seen_by("colette", "historique", **link))
    assert MAIL not in html(seen_by("camille", "historique", **link))


def test_half_a_point_withheld_is_none_in_the_history(store: Store) -> None:
    put(store, "actor", actor_id=CARD, longitude=2.31, latitude=48.81234)
    put(store, "actor", actor_id=CARD, withheld=["longitude"])
    link = {"fiche": f"actor:{CARD}"}
    assert "81234" in html(seen_by("colette", "historique", **link))
    assert "81234" not in html(seen_by("camille", "historique", **link))


def test_the_history_of_a_contact_is_not_for_contributors(store: Store) -> None:
    put(store, "contact", contact_id="c-1", actor_id=CARD, consent_basis="Courriel de Maud Tell")
    link = {"fiche": "contact:c-1"}
    assert "Maud Tell" in html(seen_by("colette", "historique", **link))
    assert "Maud Tell" not in html(seen_by("camille", "historique", **link))


@pytest.mark.parametrize("name", ["etat", "avant"])
def test_a_number_that_no_state_has_stops_nothing(store: Store, name: str) -> None:
    assert store
    app = seen_by("camille", "historique")
    for number in ("0", "²", "-1", "9" * 21, "9" * 5_000, "x"):
        app.query_params = {name: number}
        assert faults(app.run()) == []


# --- files at public addresses ---------------------------------------------------------------


def marks(desk: StoreView) -> str:
    return actor_records(desk, desk.seen["actor"])


def at(address: str) -> str:
    found = webfiles.published(address.rpartition("/")[2].removesuffix(".json"))
    return found.content.decode() if found else ""


def test_what_is_withdrawn_leaves_the_address_it_was_published_at(store: Store) -> None:
    put(store, "actor", actor_id=CARD, website="https://a.example", longitude=2.4, latitude=48.8)
    actors, catalysts = marks(StoreView(store, drafts=False)), map_records(open_directory())
    put(store, "project", project_id="p", project_name="Sans effet sur la carte", step="01")
    for address in (actors, catalysts):
        assert "https://a.example" in at(address)
    put(store, "actor", actor_id=CARD, withheld=["website"])
    for address in (actors, catalysts):
        assert at(address) == ""
    again = marks(StoreView(store, drafts=False)), map_records(open_directory())
    for address in again:
        assert json.loads(at(address))["records"]
        assert "https://a.example" not in at(address)


def test_drafts_leave_their_address_once_they_change(store: Store) -> None:
    draft_actor(store)
    address = marks(StoreView(store, drafts=True))
    assert DRAFT in at(address)
    assert DRAFT not in at(marks(StoreView(store, drafts=False)))
    draft_actor(store, "archivee")
    assert at(address) == ""


# --- what is confirmed is what was verified --------------------------------------------------


def test_a_corrected_file_of_the_same_shape_is_verified_anew(store: Store) -> None:
    assert store
    app = seen_by("colette", "contribuer")
    app.file_uploader[0].upload("a.csv", b"Nom,Ville\nAlpha Un,Paris\n").run()
    press(app, "Vérifier le fichier")
    assert any(one.label.startswith("Écrire dans la base") for one in app.button)
    app.file_uploader[0].upload("a.csv", b"Nom,Ville\nBeta Deux,Paris\n").run()
    assert faults(app) == []
    assert not any(one.label.startswith("Écrire dans la base") for one in app.button)
