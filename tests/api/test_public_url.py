"""Which host links lead to: the operator's, never one that a request alone names."""

from typing import Final
from urllib.parse import quote

import pytest

from tests.api.asgi import Client
from tests.api.test_sharing import HOME, HOST, TERRITORY, client, tag

__all__ = ["client"]

EVIL = "mechant.exemple"
SAYING: Final[list[dict[str, str]]] = [
    {"host": EVIL},
    {"host": f"carte.exemple.fr.{EVIL}"},
    {"host": f"{EVIL}:80"},
    {"host": "carte.exemple.fr:8443"},
    {"host": "192.0.2.7"},
    {"host": "localhost", "x-forwarded-host": EVIL, "forwarded": f"host={EVIL}"},
]


@pytest.mark.parametrize("asked", SAYING)
@pytest.mark.parametrize("path", ["/carte", TERRITORY, "/?lieu=commune:94018"])
def test_no_link_leads_to_a_host_that_nobody_listed(
    client: Client, path: str, asked: dict[str, str]
) -> None:
    answer = client.get(path, asked)
    own = asked["host"] == "localhost"
    assert ('rel="canonical"' in answer.text) == own
    assert EVIL not in answer.text
    assert asked["host"] not in answer.text or own


def test_a_view_of_a_host_that_nobody_listed_is_not_told_to_others(client: Client) -> None:
    asked = f"/oembed?url={quote(f'http://{EVIL}/carte')}"
    assert client.get(asked, {"host": EVIL}).status_code == 404
    assert client.get(f"/oembed?url={quote(f'{HOME}/carte')}", HOST).status_code == 200


def test_the_address_a_request_came_to_is_the_apps(client: Client) -> None:
    for host in ("127.0.0.1", "localhost", "127.0.0.1:8501", "[::1]:8501"):
        assert tag(client.get("/carte", {"host": host}), "og:url") == f"http://{host}/carte"
