"""Mails: a real server, no header broken, no password in clear elsewhere than here."""

import ssl
import time
from email.utils import parseaddr

import pytest

from geo.directory.requests.mail import Letter, check_mail_settings, mail_server, send
from geo.errors import MailError, SettingError
from geo.settings import settings
from tests.rude import rude_server
from tests.smtp import Postman

TO = "maire@a.invalid"


def test_a_mail_arrives_whole_in_french(postman: Postman) -> None:
    assert send([Letter(TO, "Été : à l’œuvre", "Bonjour « maire »,\n\nœuvre", "b@c.invalid")]) == [
        True
    ]
    [found] = postman.letters
    assert found["Subject"] == "Été : à l’œuvre"
    said = ["Bonjour « maire »,", "", "œuvre"]
    signature = ["", "-- ", "Catalyse, la carte des catalyseurs territoriaux"]
    assert found.get_content().splitlines() == said + signature
    assert parseaddr(found["From"]) == ("Catalyseurs territoriaux", settings().secretariat)
    assert (found["Reply-To"], found["Auto-Submitted"]) == ("b@c.invalid", "auto-generated")


@pytest.mark.parametrize(
    "letter",
    [
        Letter("a@b.fr\r\nBcc: c@d.fr", "s", "b"),
        Letter(TO, "s\r\nBcc: c@d.fr", "b"),
        Letter(TO, "s", "b", "a@b.fr\nBcc: c@d.fr"),
        Letter("a@b.fr, c@d.fr", "s", "b"),
        Letter("Nom <a@b.fr>", "s", "b"),
    ],
)
def test_no_header_is_broken_by_a_text(postman: Postman, letter: Letter) -> None:
    with pytest.raises(MailError, match="refuse") as fault:
        send([letter])
    assert "d.fr" not in str(fault.value)
    assert postman.letters == []


def test_it_signs_in_with_what_the_address_says(
    postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = f"smtp://moi%40a.fr:mot%20de%20passe@127.0.0.1:{postman.port}"
    monkeypatch.setenv("CATALYSE_SMTP", own)
    assert send([Letter(TO, "s", "b")]) == [True]
    assert [(one.login, one.password) for one in postman.logins] == [(b"moi@a.fr", b"mot de passe")]
    monkeypatch.setenv("CATALYSE_SMTP", own.replace("mot%20", "faux%20"))
    with pytest.raises(MailError) as fault:
        send([Letter(TO, "s", "b")])
    assert "faux" not in str(fault.value)


def test_a_password_is_not_sent_in_clear_to_another_machine(
    postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.directory.requests.mail.MailServer.is_here", False)
    monkeypatch.setenv("CATALYSE_SMTP", f"smtp://moi:hunter2@127.0.0.1:{postman.port}")
    with pytest.raises(MailError):
        send([Letter(TO, "s", "b")])
    assert postman.logins == []


def test_smtps_speaks_tls_at_once(postman: Postman, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_SMTP", f"smtps://127.0.0.1:{postman.port}")
    assert mail_server().sealed
    with pytest.raises(MailError):
        send([Letter(TO, "s", "b")])
    assert ssl.create_default_context().check_hostname


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP", "serveur.fr"),
        ("SMTP", "http://u:hunter2@serveur.fr"),
        ("SMTP", "smtp://u:hunter2@serveur.fr:port"),
        ("SMTP", "smtp://u:hunter2@serveur.fr/chemin"),
        ("SMTP", "smtp://u:hunter2@"),
        ("MAIL_FROM", "Nom <a@b.fr>"),
        ("SECRETARIAT", "a@b.fr, c@d.fr"),
    ],
)
def test_a_setting_that_sends_nothing_stops_the_start_without_its_password(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CATALYSE_{name}", value)
    with pytest.raises(SettingError, match=rf"^CATALYSE_{name}\b") as fault:
        check_mail_settings()
    assert "hunter2" not in str(fault.value)
    assert "hunter2" not in repr(settings())


def test_a_server_without_a_sender_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_SMTP", "smtp://serveur.fr")
    with pytest.raises(SettingError, match="CATALYSE_MAIL_FROM"):
        check_mail_settings()
    monkeypatch.setenv("CATALYSE_MAIL_FROM", "carte@reseau.fr")
    check_mail_settings()
    assert mail_server().port == 25


@pytest.mark.parametrize("first", [b"", b"220 ici\r\n", b"220 ici\r\n250-ici\r\n"])
def test_a_server_that_speaks_a_byte_at_a_time_is_left(
    monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    monkeypatch.setattr("geo.directory.requests.mail._LONGEST_S", 1.0)
    with rude_server(first=first, dripped=b"250-encore\r\n" * 20) as port:
        monkeypatch.setenv("CATALYSE_SMTP", f"smtp://127.0.0.1:{port}")
        start = time.monotonic()
        with pytest.raises(MailError, match="ne répond pas, ou refuse"):
            send([Letter(TO, "s", "b")])
        assert time.monotonic() - start < 15  # the drip lasts 24 seconds
