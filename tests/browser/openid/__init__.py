"""Sign-in for the tests: a real OpenID provider on loopback, and the app that trusts it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.browser.harness import HOME_HOST, NO_TILES, ROOT, free_port, serve, settle, stop

PROVIDER: Final = Path(__file__).parent / "provider.mjs"
COORDINATOR: Final = "colette"
CONTRIBUTOR: Final = "camille"
IMPOSTOR: Final = "ursule"
ROLES: Final = {
    "CATALYSE_COORDINATORS": "colette@exemple.test",
    "CATALYSE_CONTRIBUTORS": "camille@exemple.test",
}
SECRETARIAT: Final = "secretariat@reseau.invalid"
_SECRETS: Final = """[auth]
redirect_uri = "http://{host}:{{port}}/oauth2callback"
cookie_secret = "a-secret-for-the-cookies-of-the-tests"
client_id = "catalyse"
client_secret = "secret-of-the-tests"
server_metadata_url = "http://{host}:{port}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login" }}
"""


@contextmanager
def signing_in(environment: Mapping[str, str] = ROLES) -> Iterator[str]:
    """Run the app with sign-in configured, and its provider; give the app's address."""
    if not (ROOT / "node_modules" / "oidc-provider").exists():
        pytest.skip("oidc-provider manque : lancez `make web` avec npm")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        secrets = Path(folder) / "secrets.toml"
        secrets.write_text(_SECRETS.format(host=HOME_HOST, port=port), encoding="utf-8")
        settings = {**NO_TILES, "STREAMLIT_SECRETS_FILES": str(secrets), **environment}
        with serve(environment=settings) as url, provider(port, f"{url}/oauth2callback"):
            yield url


@contextmanager
def provider(port: int, redirect_uri: str, patience_s: float = 30) -> Iterator[None]:
    """Run the provider for as long as the block lasts."""
    command = ["node", str(PROVIDER), str(port), redirect_uri]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + patience_s
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise RuntimeError(f"the provider did not start:\n{log.read().decode()}")
                time.sleep(0.05)
            yield
        finally:
            stop(process)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{HOME_HOST}:{port}/.well-known/openid-configuration", timeout=1):
            return True
    except (URLError, OSError):
        return False


def sign_in(page: Page, login: str) -> None:
    """Press « Se connecter » and fill the provider's own form."""
    page.get_by_role("button", name="Se connecter").click()
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Se déconnecter").wait_for()
    settle(page)


def sign_out(page: Page) -> None:
    """Press « Se déconnecter », and confirm to the provider if it asks."""
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    page.get_by_role("button", name="Se connecter").wait_for()
    settle(page)
