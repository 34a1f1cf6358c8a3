"""What a geocoder that lies, floods or dawdles may do: nothing but one French sentence."""

import gzip
import json
import time
from typing import Any

import pytest

from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.http import HttpClient
from geo.directory.geocoding.query import Answer, GeocodingQuery
from geo.directory.geocoding.rate_limiter import RateLimiter
from geo.errors import GeocoderError
from tests.rude import rude_server

ASKED = "12 rue du Pont Nantes"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
SLOW = b" " * 200


def at(port: int, timeout_s: float = 5) -> Geocoder:
    url = f"http://127.0.0.1:{port}"
    return Geocoder(HttpClient(url, RateLimiter(1000), tries=1, timeout_s=timeout_s))


def told(body: bytes, *headers: bytes) -> bytes:
    lines = b"".join(one + b"\r\n" for one in headers)
    return HEAD + lines + b"Content-Length: %d\r\n\r\n" % len(body) + body


def place(where: str = "[2.3, 48.8]", **said: Any) -> bytes:
    properties = json.dumps({"type": "street", "label": "Rue", "score": 0.9, **said})
    feature = f'{{"geometry": {{"coordinates": {where}}}, "properties": {properties}}}'
    return f'{{"features": [{feature}]}}'.encode()


def found(body: bytes) -> list[Answer]:
    with rude_server(first=told(body)) as port:
        return at(port).search(ASKED)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 500_000,
        place(f"[{'9' * 400}, 48]"),
        place("[NaN, Infinity]"),
        place().replace(b"0.9", b"9" * 400),
        place(score=float("nan")),
        place(label="\ud800"),
        b'{"features": {"a": 1}}',
        b"\xff\xfe",
    ],
    ids=["deep", "long number", "NaN", "long score", "NaN score", "half a sign", "object", "bytes"],
)
def test_an_answer_that_no_geocoder_gives_is_one_sentence(body: bytes) -> None:
    with pytest.raises(GeocoderError, match="autre chose que des adresses"):
        found(body)


def test_what_a_place_says_of_itself_is_kept_in_its_bounds() -> None:
    [one] = found(place(label="a\u202eb\x00c\n<b>", citycode={"x": "9" * 10_000}, score=7))
    assert (one.label, one.commune_code, one.score) == ("a b c <b>", "", 1.0)
    assert found(place("[999, 48]")) == []
    assert found(place(citycode=["44109"]))[0].commune_code == "44109"
    many = b'{"features": [%s]}' % b",".join([place()[14:-2]] * 50)
    assert len(found(many)) == 5


def test_another_host_or_a_file_is_never_followed() -> None:
    for where in (b"file:///etc/passwd", b"http://127.0.0.1:1/", b"//autre.invalid/"):
        moved = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % where
        with rude_server(first=moved) as port, pytest.raises(GeocoderError, match="réponse 302"):
            at(port).search(ASKED)


def test_a_bomb_is_left_before_it_is_whole() -> None:
    bomb = gzip.compress(b" " * 300_000_000, 9)
    with rude_server(first=told(bomb, b"Content-Encoding: gzip")) as port:
        with pytest.raises(GeocoderError, match="pas répondu en entier"):
            at(port, 30).search(ASKED)
        assert at(port, 30).batch([GeocodingQuery(ASKED)]) == {}


@pytest.mark.parametrize(
    ("first", "dripped"),
    [
        (b"", b"H" * 200),
        (b"HTTP/1.1 200 OK\r\n", b"X: a\r\n" * 40),
        (HEAD + b"Content-Length: 900\r\n\r\n", SLOW),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n" * 40),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10),
    ],
    ids=["status", "headers", "body", "chunks", "provisional"],
)
def test_a_byte_at_a_time_lasts_no_longer_than_silence(first: bytes, dripped: bytes) -> None:
    with rude_server(first=first, dripped=dripped) as port:
        start = time.monotonic()
        with pytest.raises(GeocoderError, match="n’a pas répondu en"):
            at(port, 1).search(ASKED)
        assert time.monotonic() - start < 12  # the drip lasts twenty
