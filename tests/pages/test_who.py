"""Who is at the screen: the user of a machine used alone, somebody signed in, or a visitor."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.directory.access import VISITOR, Person
from geo.directory.store.history import entries
from geo.directory.store.store import Store
from geo.settings import ROOT
from pages.widgets import who
from tests.pages.people import AUTH, CARD, area, own_store, press
from tests.pages.seen import PATIENCE_S, faults, opened, words

__all__ = ["own_store"]


def test_alone_on_the_machine_nobody_signs_in(store: Store) -> None:
    app = opened("catalyseurs", fiche=CARD)
    area(app, "Description").input("Écrite.")
    press(app, "Envoyer la correction")
    assert faults(app) == []
    assert store.record("actor", CARD)["description"] == "Écrite."
    assert "Se connecter" not in words(app)
    assert entries(store, 1)[0].author == "utilisateur local"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.7"},
        {"x-forwarded-proto": "https"},
        {"Via": "1.1 relais"},
        {"CF-Connecting-IP": "203.0.113.7"},
        {"Host": "carte.exemple.test"},
        {"Host": "127.0.0.1.exemple.test:8501"},
        {"Host": "127.0.0.1:80@exemple.test"},
        {"Host": "[::1"},
        {"Host": "127.0.0.1:8501", "Origin": "https://carte.exemple.test"},
        {"Host": "127.0.0.1:8501", "Origin": "null"},
    ],
)
def test_whoever_comes_through_others_only_reads(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    assert local_person(monkeypatch, headers) == VISITOR


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": "localhost"},
        {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"},
        {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"},
    ],
)
def test_whoever_sits_at_the_machine_may_do_everything(
    monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    assert local_person(monkeypatch, headers).may_write


@pytest.mark.parametrize("address", ["0.0.0.0", "", "192.0.2.1", None])  # noqa: S104 - never bound
def test_a_server_that_answers_others_gives_no_right(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    assert local_person(monkeypatch, {}, address=address) == VISITOR


def test_a_peer_that_is_not_this_machine_gives_no_right(monkeypatch: pytest.MonkeyPatch) -> None:
    assert local_person(monkeypatch, {}, peer="192.0.2.9") == VISITOR


def test_the_operator_may_give_no_right_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_LOCAL", "non")
    assert local_person(monkeypatch, {}) == VISITOR


def test_secrets_that_cannot_be_read_give_no_right(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secrets = tmp_path / "secrets.toml"
    assert local_person(monkeypatch, {}, secrets=secrets).may_write
    secrets.write_text("[auth\n", encoding="utf-8")
    assert local_person(monkeypatch, {}, secrets=secrets) == VISITOR


def local_person(
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
    *,
    address: str | None = "127.0.0.1",
    peer: str | None = None,
    secrets: Path | None = None,
) -> Person:
    """Ask who is there, of a request with these headers, to a server bound to an address."""
    options = {"server.address": address, "secrets.files": [str(secrets)] if secrets else []}
    headers_held = SimpleNamespace(to_dict=lambda: headers)
    context = SimpleNamespace(headers=headers_held, ip_address=peer)
    user = SimpleNamespace(to_dict=dict)
    fake = SimpleNamespace(
        get_option=options.get,
        context=context,
        user=user,
        secrets=SimpleNamespace(load_if_toml_exists=lambda: False),
    )
    monkeypatch.setattr(who, "st", fake)
    return who.person()


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        (AUTH, [""]),
        ({name: AUTH[name] for name in ("redirect_uri", "cookie_secret")}, []),
        ({**AUTH, "cookie_secret": ""}, []),
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
