"""Requests made to hurt: each is refused by a problem that names the parameter."""

from urllib.parse import quote

import pytest

from tests.api.asgi import Client

ITEMS = "/api/collections/communes/items"
HUGE = "9" * 25


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("nope=1", "nope"),
        ("n%00pe=1", "n�pe"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=", "limit"),
        ("limit=1.5", "limit"),
        ("limit=1e3", "limit"),
        ("limit=%D9%A1%D9%A2", "limit"),
        ("limit=1_000", "limit"),
        ("limit=10%00", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("limit=1&limit=2", "limit"),
        ("offset=-1", "offset"),
        (f"offset={HUGE}", "offset"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=", "bbox"),
        ("bbox=,,,", "bbox"),
        ("bbox=1,2,3,4,5", "bbox"),
        ("bbox=NaN,0,1,1", "bbox"),
        ("bbox=0,0,inf,1", "bbox"),
        ("bbox=1e400,0,1,1", "bbox"),
        ("bbox=-181,0,1,1", "bbox"),
        ("bbox=0,1,1,0", "bbox"),
        ("bbox=0,-91,1,0", "bbox"),
        ("bbox=180,..", "bbox"),
        ("bbox=%D9%A1,0,1,1", "bbox"),
        ("bbox=1,2,3,4&bbox=1,2,3,4", "bbox"),
        ("bbox-crs=EPSG:4326", "bbox-crs"),
        ("crs=EPSG:4326", "crs"),
        ("datetime=hier", "datetime"),
        ("datetime=2024-13-01", "datetime"),
        ("datetime=../..", "datetime"),
        ("datetime=%00", "datetime"),
        ("population=beaucoup", "population"),
        ("population=NaN", "population"),
        ("territory_kind=planete", "territory_kind"),
        ("territory_name=" + "x" * 301, "territory_name"),
        ("longitude=2", "longitude"),
        ("f=xml", "f"),
        ("f=%00", "f"),
        ("f=json&f=html", "f"),
    ],
)
def test_a_bad_parameter_is_400_and_named(client: Client, query: str, parameter: str) -> None:
    refused(client, f"{ITEMS}?{query}", 400, parameter)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/api/nearest", "commune"),
        ("/api/nearest?commune=63113&lon=3&lat=45", "commune"),
        ("/api/nearest?commune=00000", "commune"),
        ("/api/nearest?commune=%00", "commune"),
        ("/api/nearest?lon=3", "lat"),
        ("/api/nearest?lat=3", "lon"),
        ("/api/nearest?lon=NaN&lat=45", "lon"),
        ("/api/nearest?lon=3&lat=91", "lat"),
        ("/api/nearest?lon=3&lat=45&k=0", "k"),
        ("/api/nearest?lon=3&lat=45&k=10001", "k"),
        ("/api/nearest?lon=3&lat=45&radius_km=0", "radius_km"),
        ("/api/nearest?lon=3&lat=45&radius_km=1e999", "radius_km"),
        ("/api/nearest?lon=3&lat=45&practice=rien", "practice"),
        ("/api/nearest?address=1+rue+de+Paris", "address"),
        ("/api/locate?lon=3", "lat"),
        ("/api/locate?lon=3&lat=45&lat=46", "lat"),
        ("/api/locate?lon=&lat=", "lon"),
        ("/api/locate?lon=181&lat=0", "lon"),
        ("/api/communes", "q"),
        ("/api/communes?q=", "q"),
        ("/api/communes?q=%20", "q"),
        ("/api/communes?q=" + "a" * 301, "q"),
        ("/api/communes?q=paris&limit=1001", "limit"),
        ("/api/collections?limit=1", "limit"),
        ("/api?x=1", "x"),
        ("/tiles/communes/7/0/0.mvt", "z"),
        ("/tiles/communes/15/0/0.mvt", "z"),
        ("/tiles/communes/x/0/0.mvt", "z"),
        ("/tiles/communes/9/512/0.mvt", "x"),
        ("/tiles/communes/9/0/512.mvt", "y"),
        ("/tiles/communes/9/-1/0.mvt", "x"),
        (f"/tiles/communes/9/{HUGE}/0.mvt", "x"),
        ("/tiles/communes/9/%D9%A1/0.mvt", "x"),
        ("/tiles/communes/9/1/0.mvt?x=1", "x"),
    ],
)
def test_questions_and_tiles_name_the_parameter_too(
    client: Client, address: str, parameter: str
) -> None:
    refused(client, address, 400, parameter)


@pytest.mark.parametrize(
    "address",
    [
        "/api/rien",
        "/api/%00",
        "/api/collections/rien",
        "/api/collections/%00/items",
        "/api/collections/COMMUNES",
        "/api/collections/communes/items/commune:00000",
        "/api/collections/communes/items/%00",
        "/api/collections/communes/items/%F0%9F%A6%8A",
        "/api/collections/communes/items/" + "x" * 3000,
        "/api/collections/communes/items/a/b",
        "/api/collections/../../etc/passwd",
        "/tiles/rien.json",
        "/tiles/alliances/1/0/0.mvt",
    ],
)
def test_what_is_not_there_is_404(client: Client, address: str) -> None:
    refused(client, address, 404)


@pytest.mark.parametrize(
    "query",
    [
        "limit=" + HUGE,  # more than the most is the most: the standard says so
        "offset=999999999",
        "bbox=170,-30,-170,30&limit=1",
        "bbox=-180,-90,180,90&limit=1",
        "bbox=2,48,0,3,49,100&limit=1",
        "bbox=180,0,180,0",
        "datetime=2024-02-29&limit=1",
        "datetime=../2024-02-29T10:00:00Z&limit=1",
        "territory_name=" + quote("'; drop table actors; --"),
        "territory_name=%00",
        "departement_code=&limit=1",
        "population=1e3",
    ],
)
def test_what_is_odd_but_right_is_answered(
    client: Client, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALYSE_API_LIMIT", "3")
    found = client.get(f"{ITEMS}?{query}")
    assert found.status_code == 200
    assert found.json()["numberReturned"] <= 3


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("image/png", 406),
        ("text/html;q=0, application/json;q=0", 406),
        ("*/*;q=0", 406),
        ("", 200),
        (",;=,", 200),
        ("text/html;q=abc", 200),
        ("application/*", 200),
        ("x" * 5000, 406),
    ],
)
def test_what_a_client_accepts_decides(client: Client, accept: str, code: int) -> None:
    assert client.get(f"{ITEMS}?limit=1", {"accept": accept}).status_code == code


@pytest.mark.parametrize("host", ["", "a b", "\x7f", 'x"><script>', "é", "[::1", "a/b?c#d"])
def test_a_strange_host_is_not_repeated(client: Client, host: str) -> None:
    found = client.get("/api?f=html", {"host": host})
    assert found.status_code == 200
    assert "<script>" not in found.text


def refused(client: Client, address: str, code: int, parameter: str = "") -> None:
    found = client.get(address)
    assert (found.status_code, found.headers["content-type"]) == (code, "application/problem+json")
    said = found.json()
    assert said["status"] == code
    assert said["title"]
    assert said["detail"].endswith((".", "?"))
    assert "\x00" not in said["detail"]
    assert len(found.body) < 3000
    assert found.headers["access-control-allow-origin"] == "*"
    if parameter:
        assert said["parameter"] == parameter
