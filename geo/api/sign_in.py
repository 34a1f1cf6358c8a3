"""What Streamlit's sign-in leaves to its app: cookies that travel sealed, and failures said.

When the identity provider does not answer, Streamlit says « Authentication error », or comes back
to the first page without a word: a person reads one French sentence instead.
"""

from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.api.message_page import message_page
from geo.settings import settings

_LOGIN: Final = "/auth/login"
_CALLBACK: Final = "/oauth2callback"
_COOKIE: Final = "_streamlit_user"
_COOKIES: Final = "_streamlit"
_BAD: Final = 400
_FAILED: Final = (
    "Le service de connexion n’a pas répondu ou a refusé. « Se connecter », en haut de "
    "l’application, permet de réessayer dans un instant ; elle se lit aussi sans compte."
)
_WAYS: Final = (("/", "Revenir à l’application"),)


class TendSignIn:
    """Answer as the app does, but for a failed sign-in; what signs in goes over TLS only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        failed = False

        async def tended(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                failed = _has_failed(scope, message["status"], headers)
                if failed:
                    cookies = headers.getlist("set-cookie")
                    await _say(scope, receive, send, cookies)
                elif _is_sealed(scope):
                    _seal(message)
            if not failed:
                await send(message)

        await self.app(scope, receive, tended)


def _has_failed(scope: Scope, status: int, headers: Headers) -> bool:
    """Return whether nobody came in by an answer of the sign-in, who should have."""
    if scope["path"] == _LOGIN:
        return status == _BAD
    query = parse_qs(scope["query_string"].decode("latin-1"))
    if scope["path"] != _CALLBACK or not {"code", "error"} & query.keys():
        return False
    set_now = [one.split(";")[0] for one in headers.getlist("set-cookie")]
    values = {name: value for name, _, value in (one.partition("=") for one in set_now)}
    cookie = values.get(_COOKIE, Request(scope).cookies.get(_COOKIE, ""))
    return cookie.strip('"') == ""


async def _say(scope: Scope, receive: Receive, send: Send, cookies: list[str]) -> None:
    answer = message_page("Connexion non aboutie", _FAILED, _WAYS, status=_BAD)
    for one in cookies:
        answer.headers.append("set-cookie", one)
    await answer(scope, receive, send)


def _is_sealed(scope: Scope) -> bool:
    return scope["scheme"] == "https" or settings().url.lower().startswith("https://")


def _seal(message: Message) -> None:
    """Mark the cookies of a sign-in, that no browser may then send without TLS."""
    message["headers"] = [
        (name, value + b"; Secure" if _is_bare(name, value) else value)
        for name, value in message["headers"]
    ]


def _is_bare(name: bytes, value: bytes) -> bool:
    is_sign_in_cookie = name.lower() == b"set-cookie" and value.startswith(_COOKIES.encode())
    return is_sign_in_cookie and b"; secure" not in value.lower()
