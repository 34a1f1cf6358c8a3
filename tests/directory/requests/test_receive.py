"""A request from anybody: kept sealed, sent where somebody answers, refused from a robot."""

from time import monotonic
from typing import Any

import pytest

from geo.directory.requests.delivery import deliver
from geo.directory.requests.receive import receive
from geo.directory.requests.states import decrypt_request, queue
from geo.directory.requests.visits import BY_CLIENT, Visit, VisitLimits
from geo.directory.store import history
from geo.directory.store.changes import Changes
from geo.directory.store.encryption import encrypt
from geo.directory.store.store import Store
from geo.errors import AtlasError, BadRecordError, ReadOnlyStoreError
from tests.directory.requests.conftest import SECRETARIAT
from tests.directory.requests.drawn import ASKED, CAMILLE, COLETTE, MAYOR, SECRETS, sent, slow_visit
from tests.smtp import Postman
from tests.store.drawn import PERSON, record

FIRST, SECOND = "agir-ensemble-a-charenton", "le-rameau"


def change(store: Store, actor_id: str, **fields: Any) -> None:
    store.write(
        Changes.one("actor", store.record("actor", actor_id) | fields), author="A", message="m"
    )


def test_it_is_kept_and_its_person_sealed(store: Store) -> None:
    done = sent(store)
    record, person = decrypt_request(store, done.request_id)
    assert (record["state"], record["delivery"]) == ("recue", "a_envoyer")
    assert person["need"] == MAYOR["need"]
    assert person["requester_email"] == MAYOR["email"]
    assert not any(secret in str(record) for secret in SECRETS)
    last = history.entries(store, 1)[0]
    assert (last.author, last.message) == ("visiteur", "Demande de mise en lien reçue")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"need": "   "}, "en une phrase"),
        ({"territory": ("", "")}, "d’où vous écrivez"),
        ({"name": "\n"}, "votre nom"),
        ({"email": "", "phone": ""}, "un courriel ou un téléphone"),
        ({"email": "a@b.fr\nBcc: c@d.fr"}, "nom@domaine.fr"),
        ({"email": "<a@b.fr>"}, "nom@domaine.fr"),
        ({"phone": "12"}, "numéro"),
        ({"consent": False}, "votre accord"),
        ({"practice": "danse"}, "pratique inconnue"),
        ({"chosen_ids": tuple("abcdef")}, "5 catalyseurs"),
    ],
)
def test_what_cannot_be_answered_is_refused_and_nothing_typed_is_repeated(
    store: Store, fields: dict[str, Any], said: str
) -> None:
    before = store.snapshot()
    with pytest.raises(BadRecordError, match=said) as fault:
        sent(store, **fields)
    assert store.snapshot() == before
    assert not any(secret in str(fault.value) for secret in (*SECRETS, "Bcc"))


def test_a_robot_is_refused_by_its_haste_its_trap_and_its_number(store: Store) -> None:
    for visit, said in (
        (Visit("192.0.2.7", monotonic()), "trop vite"),
        (slow_visit(trap="https://"), "champ caché"),
    ):
        with pytest.raises(AtlasError, match=said):
            receive(store, ASKED, visit, limits=VisitLimits())
    limits = VisitLimits()
    for turn in range(BY_CLIENT):
        limits.take("192.0.2.7", f"{turn}@a.fr", now=1.0)
    with pytest.raises(AtlasError, match="5 par heure"):
        limits.take("192.0.2.7", "z@a.fr", now=2.0)
    limits.take("192.0.2.8", "z@a.fr", now=2.0)
    limits.take("192.0.2.7", "z@a.fr", now=3_602.0)


def test_one_mail_address_is_not_flooded_from_many_networks() -> None:
    limits = VisitLimits()
    for turn in range(3):
        limits.take(f"192.0.2.{turn}", "Maire@a.fr", now=1.0)
    with pytest.raises(AtlasError, match="un même courriel"):
        limits.take("192.0.2.9", "maire@a.fr ", now=2.0)
    with pytest.raises(AtlasError, match="un même courriel"):
        limits.take("192.0.2.9", "maire+1@a.fr", now=2.0)  # the same box, by another name
    limits.take("192.0.2.9", "adjoint@a.fr", now=2.0)


def test_it_goes_to_the_catalysts_that_publish_a_mail_and_to_the_secretariat(
    store: Store, postman: Postman
) -> None:
    change(store, FIRST, email="contact@charenton.invalid")
    change(store, SECOND, email="cache@rameau.invalid", withheld=["email"])
    done = sent(store, chosen_ids=(FIRST, SECOND))
    assert (done.delivery, done.written) == ("envoyee", (FIRST,))
    [letter] = postman.to("contact@charenton.invalid")
    body = letter.get_content()
    assert all(text in body for text in MAYOR.values())
    assert letter["Reply-To"] == MAYOR["email"]
    [told] = postman.to(SECRETARIAT)
    assert "Agir Ensemble à Charenton" in told.get_content()
    assert postman.to("cache@rameau.invalid") == []
    [answer] = postman.to(MAYOR["email"])
    assert f"effacer={done.request_id}." in answer.get_content()
    assert MAYOR["need"] not in answer.get_content()
    kept = store.record("request", done.request_id)
    assert (kept["state"], kept["written_ids"]) == ("transmise", [FIRST])


def test_a_contact_is_written_to_only_where_they_let_their_mail_be_published(
    store: Store, postman: Postman
) -> None:
    for contact_id, shown in (("c1", []), ("c2", ["contact_email"])):
        drawn = record("contact", contact_id, actor_id=FIRST, published=shown)
        mail = {"contact_email": f"{contact_id}@charenton.invalid"}
        store.write(
            Changes.one("contact", encrypt(store, drawn, PERSON | mail)), author="A", message="m"
        )
    sent(store, chosen_ids=(FIRST,))
    assert postman.to("c1@charenton.invalid") == []
    assert len(postman.to("c2@charenton.invalid")) == 1


def test_a_fictitious_catalyst_is_never_written_to(store: Store, postman: Postman) -> None:
    change(store, FIRST, email="contact@charenton.invalid", fictive=True)
    sent(store, chosen_ids=(FIRST,))
    assert postman.to("contact@charenton.invalid") == []


def test_a_server_that_is_down_leaves_it_in_the_queue_to_be_sent_again(
    store: Store, postman: Postman, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setenv("CATALYSE_SMTP", "smtp://127.0.0.1:1")
    done = sent(store)
    assert (done.delivery, done.confirmed) == ("echec", False)
    assert store.record("request", done.request_id)["delivery"] == "echec"
    assert "ConnectionRefusedError" in caplog.text
    assert not any(secret in caplog.text for secret in SECRETS)
    monkeypatch.setenv("CATALYSE_SMTP", postman.url)
    assert deliver(store, done.request_id)[0] == "envoyee"
    assert len(postman.to(SECRETARIAT)) == 1


def test_a_mail_refused_is_said_and_no_log_names_anybody(
    store: Store, postman: Postman, caplog: Any
) -> None:
    change(store, FIRST, email="contact@refus.invalid")
    done = sent(store, chosen_ids=(FIRST,), email="zenobie@refus.invalid")
    assert (done.delivery, done.written, done.confirmed) == ("echec", (), False)
    assert len(postman.to(SECRETARIAT)) == 1
    assert "refused" in caplog.text
    assert "@refus" not in caplog.text


@pytest.mark.parametrize(
    "typed", ["accueil@mairie-évreux.invalid", "élan@rameau.invalid", "a\u202eb@rameau.invalid"]
)
def test_an_address_that_no_server_takes_stops_the_mails_of_nobody_else(
    store: Store, postman: Postman, typed: str
) -> None:
    change(store, FIRST, email="contact@charenton.invalid")
    change(store, SECOND, email=typed)
    done = sent(store, chosen_ids=(SECOND, FIRST))
    assert (done.delivery, done.written) == ("envoyee", (FIRST,))
    assert len(postman.to("contact@charenton.invalid")) == 1
    [told] = postman.to(SECRETARIAT)
    assert "Envoyée aussi à\u00a0: Agir Ensemble à Charenton." in told.get_content()


def test_a_line_that_breaks_after_a_mail_leaves_it_noted_as_sent(
    store: Store, postman: Postman
) -> None:
    change(store, FIRST, email="contact@charenton.invalid")
    change(store, SECOND, email="contact@coupe.invalid")
    done = sent(store, chosen_ids=(FIRST, SECOND))
    assert (done.delivery, done.written) == ("echec", (FIRST,))
    assert store.record("request", done.request_id)["written_ids"] == [FIRST]
    assert deliver(store, done.request_id)[1] == ()  # written to once, not again
    assert len(postman.to("contact@charenton.invalid")) == 1


def test_without_a_server_the_mail_to_send_oneself_is_ready(store: Store) -> None:
    done = sent(store)
    link = done.ready.mailto()
    assert link.startswith("mailto:?subject=Demande%20de%20mise%20en%20lien")
    assert "Wyandottes" in link
    assert len(sent(store, need="é" * 400).ready.mailto()) < 2_000


def test_nothing_is_kept_where_the_base_takes_no_write(store: Store) -> None:
    store.read_only = "La base est fermée."
    with pytest.raises(ReadOnlyStoreError):
        sent(store)


def test_the_queue_is_for_the_coordination_alone(store: Store) -> None:
    done = sent(store)
    assert list(queue(store, COLETTE).index) == [done.request_id]
    with pytest.raises(ReadOnlyStoreError, match="coordination"):
        queue(store, CAMILLE)
