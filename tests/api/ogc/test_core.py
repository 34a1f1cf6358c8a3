"""OGC API – Features, part 1: each class of /conformance, requirement by requirement."""

import gzip
import json
import re
from html import unescape
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from geo.directory.resources import shipped
from geo.output.collections import COLLECTIONS, content
from geo.output.tiles import LAYERS
from tests.api.asgi import Client, scope
from tests.api.ogc.drawn import SECRETS, normal

GEOJSON = "application/geo+json"
NAMES = tuple(COLLECTIONS)


def links(said: Any) -> dict[str, dict[str, str]]:
    return {one["rel"]: one for one in said["links"]}


@pytest.mark.parametrize("path", ["/api", "/api/"])
def test_the_landing_page_leads_everywhere(client: Client, path: str) -> None:
    said = links(client.get(path).json())
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} <= {*said}
    for one in said.values():
        answer = client.get(one["href"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].split("; ")[0] == one["type"]


def test_conformance_names_what_these_tests_prove(client: Client) -> None:
    said = client.get("/api/conformance").json()["conformsTo"]
    assert [one.rpartition("/")[2] for one in said] == ["core", "geojson", "html", "oas30", "crs"]


def test_collections_say_what_they_are(client: Client) -> None:
    said = client.get("/api/collections").json()
    assert [one["id"] for one in said["collections"]] == [*NAMES]
    for one in said["collections"]:
        alone = client.get(f"/api/collections/{one['id']}").json()
        assert alone == one
        assert one["licence"]
        assert one["attribution"]
        types = {link["type"] for link in one["links"] if link["rel"] == "items"}
        assert types == {GEOJSON, "text/html"}
    communes = next(one for one in said["collections"] if one["id"] == "communes")
    west, south, east, north = communes["extent"]["spatial"]["bbox"][0]
    assert (west < -61, south < -21, east > 55, north > 51) == (True,) * 4
    assert "2025" in communes["vintage"] or "202" in communes["vintage"]
    actors = next(one for one in said["collections"] if one["id"] == "actors")
    assert actors["fictive"] is True
    assert actors["notice"] == "Données fictives"
    assert actors["unplaced_count"] >= 1


@pytest.mark.parametrize("name", NAMES)
def test_pages_follow_each_other_without_gap_or_repeat(client: Client, name: str) -> None:
    dataset = content(name).dataset
    limit = 5000 if len(dataset.frame) > 2000 else max(1, len(dataset.frame) // 3)
    seen, address = [], f"/api/collections/{name}/items?limit={limit}"
    while address:
        said = client.get(address).json()
        assert said["numberReturned"] == len(said["features"]) <= limit
        assert said["numberMatched"] == len(dataset.frame)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said["timeStamp"])
        seen += [one["id"] for one in said["features"]]
        next_ = links(said).get("next")
        assert next_ is None or next_["type"] == GEOJSON
        address = next_["href"] if next_ else ""
    assert seen == [*dataset.frame.index]


def test_a_page_keeps_its_filters_from_link_to_link(client: Client) -> None:
    first = client.get("/api/collections/communes/items?departement_code=75&limit=1&f=json").json()
    assert "next" not in links(first)
    first = client.get("/api/collections/communes/items?bbox=3,45,4,46&limit=7&offset=7").json()
    following, before = (links(first)[rel]["href"] for rel in ("next", "prev"))
    assert client.get(following).json()["numberMatched"] == first["numberMatched"]
    again = client.get(links(client.get(following).json())["prev"]["href"]).json()
    assert again["features"] == first["features"]
    assert "offset=0" in before


@pytest.mark.parametrize("box", [(2.2, 48.8, 2.5, 48.9), (-61.9, 14, -60, 17), (0, 0, 1, 1)])
@pytest.mark.parametrize("name", ["communes", "departements", "catalysts"])
def test_a_box_keeps_what_it_touches(
    client: Client, name: str, box: tuple[float, float, float, float]
) -> None:
    asked = ",".join(map(str, box))
    said = client.get(f"/api/collections/{name}/items?bbox={asked}&limit=10000").json()
    shapes, frame = content(name).dataset.geometry, content(name).dataset.frame
    here = [one is not None and one.intersects(shapely.box(*box)) for one in shapes]
    assert [one["id"] for one in said["features"]] == [*frame.index[here]]
    high = "{},{},-5,{},{},5".format(*box)
    assert client.get(f"/api/collections/{name}/items?bbox={high}").json()["numberMatched"] == sum(
        here
    )


def test_a_box_across_the_antimeridian_is_two(client: Client) -> None:
    def count(box: str) -> int:
        return int(client.get(f"/api/collections/regions/items?bbox={box}").json()["numberMatched"])

    # From 50° E eastwards to 60° W: Mayotte no, La Réunion, and the Antilles.
    assert count("50,-90,-60,90") == count("50,-90,180,90") + count("-180,-90,-60,90")
    assert count("50,-90,-60,90") >= 3
    assert count("-60,-90,50,90") < 18


def test_properties_filter(client: Client) -> None:
    def ids(query: str, name: str = "actors") -> list[str]:
        said = client.get(f"/api/collections/{name}/items?{query}&limit=1000").json()
        return [one["id"] for one in said["features"]]

    assert ids("practices=accompagnements&fictive=true") == ["acteur-vu"]
    assert "acteur-vu" in ids("practices=gestion_lieu")
    assert ids("profile=entreprise&fictive=false&actor_name=Bo%C3%AEte") == ["b:é c"]
    assert "sans-lieu" in ids("profile=")
    assert ids("departement_code=63&territory_name=Clermont-Ferrand", "communes") == [
        "commune:63113"
    ]
    assert ids("population=2103778", "communes") == ["commune:75056"]
    assert ids("odd=11", "alliances") == ["al-1"]


def test_resources_are_read_though_they_have_no_place(client: Client) -> None:
    page = client.get("/api/collections/resources/items?limit=1000").json()
    assert page["numberMatched"] == len(shipped())
    assert {one["geometry"] for one in page["features"]} == {None}
    wanted = client.get("/api/collections/resources/items?practices=gestion_lieu").json()
    held = [one["properties"]["practices"] for one in wanted["features"]]
    assert held
    assert all("gestion_lieu" in one for one in held)
    one = page["features"][0]
    alone = client.get(f"/api/collections/resources/items/{one['id']}").json()
    assert alone["properties"] == one["properties"]
    assert "resources" not in LAYERS, "nothing of them is drawn"


def test_a_feature_has_its_id_in_its_address(client: Client) -> None:
    answer = client.get("/api/collections/actors/items/b%3A%C3%A9%20c")
    assert answer.headers["content-type"] == GEOJSON
    said = answer.json()
    assert (said["type"], said["id"], said["properties"]["actor_name"]) == (
        "Feature",
        "b:é c",
        "Boîte",
    )
    found = links(said)
    assert found["collection"]["href"].endswith("/api/collections/actors?f=json")
    assert client.get(found["self"]["href"]).json() == said
    assert "<h1>Boîte</h1>" in client.get(found["alternate"]["href"]).text


def test_what_is_made_up_says_so(client: Client) -> None:
    made_up = client.get("/api/collections/actors/items/acteur-vu").json()
    true = client.get("/api/collections/actors/items/sans-lieu").json()
    assert (made_up["notice"], made_up["fictive"]) == ("Données fictives", True)
    assert ("notice" in true, true["fictive"], true["geometry"]) == (False, False, None)
    page = client.get("/api/collections/actors/items/acteur-vu?f=html").text
    assert "Données fictives" in page
    assert "<b>gras</b>" not in page


def test_geometry_is_whole_right_handed_and_equal_to_the_dataset(client: Client) -> None:
    said = client.get("/api/collections/departements/items?limit=200").json()
    held = content("departements").dataset.geometry
    found = np.array([shape(one["geometry"]) for one in said["features"]], dtype=object)
    assert shapely.is_valid(found).all()
    assert {one.geom_type for one in found} == {"MultiPolygon"}
    assert shapely.equals_exact(shapely.normalize(found), normal(held), 1e-7).all()
    for part in shapely.get_parts(found):
        assert part.exterior.is_ccw
        assert not any(hole.is_ccw for hole in part.interiors)


def test_rounding_breaks_no_commune() -> None:
    shapes = content("communes").dataset.geometry
    rounded = shapely.transform(shapes, lambda pairs: np.round(pairs, 7))
    assert shapely.is_valid(rounded).sum() == shapely.is_valid(shapes).sum()


@pytest.mark.parametrize("path", ["/api", "/api/conformance", "/api/collections", "/api/openapi",
                                  "/api/collections/epci", "/api/collections/epci/items?limit=3",
                                  "/api/collections/epci/items/epci:246300701"])  # fmt: skip
def test_every_page_says_what_the_document_does(client: Client, path: str) -> None:
    mark = "&" if "?" in path else "?"
    page = client.get(path, {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    text = unescape(page.text)
    assert text.startswith('<!DOCTYPE html><html lang="fr">')
    assert "<script" not in text
    assert page.text.count("<h1>") == page.text.count("<main>") == 1
    said = client.get(f"{path}{mark}f=html")
    assert said.text == page.text
    document = client.get(f"{path}{mark}f=json").json()
    for one in document.get("features", []):
        assert all(str(value) in text for value in one["properties"].values() if value)
    ours = {
        one["href"] for one in document.get("links", []) if one["rel"] not in {"self", "alternate"}
    }
    assert all(one.replace("f=json", "f=html") in text for one in ours)


def test_the_table_reads_in_french_and_leads_on(client: Client) -> None:
    address = "/api/collections/catalysts/items?f=html&limit=20&offset=20"
    page = unescape(client.get(address).text)
    assert 'tabindex="0" role="region" aria-label="Fiches 21 à 40 sur' in page
    assert "Gestion d’un lieu <code>gestion_lieu</code>" in page
    assert page.count("← Page précédente") == page.count("Page suivante →") == 2
    assert 'rel="external">http' in page
    assert "(self)" not in page


def test_the_home_says_what_qgis_wants(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_HOSTS", "carte.example")
    page = unescape(client.get("/api?f=html", {"host": "carte.example"}).text)
    assert "<code>http://carte.example/api</code>" in page


@pytest.mark.parametrize("form", ["json", "html"])
def test_links_are_relative_for_a_host_that_nobody_listed(client: Client, form: str) -> None:
    for path in ("/api", "/api/collections/catalysts/items", "/api/openapi", "/api/collections"):
        text = client.get(f"{path}?f={form}", {"host": "mechant.exemple"}).text
        assert "mechant.exemple" not in text
        assert '"/api' in text


def test_the_manual_says_what_each_parameter_may_hold(client: Client) -> None:
    page = unescape(client.get("/api/openapi?f=html").text)
    for path in client.get("/api/openapi").json()["paths"]:
        assert page.count(f"<code>/api{path}</code>") == 1
    assert "<code>json</code>, <code>html</code>" in page
    assert "au plus 10000" in page
    for target in re.findall(r'href="#([^"]+)"', page):
        assert page.count(f' id="{target}"') == 1


def test_the_definition_is_openapi_and_names_every_filter(client: Client) -> None:
    answer = client.get("/api/openapi")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    assert client.get("/api/openapi.json").json() == answer.json()
    said = answer.json()
    assert said["openapi"].startswith("3.0")
    for name in NAMES:
        parameters = said["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        names = {one.get("name") or one["$ref"].rpartition("/")[2] for one in parameters}
        assert {"bbox", "limit", "offset", "datetime", "f"} <= names
    communes = said["paths"]["/collections/communes/items"]["get"]["parameters"]
    assert "departement_code" in [one.get("name") for one in communes]


def test_a_client_is_not_sent_what_it_holds(client: Client) -> None:
    path = "/api/collections/communes/items?limit=20"
    first = client.get(path, {"accept-encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(first.body))["numberReturned"] == 20
    again = client.get(path, {"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.body) == (304, b"")
    other = client.get(path + "&offset=1", {"if-none-match": first.headers["etag"]})
    assert other.status_code == 200
    assert client.get(path + "&f=html").headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("method", "code"), [("HEAD", 200), ("OPTIONS", 204), ("POST", 405), ("DELETE", 405)]
)
def test_only_reading_is_open(client: Client, method: str, code: int) -> None:
    answer = ask(client, method, "/api/collections/regions/items?limit=1")
    assert answer.status_code == code
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    if code != 200:
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def ask(client: Client, method: str, address: str) -> Any:
    class Asked(Client):
        pass

    async def app(given: Any, receive: Any, send: Any) -> None:
        await client.app({**given, "method": method}, receive, send)

    assert scope(address, {})["method"] == "GET"
    return Asked(app).get(address)


def test_a_withdrawn_record_is_gone_at_once(client: Client) -> None:
    assert client.get(f"/api/collections/actors/items/{SECRETS['draft_id']}").status_code == 404
