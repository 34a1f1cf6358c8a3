"""Measures and numbers of requests: who may read the first, what the second take from outside."""

import json
import logging
import sys

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from geo.api import metrics
from geo.api.journal import JsonLines, NumberRequests
from tests.api.asgi import Client


@pytest.fixture
def client() -> Client:
    page = Route("/carte", lambda _: PlainTextResponse("ici"))
    middleware = [Middleware(NumberRequests), Middleware(metrics.MeasureRequests)]
    theirs = Route("/_stcore/metrics", lambda _: PlainTextResponse("sessions"))
    return Client(Starlette(routes=[page, theirs, *metrics.routes()], middleware=middleware))


def test_measures_are_for_this_machine_and_no_proxy(client: Client) -> None:
    client.get("/carte")
    said = client.get("/metrics")
    assert said.headers["content-type"].startswith("text/plain; version=")
    assert 'catalyse_request_seconds_count{kind="page",status="2xx"}' in said.text
    assert "process_resident_memory_bytes" in said.text
    for path in ("/metrics", "/_stcore/metrics", "/_stcore/metrics/"):
        assert client.get(path, {"x-forwarded-for": "127.0.0.1"}).status_code == 404
    assert client.get("/_stcore/metrics").text == "sessions"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "page"), ("/territoire", "page"), ("/api/health", "api"), ("/tiles/a/1/1/1", "tiles")],
)
def test_a_request_is_named_by_few_words(path: str, kind: str) -> None:
    assert metrics.kind_of(path) == kind


def test_a_number_is_the_proxys_or_drawn(client: Client) -> None:
    given = "0123456789abcdef"
    assert client.get("/carte", {"x-request-id": given}).headers["x-request-id"] == given
    for wrong in ("", "court", 'a"}{"level":"info', "x" * 65):
        drawn = client.get("/carte", {"x-request-id": wrong}).headers["x-request-id"]
        assert len(drawn) == 32
        assert drawn != wrong


def test_a_record_is_one_line_of_json_its_fault_included() -> None:
    try:
        int("deux\nlignes")
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord("geo", logging.ERROR, __file__, 1, "« %s »", ("a",), fault)
    line = JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["message"]) == ("error", "« a »")
    assert said["fault"].count("\n") > 1
