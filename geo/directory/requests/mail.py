"""Mails by the operator's server: what is sent is logged nowhere, and no fault repeats it."""

import logging
import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid
from ipaddress import ip_address
from threading import Timer
from typing import Final
from urllib.parse import quote, unquote, urlencode, urlsplit

from geo.directory.requests.contact_request import ADDRESS
from geo.errors import MailError, SettingError
from geo.french import NBSP
from geo.settings import settings

_PATIENCE_S: Final = 10.0
_LONGEST_S: Final = 60.0
"""Seconds that a server has for all its answers together."""
_PORTS: Final = {"smtp": 25, "smtps": 465}
_LONGEST_LINK: Final = 1_800
_NAME: Final = "Catalyseurs territoriaux"
_SIGNATURE: Final = "Catalyse, la carte des catalyseurs territoriaux"


@dataclass(frozen=True)
class Letter:
    """One mail in clear text; ``to`` may be unknown when a person sends it themselves."""

    to: str
    subject: str
    body: str
    reply_to: str = ""

    def mailto(self) -> str:
        """Return the link that opens it, ready, in one's own mail program; the end may be cut."""
        body = self.body
        while len(link := self._link(body)) > _LONGEST_LINK:
            body = body[: len(body) * 9 // 10]
        return link

    def _link(self, body: str) -> str:
        query = urlencode({"subject": self.subject, "body": body}, quote_via=quote)
        return f"mailto:{quote(self.to, safe='@')}?{query}"


@dataclass(frozen=True)
class MailServer:
    """A server that sends mails, as ``CATALYSE_SMTP`` names it."""

    host: str
    port: int
    sealed: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Return whether it is on this machine: then nobody reads the line."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def mail_server() -> MailServer | None:
    """Read the server of the settings; None when there is none.

    Raises
    ------
    SettingError
        It cannot be read; its value, which may hold a password, is not repeated.
    """
    text = settings().smtp
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _unreadable() from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise _unreadable()
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, parts.scheme == "smtps", user, password)


def _unreadable() -> SettingError:
    return SettingError(
        f"CATALYSE_SMTP est illisible{NBSP}: écrivez smtp://utilisateur:motdepasse@serveur:port, "
        "ou smtps://…"
    )


def check_mail_settings() -> None:
    """Refuse addresses or a server that no mail could be sent by.

    Raises
    ------
    SettingError
        The sentence names the variable and says what to give.
    """
    current = settings()
    for name, value in (("MAIL_FROM", current.mail_from), ("SECRETARIAT", current.secretariat)):
        if value and not ADDRESS.fullmatch(value):
            raise SettingError(
                f"CATALYSE_{name} n’est pas une adresse{NBSP}: écrivez nom@domaine.fr."
            )
    if mail_server() and not sender():
        raise SettingError(
            f"CATALYSE_SMTP demande une adresse d’expéditeur{NBSP}: donnez CATALYSE_MAIL_FROM."
        )


def sender() -> str:
    """Return the address that mails come from."""
    return settings().mail_from or settings().secretariat


def send(letters: Sequence[Letter]) -> list[bool]:
    """Send mails by one connection; tell which were taken, whatever stops the others.

    Raises
    ------
    MailError
        No server is set, it does not answer, or it does not let this app in: nothing left.
    """
    server = mail_server()
    if server is None:
        raise MailError("Aucun serveur de courriel n’est réglé.")
    taken: list[bool] = []
    try:
        with _connected(server) as line:
            taken.extend(_send_one(line, letter) for letter in letters)
    except (OSError, smtplib.SMTPException, ValueError) as fault:
        # What a server answers may repeat an address: only the kind of the fault is logged.
        logging.getLogger(__name__).warning("Mails were not sent: %s", type(fault).__name__)
        if not any(taken):
            raise MailError("Le serveur de courriel ne répond pas, ou refuse.") from None
    return taken + [False] * (len(letters) - len(taken))


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Enter a server; the line is cut after a while, however slowly it goes on speaking."""
    context = ssl.create_default_context()
    line: smtplib.SMTP = (
        smtplib.SMTP_SSL(timeout=_PATIENCE_S, context=context)
        if server.sealed
        else smtplib.SMTP(timeout=_PATIENCE_S)
    )
    line._host = server.host  # type: ignore[attr-defined] # noqa: SLF001 - whose certificate it shows
    timer = Timer(_LONGEST_S, _cut, [line])
    timer.daemon = True
    timer.start()
    try:
        line.connect(server.host, server.port)
        _let_in(line, server, context)
        yield line
        with suppress(smtplib.SMTPException, OSError):  # what it took is taken
            line.quit()
    finally:
        timer.cancel()
        line.close()


def _cut(line: smtplib.SMTP) -> None:
    # A socket's timeout bounds each wait, not their sum.
    if line.sock:
        with suppress(OSError):
            line.sock.shutdown(socket.SHUT_RDWR)


def _let_in(connection: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    connection.ehlo_or_helo_if_needed()
    is_encrypted = server.sealed
    if not is_encrypted and connection.has_extn("starttls"):
        connection.starttls(context=context)
        connection.ehlo()
        is_encrypted = True
    if server.user:
        if not (is_encrypted or server.is_here):
            raise smtplib.SMTPNotSupportedError("a password is not sent in clear")
        connection.login(server.user, server.password)


def _send_one(connection: smtplib.SMTP, letter: Letter) -> bool:
    try:
        rejected = connection.send_message(_message(letter), sender(), [letter.to])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
        logging.getLogger(__name__).warning("A mail was refused: %s", type(fault).__name__)
        connection.rset()
        return False
    return not rejected


def _message(letter: Letter) -> EmailMessage:
    """Write a mail; a header that would hold a line end or a wrong address raises ValueError."""
    for address in filter(None, (letter.to, letter.reply_to)):
        if not ADDRESS.fullmatch(address):
            raise ValueError("not an address")
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((_NAME, sender()))
    message["To"], message["Subject"] = letter.to, letter.subject
    message["Date"], message["Auto-Submitted"] = formatdate(), "auto-generated"
    message["Message-ID"] = make_msgid(domain=sender().rpartition("@")[2])
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    site = f"\n{settings().url}" if settings().url else ""
    message.set_content(f"{letter.body}\n\n-- \n{_SIGNATURE}{site}\n")
    return message
