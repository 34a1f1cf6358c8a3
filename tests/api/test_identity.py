"""A provider that lies, another's answer, no provider: nobody comes in, and a sentence says so."""

import hmac
import http.client
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.browser.harness import HOME_HOST, NO_TILES, serve, terminal
from tests.serving import serving

SIGNING_TEXT: Final = "a-secret-for-the-cookies-of-the-tests"
CLIENT: Final = "catalyse"
FAILED: Final = "Le service de connexion n’a pas répondu ou a refusé"
KEY: Final = RSAKey.generate_key(2048, {"kid": "un", "alg": "RS256", "use": "sig"})
OTHER: Final = RSAKey.generate_key(2048, {"kid": "un", "alg": "RS256", "use": "sig"})


@dataclass
class Liar(ThreadingHTTPServer):
    """A provider whose next token is whatever a test writes."""

    token: str = ""
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__((HOME_HOST, 0), _Handler)

    @property
    def issuer(self) -> str:
        return f"http://{HOME_HOST}:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Liar

    def do_GET(self) -> None:
        issuer = self.server.issuer
        said: dict[str, Any] = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/auth",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        keys = {"keys": [KEY.as_dict(private=False)]}
        self._say(keys if self.path == "/jwks" else said)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body))
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": self.server.token})

    def _say(self, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Client:
    """A browser with its cookies, before the app."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    raw: list[str] = field(default_factory=list)

    def get(self, path: str) -> tuple[int, str, str]:
        """Ask; give the status, where it leads, and what it says."""
        line = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request("GET", path, headers={"Cookie": held} if held else {})
        answer = line.getresponse()
        self.raw = answer.headers.get_all("Set-Cookie") or []
        for one in self.raw:
            self.cookies |= {name: held.value for name, held in SimpleCookie(one).items()}
        said = answer.read().decode()
        line.close()
        return answer.status, answer.headers.get("Location", ""), said

    def login(self) -> tuple[int, str, str]:
        wanted = {"provider": "default", "exp": int(time.time()) + 60}
        token = jwt.encode({"alg": "HS256"}, wanted, OctKey.import_key(SIGNING_TEXT))
        return self.get(f"/auth/login?{urlencode({'provider': token})}")

    def begin(self) -> dict[str, str]:
        """Go to the provider; give what the address asks of it."""
        status, where, said = self.login()
        assert status == 302, said
        assert "/auth?" in where, where
        return {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}

    def come_back(self, **said: str) -> tuple[int, str, str]:
        return self.get(f"/oauth2callback?{urlencode(said)}")

    @property
    def is_in(self) -> bool:
        return bool(self.cookies.get("_streamlit_user"))


@pytest.fixture(scope="module")
def liar() -> Iterator[Liar]:
    with serving(Liar()) as provider:
        yield provider


@pytest.fixture(scope="module")
def url(liar: Liar, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(environment=settings(tmp_path_factory.mktemp("secrets"), liar.issuer)) as address:
        yield address


def settings(folder: Path, issuer: str) -> dict[str, str]:
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://{HOME_HOST}:{{port}}/oauth2callback"\n'
        f'cookie_secret = "{SIGNING_TEXT}"\nclient_id = "{CLIENT}"\nclient_secret = "x"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    return {**NO_TILES, "STREAMLIT_SECRETS_FILES": str(secrets)}


def claims(liar: Liar, asked: dict[str, str]) -> dict[str, Any]:
    now = int(time.time())
    told = {"iss": liar.issuer, "aud": CLIENT, "sub": "colette", "iat": now, "exp": now + 600}
    return told | {"nonce": asked["nonce"]}


def signed(told: dict[str, Any], key: RSAKey = KEY) -> str:
    return jwt.encode({"alg": "RS256", "kid": "un"}, told, key)


def by_hand(told: dict[str, Any], algorithm: str, key: bytes = b"") -> str:
    """Write a token as no library does: unsigned, or signed by what everybody may read."""
    parts = [json.dumps(one).encode() for one in ({"alg": algorithm, "kid": "un"}, told)]
    text = b".".join(map(encoded, parts))
    seal = encoded(hmac.digest(key, text, "sha256")) if key else b""
    return b".".join([text, seal]).decode()


def encoded(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")


def test_who_the_provider_vouches_for_comes_in_once(url: str, liar: Liar) -> None:
    client = Client(url)
    asked = client.begin()
    assert asked["code_challenge_method"] == "S256"
    liar.token = signed(claims(liar, asked))
    assert client.come_back(state=asked["state"], code="c")[:2] == (302, "/")
    assert client.is_in
    assert liar.asked[-1]["code_verifier"][0]
    again = Client(url)
    assert again.come_back(state=asked["state"], code="c")[0] == 400
    assert not again.is_in


LIES: Final[dict[str, dict[str, Any]]] = {
    "for another app": {"aud": "autre"},
    "of another provider": {"iss": "https://autre.invalid"},
    "too old": {"exp": 1_000_000_000},
    "of another sign-in": {"nonce": "autre"},
    "of no sign-in": {"nonce": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_for_this_sign_in_brings_nobody_in(
    url: str, liar: Liar, lie: str
) -> None:
    client = Client(url)
    asked = client.begin()
    told = {**claims(liar, asked), **LIES[lie]}
    liar.token = signed({name: value for name, value in told.items() if value is not None})
    status, _, said = client.come_back(state=asked["state"], code="c")
    assert (status, client.is_in) == (400, False)
    assert FAILED in said


def test_a_token_that_the_provider_did_not_sign_brings_nobody_in(url: str, liar: Liar) -> None:
    public = KEY.as_pem(private=False)
    for forge in (
        lambda told: by_hand(told, "none"),
        lambda told: by_hand(told, "HS256", public),
        lambda told: signed(told, OTHER),
    ):
        client = Client(url)
        asked = client.begin()
        liar.token = forge(claims(liar, asked))
        assert client.come_back(state=asked["state"], code="c")[0] == 400
        assert not client.is_in


def test_the_answer_to_another_browser_or_to_nobody_brings_nobody_in(url: str, liar: Liar) -> None:
    asked = Client(url).begin()
    liar.token = signed(claims(liar, asked))
    client = Client(url)
    client.begin()
    for said in (
        {"state": asked["state"], "code": "c"},
        {"code": "c"},
        {"error": "x", "state": "y"},
    ):
        status, _, told = client.come_back(**said)
        assert (status, client.is_in) == (400, False)
        assert FAILED in told
    assert client.get("/oauth2callback")[:2] == (302, "/")  # back from the provider's sign-out


def test_the_log_repeats_nothing_of_what_a_stranger_says_at_the_door(url: str) -> None:
    Client(url).come_back(error="\x1b[31mrouge", error_description="mot de passe 1234")
    assert "Error during authentication" in terminal(url)
    assert "rouge" not in terminal(url)
    assert "1234" not in terminal(url)


def test_cookies_are_sealed_where_the_app_is_behind_tls(
    url: str, liar: Liar, tmp_path: Path
) -> None:
    client = Client(url)
    client.begin()
    assert "secure" not in client.raw[0].lower()
    told = {**settings(tmp_path, liar.issuer), "CATALYSE_URL": "https://cartes.maville.fr"}
    with serve(environment=told) as public:
        client = Client(public)
        asked = client.begin()
        assert "; Secure" in client.raw[0]
        liar.token = signed(claims(liar, asked))
        client.come_back(state=asked["state"], code="c")
        assert [one.partition("=")[0] for one in client.raw if "Secure" not in one] == []
        assert all("httponly" in one.lower() for one in client.raw)
        assert len(client.raw) >= 2


def test_a_provider_that_is_off_is_one_french_sentence(tmp_path: Path) -> None:
    with Liar() as gone:
        pass
    with serve(environment=settings(tmp_path, gone.issuer)) as url:
        status, _, said = Client(url).login()
        assert status == 400
        assert FAILED in said
        assert "Authentication error" not in said
        assert 'alt="Catalyse, accueil"' in said  # in the look of the other pages
