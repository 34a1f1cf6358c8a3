"""Who is at the screen: the user of a machine used alone, somebody signed in, or a visitor."""

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.access import VISITOR, Person
from geo.directory.local_access import Entrance, cookie_name
from geo.directory.store.history import entries
from geo.directory.store.store import Store
from geo.settings import ROOT
from pages.components import session_user
from tests.pages.people import AUTH, CARD, PEOPLE, area, own_store, press, seen_by
from tests.pages.seen import PATIENCE_S, faults, opened, words

__all__ = ["own_store"]


@pytest.mark.usefixtures("at_the_machine")
def test_alone_on_the_machine_nobody_signs_in(store: Store) -> None:
    app = opened("catalyseurs", fiche=CARD)
    area(app, "Description").input("Écrite.")
    press(app, "Envoyer la correction")
    assert faults(app) == []
    assert store.record("actor", CARD)["description"] == "Écrite."
    assert "Se connecter" not in words(app)
    assert entries(store, 1)[0].author == "utilisateur local"


def test_the_user_of_the_machine_may_do_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    assert local_person(monkeypatch).may_write


@pytest.mark.parametrize(
    "origin", ["https://127.0.0.1:8502", "http://localhost:8501", "null", "http://[::1", ""]
)
def test_what_another_page_of_the_same_browser_asks_gives_no_right(
    monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    asked = {"Host": "127.0.0.1:8501", "Origin": origin}
    assert local_person(monkeypatch, asked) == VISITOR
    assert local_person(monkeypatch, asked | {"Origin": "http://127.0.0.1:8501"}).may_write


@pytest.mark.parametrize("address", ["0.0.0.0", "", "192.0.2.1", None])  # noqa: S104 - never bound
def test_a_server_that_answers_others_gives_no_right(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    assert local_person(monkeypatch, address=address) == VISITOR


@pytest.mark.parametrize("setting", ["CATALYSE_LOCAL=non", "CATALYSE_URL=https://c.exemple.test"])
def test_the_operator_may_give_no_right_on_loopback(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(*setting.split("=", 1))
    assert local_person(monkeypatch) == VISITOR
    assert "make run" not in session_user.why_not()


@pytest.mark.parametrize("port", [8501, 8502])
def test_a_cookie_counts_for_the_process_and_the_port_that_gave_it(
    monkeypatch: pytest.MonkeyPatch, port: int
) -> None:
    assert local_person(monkeypatch, port=port).may_write == (port == 8501)
    monkeypatch.setattr(session_user, "ENTRANCE", Entrance())
    assert session_user.person() == VISITOR
    assert "relancez l’application" in session_user.why_not()


def test_secrets_that_cannot_be_read_give_no_right(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secrets = tmp_path / "secrets.toml"
    assert local_person(monkeypatch, secrets=secrets).may_write
    secrets.write_text("[auth\n", encoding="utf-8")
    assert local_person(monkeypatch, secrets=secrets) == VISITOR


def local_person(
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str] | None = None,
    *,
    address: str | None = "127.0.0.1",
    port: int = 8501,
    secrets: Path | None = None,
) -> Person:
    """Ask who is there, of a request with the cookie and these headers, to a server so bound."""
    options = {
        "server.address": address,
        "server.port": port,
        "secrets.files": [str(secrets)] if secrets else [],
    }
    entrance = Entrance()
    cookies = {cookie_name(8501): entrance.enter(entrance.invite())}
    held = SimpleNamespace(to_dict=lambda: headers or {})
    fake = SimpleNamespace(
        get_option=options.get,
        context=SimpleNamespace(headers=held, cookies=cookies),
        user=SimpleNamespace(to_dict=dict),
        secrets=SimpleNamespace(load_if_toml_exists=lambda: False),
    )
    monkeypatch.setattr(session_user, "st", fake)
    monkeypatch.setattr(session_user, "ENTRANCE", entrance)
    return session_user.person()


def test_what_a_header_says_of_a_person_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_COORDINATORS", "chef")
    claims = {"is_logged_in": True, "iat": time.time(), "sub": "chef"}
    trusted: dict[str, str] = {}
    fake = SimpleNamespace(
        get_option={"server.trustedUserHeaders": trusted}.get,
        user=SimpleNamespace(to_dict=lambda: claims),
        secrets={"auth": {}},
        session_state={},
    )
    monkeypatch.setattr(session_user, "st", fake)
    monkeypatch.setattr(session_user, "sign_in_is_wanted", lambda: True)
    monkeypatch.setattr(session_user, "_secret", lambda: AUTH["cookie_secret"])
    assert session_user.person().may_write
    trusted["X-Proxy-User"] = "sub"
    assert not session_user.person().may_write
    trusted["X-Signed-In"] = "is_logged_in"
    assert session_user.person() == VISITOR


@pytest.mark.parametrize(
    ("others", "provider", "role"),
    [
        ({}, "default", "contribution"),
        ({"autre": AUTH}, "default", "consultation"),
        ({"autre": AUTH}, "autre", "coordination"),
    ],
)
def test_the_same_number_at_another_provider_is_another_person(
    store: Store, monkeypatch: pytest.MonkeyPatch, others: dict[str, Any], provider: str, role: str
) -> None:
    monkeypatch.setenv("CATALYSE_CONTRIBUTORS", "chef")
    monkeypatch.setenv("CATALYSE_COORDINATORS", "autre:chef")
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=PATIENCE_S)
    app.secrets["auth"] = {**AUTH, **others}
    app.user = {"is_logged_in": True, "iat": time.time(), "sub": "chef", "provider": provider}
    app.switch_page("methode.py").run()
    assert f"({role})" in words(app)
    assert not store.read_only


@pytest.mark.parametrize("secret", ["xxx", "a-changer", "x" * 40])
def test_a_cookie_signed_by_what_anybody_guesses_proves_nobody(store: Store, secret: str) -> None:
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=PATIENCE_S)
    app.secrets["auth"] = {**AUTH, "cookie_secret": secret}
    app.user = {"is_logged_in": True, "sub": "colette", "iat": time.time(), **PEOPLE["colette"]}
    app.switch_page("methode.py").run()
    assert "Connecté" not in words(app)
    assert "mal réglée" in words(app)
    assert not store.read_only


def test_a_new_secret_ends_connections_in_open_tabs_too(store: Store) -> None:
    app = seen_by("colette", "methode")
    assert "(coordination)" in words(app)
    app.secrets["auth"] = {**AUTH, "cookie_secret": "another-secret-for-the-cookies"}
    assert "Connecté" not in words(app.run())
    assert [one.label for one in app.button if one.label == "Se connecter"]
    assert not store.read_only


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        (AUTH, [""]),
        ({name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}, []),
        ({**AUTH, "cookie_secret": ""}, []),
        ({**AUTH, "cookie_secret": "a-changer"}, []),
        ({**AUTH, "cookie_secret": "x" * 40}, []),
        ({**AUTH, "proconnect": {**AUTH}}, ["", "proconnect"]),
    ],
)
def test_sign_in_that_is_badly_set_is_said(
    store: Store, auth: dict[str, Any], expected: list[str]
) -> None:
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=PATIENCE_S)
    app.secrets["auth"] = auth
    app.user = {"is_logged_in": False}
    app.switch_page("methode.py").run()
    doors = [one.label for one in app.button if one.label.startswith("Se connecter")]
    assert doors == ["Se connecter" + (f" ({one})" if one else "") for one in expected]
    assert ("mal réglée" in words(app)) == (not expected)
    assert not store.read_only
