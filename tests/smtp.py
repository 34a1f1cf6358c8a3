"""A real mail server on loopback, that keeps what it receives."""

from asyncio import Transport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.store.server import free_port


@dataclass
class Postman:
    """What came, by recipient; those of a host « refus… » are refused, « coupe… » ends the line."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    logins: list[LoginPassword] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.letters if one["To"] == address]

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self,
        server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if "@coupe" in address and isinstance(server.transport, Transport):
            server.transport.abort()
        if "@refus" in address:
            return f"550 no {address} here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        found = message_from_bytes(envelope.content, policy=default)
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        return "250 OK"

    def _known(self, *asked: object) -> AuthResult:
        given = asked[-1]
        assert isinstance(given, LoginPassword)
        self.logins.append(given)
        return AuthResult(success=given.password == b"mot de passe", handled=False)


@contextmanager
def mail_server() -> Iterator[Postman]:
    """Run one for as long as the block lasts."""
    postman = Postman(free_port())
    server = Controller(
        postman,
        hostname="127.0.0.1",
        port=postman.port,
        authenticator=postman._known,  # noqa: SLF001
        auth_require_tls=False,
    )
    server.start()
    try:
        yield postman
    finally:
        server.stop()
