"""The queue of requests, as the coordination leads each to its end and nobody else reads it."""

from datetime import timedelta

import pytest

from geo.directory.requests.states import today
from geo.directory.store.changes import Changes
from geo.directory.store.store import Store
from tests.directory.requests.drawn import MAYOR, SECRETS, sent
from tests.pages.people import CARD, area, own_store, pages_linked, press, seen_by
from tests.pages.seen import faults, field, html, texts, words
from tests.smtp import mail_server

__all__ = ["own_store"]


@pytest.mark.parametrize("login", ["", "camille", "romain"])
def test_nobody_but_the_coordination_reads_the_queue(store: Store, login: str) -> None:
    done = sent(store)
    for page, link in (
        ("demandes", {}),
        ("historique", {"fiche": f"request:{done.request_id}"}),
        ("historique", {"etat": str(store.snapshot())}),
        ("territoire", {"territoire": "departement:94"}),
    ):
        app = seen_by(login, page, **link)
        told = "\n".join([*texts(app), html(app), str([one.options for one in app.selectbox])])
        assert not any(secret in told for secret in SECRETS), page
    assert "dialogue_territorial" not in html(
        seen_by(login, "historique", etat=str(store.snapshot()))
    )
    assert "coordination" in words(seen_by("camille", "demandes"))


def test_the_coordination_follows_one_to_its_end(store: Store) -> None:
    done = sent(store, chosen_ids=(CARD,))
    app = seen_by("colette", "demandes")
    assert faults(app) == []
    assert MAYOR["need"] in html(app)
    assert MAYOR["email"] in html(app)
    for verb in (
        "Marquer transmise, sans courriel",
        "Marquer répondue",
        "Marquer la rencontre faite",
    ):
        press(app, verb)
        assert faults(app) == []
    press(app, "Clore")
    assert "s’achève" in faults(app)[0].replace("\\", "")
    app.get("button_group")[-1].set_value("aboutie").run()
    press(app, "Clore")
    kept = store.record("request", done.request_id)
    assert (kept["state"], kept["outcome"]) == ("close", "aboutie")
    area(app, "Notes de la coordination").set_value("Rappeler Quatrefages")
    press(app, "Garder les notes")
    assert area(app, "Notes de la coordination").value == "Rappeler Quatrefages"
    told = html(seen_by("colette", "historique", fiche=f"request:{done.request_id}"))
    assert "Transmise" in told
    assert not any(secret in told for secret in SECRETS)


def test_one_that_waits_too_long_is_said_and_is_a_gap_of_its_territory(store: Store) -> None:
    done = sent(store)
    old = (today() - timedelta(days=20)).isoformat()
    record = store.record("request", done.request_id) | {"created_at": f"{old}T08:00:00Z"}
    store.write(Changes.one("request", record), author="A", message="m")
    app = seen_by("colette", "demandes")
    assert any("depuis plus de 15 jours" in one.value for one in app.warning)
    gap = seen_by("colette", "territoire", territoire="departement:94")
    assert any("sans réponse ici" in one.value for one in gap.warning)
    assert "sans réponse ici" not in words(
        seen_by("camille", "territoire", territoire="departement:94")
    )


def test_the_coordination_sends_again_and_reminds_by_the_server(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = store.record("actor", CARD) | {"email": "contact@charenton.invalid"}
    store.write(Changes.one("actor", card), author="A", message="m")
    done = sent(store, chosen_ids=(CARD,))
    with mail_server() as postman:
        monkeypatch.setenv("CATALYSE_SMTP", postman.url)
        monkeypatch.setenv("CATALYSE_SECRETARIAT", "secretariat@reseau.invalid")
        press(seen_by("colette", "demandes"), "Envoyer les courriels")
        kept = store.record("request", done.request_id)
        assert (kept["state"], kept["delivery"]) == ("transmise", "envoyee")
        old = (today() - timedelta(days=20)).isoformat()
        late = kept | {"passed_on_at": f"{old}T08:00:00Z"}
        store.write(Changes.one("request", late), author="A", message="m")
        app = press(seen_by("colette", "demandes"), "Relancer par courriel")
        assert faults(app) == []
        first, second = postman.to("contact@charenton.invalid")
        assert second["Subject"].startswith("Relance")
        assert first["Reply-To"] == second["Reply-To"] == MAYOR["email"]
    assert store.record("request", done.request_id)["reminded_at"]


def test_the_coordination_passes_one_on_to_whom_no_mail_is_published(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = sent(store, chosen_ids=(CARD,))
    app = seen_by("colette", "demandes")
    assert field(app, "selectbox", "À qui").value == CARD
    with mail_server() as postman:
        monkeypatch.setenv("CATALYSE_SMTP", postman.url)
        monkeypatch.setenv("CATALYSE_SECRETARIAT", "secretariat@reseau.invalid")
        app = seen_by("colette", "demandes")
        assert "Écrivez le courriel" in faults(press(app, "Transmettre par courriel"))[0]
        area(app, "Courriel du destinataire").set_value("zelie@charenton.invalid")
        assert faults(press(app, "Transmettre par courriel")) == []
        assert len(postman.to("zelie@charenton.invalid")) == 1
    kept = store.record("request", done.request_id)
    assert (kept["state"], kept["written_ids"]) == ("transmise", [CARD])
    told = html(seen_by("colette", "historique", fiche=f"request:{done.request_id}"))
    assert "zelie" not in told


def test_without_a_server_the_mail_is_ready_and_what_was_sent_is_noted(store: Store) -> None:
    done = sent(store, chosen_ids=(CARD,))
    app = seen_by("colette", "demandes")
    area(app, "Courriel du destinataire").set_value("zelie@charenton.invalid").run()
    ready = [one.proto.url for one in app.get("link_button")]
    assert any(one.startswith("mailto:zelie@charenton.invalid?") for one in ready)
    assert store.record("request", done.request_id)["state"] == "recue"
    press(app, "2. C’est envoyé, le noter")
    assert faults(app) == []
    assert store.record("request", done.request_id)["written_ids"] == [CARD]


def test_the_coordination_is_told_on_every_page_of_those_that_wait(store: Store) -> None:
    said = "1\u00a0demande de mise en lien attend"
    assert said not in pages_linked(seen_by("colette", "trouver"))
    done = sent(store)
    assert said in pages_linked(seen_by("colette", "trouver"))
    for login in ("camille", "romain", ""):
        assert said not in pages_linked(seen_by(login, "trouver"))
    record = store.record("request", done.request_id) | {"state": "repondue"}
    store.write(Changes.one("request", record), author="A", message="m")
    assert said not in pages_linked(seen_by("colette", "trouver"))


def test_the_map_draws_what_nobody_answered_for_the_coordination_alone(store: Store) -> None:
    done = sent(store)
    record = store.record("request", done.request_id) | {"state": "close", "outcome": "personne"}
    store.write(Changes.one("request", record), author="A", message="m")
    assert "1\u00a0demande sans réponse" in words(seen_by("colette", "carte"))
    assert "demande sans réponse" not in words(seen_by("camille", "carte"))


def test_erasing_from_the_queue_forgets(store: Store) -> None:
    sent(store)
    app = seen_by("colette", "demandes")
    press(app, "Effacer définitivement")
    assert faults(app) == []
    assert store.read("request").empty
