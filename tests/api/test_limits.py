"""How often one address may ask, and how little is remembered of those who do."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from geo.api import concurrency, ogc, rate_limit
from geo.api.public_route import public
from geo.api.rate_limit import RateLimit
from geo.errors import OverloadedError
from tests.api.asgi import Client


def test_a_bucket_empties_then_fills_with_time() -> None:
    pace = RateLimit()
    assert [pace.wait_s("a", 3, 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert pace.wait_s("a", 3, 0.0) == pytest.approx(20.0)
    assert pace.wait_s("b", 3, 0.0) == 0.0
    assert pace.wait_s("a", 3, 10.0) == pytest.approx(10.0)
    assert pace.wait_s("a", 3, 20.1) == 0.0
    assert [pace.wait_s("a", 3, 1e6) for _ in range(4)][3] > 0  # it never holds more than a minute


def test_only_so_many_clients_are_remembered() -> None:
    pace = RateLimit(remembered=100)
    for number in range(1000):
        pace.wait_s(str(number), 3, float(number))
    assert len(pace) == 100


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("CATALYSE_API_RATE", "2")
    monkeypatch.setattr(rate_limit, "_pace", RateLimit())
    return Client(Starlette(routes=ogc.routes()))


def test_one_who_asks_too_much_is_told_when_to_come_back(client: Client) -> None:
    codes = [client.get("/api/conformance").status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    answer = client.get("/api/conformance")
    assert answer.headers["content-type"] == "application/problem+json"
    assert 1 <= int(answer.headers["retry-after"]) <= 31
    assert answer.json()["status"] == 429


def test_a_header_does_not_make_another_client(client: Client) -> None:
    for number in range(3):
        last = client.get("/api/conformance", {"x-forwarded-for": f"10.0.0.{number}"})
    assert last.status_code == 429


def test_a_network_of_ipv6_is_one_client(client: Client) -> None:
    def asked_from(address: str) -> int:
        async def app(given: Any, receive: Any, send: Any) -> None:
            await client.app({**given, "client": (address, 1)}, receive, send)

        return Client(app).get("/api/conformance").status_code

    assert [asked_from(f"2001:db8::{n}") for n in range(3)] == [200, 200, 429]
    assert asked_from("2001:db8:0:1::1") == 200


def test_an_ipv4_address_is_one_client_however_the_socket_writes_it(client: Client) -> None:
    def asked_from(address: str) -> int:
        async def app(given: Any, receive: Any, send: Any) -> None:
            await client.app({**given, "client": (address, 1)}, receive, send)

        return Client(app).get("/api/conformance").status_code

    written = ["::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2"]
    assert [asked_from(one) for one in written] == [200, 200, 429, 200]


def test_the_largest_page_is_a_setting(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_API_LIMIT", "4")
    assert client.get("/api/collections/regions/items?limit=10").json()["numberReturned"] == 4
    found = client.get("/api/openapi").json()["components"]["parameters"]["limit"]["schema"]
    assert (found["maximum"], found["default"]) == (4, 4)


def test_what_too_many_ask_at_once_says_when_to_come_back() -> None:
    def busy(_: Request) -> Response:
        raise OverloadedError("D’autres calculs de ce genre sont en cours.")

    found = Client(Starlette(routes=[public("/lent", busy)])).get("/lent")
    assert (found.status_code, found.headers["retry-after"]) == (503, "30")
    assert "calculs" in found.json()["detail"]


@pytest.mark.parametrize(
    "question",
    [
        "nearest?commune=94018",
        "locate?lon=2.35&lat=48.85",
        "communes?q=Vichy",
        "coverage",
        "network",
    ],
)
def test_a_question_is_answered_in_its_turn_or_not_at_all(
    question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrency.pages, "patience_s", 0.1)
    client = Client(Starlette(routes=ogc.routes()))

    async def asked_meanwhile() -> None:
        pages = concurrency.pages
        async with pages.turn("127.0.0.1"), pages.turn("127.0.0.1"):
            codes.append((await asyncio.to_thread(client.get, f"/api/{question}")).status_code)

    codes: list[int] = []
    asyncio.run(asked_meanwhile())
    assert codes == [429]
    assert client.get(f"/api/{question}").status_code == 200


@pytest.mark.parametrize("other", ["files", "slow_files", "views"])
def test_one_address_has_two_works_at_once_whatever_they_are(
    other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrency.pages, "patience_s", 0.1)
    client = Client(Starlette(routes=ogc.routes()))

    async def asked_meanwhile(who: str) -> int:
        async with getattr(concurrency, other).turn(who), concurrency.pages.turn(who):
            answer = await asyncio.to_thread(client.get, "/api/nearest?commune=94018")
            return answer.status_code

    assert asyncio.run(asked_meanwhile("127.0.0.1")) == 429
    assert asyncio.run(asked_meanwhile("192.0.2.1")) == 200
