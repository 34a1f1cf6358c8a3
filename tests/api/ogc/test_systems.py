"""Coordinates in the system a reader asks for: standard's part 2, and QGIS's own requests."""

import math
from urllib.parse import urlencode, urlsplit

import numpy as np
import pytest
import shapely

from geo.output.collections import COLLECTIONS, content
from tests.api.asgi import Answer, Client

ROOT = "http://www.opengis.net/def/crs"
CRS84, EPSG_4326, EPSG_3857 = (
    f"{ROOT}/{one}" for one in ("OGC/1.3/CRS84", "EPSG/0/4326", "EPSG/0/3857")
)
WEST, SOUTH, EAST, NORTH = 2.2, 48.7, 2.6, 49.0


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Place a point on the sphere of web maps by its own formula."""
    up = math.asinh(math.tan(math.radians(lat)))
    return 6_378_137 * math.radians(lon), 6_378_137 * up


BOXES = {
    CRS84: (WEST, SOUTH, EAST, NORTH),
    EPSG_4326: (SOUTH, WEST, NORTH, EAST),
    EPSG_3857: (*mercator(WEST, SOUTH), *mercator(EAST, NORTH)),
}
every_system = pytest.mark.parametrize("system", BOXES)


def asked(client: Client, path: str, **query: object) -> Answer:
    pairs = {name.replace("_", "-"): value for name, value in query.items()}
    return client.get(f"/api/collections/{path}?{urlencode(pairs)}")


def test_each_collection_says_its_systems(client: Client) -> None:
    for one in client.get("/api/collections?f=json").json()["collections"]:
        assert (one["crs"], one["storageCrs"]) == ([*BOXES], CRS84)
    conforms = client.get("/api/conformance?f=json").json()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs" in conforms
    shared = client.get("/api/openapi").json()["components"]["parameters"]
    assert [shared[one]["schema"]["enum"] for one in ("crs", "bbox-crs")] == [[*BOXES]] * 2


@every_system
@pytest.mark.parametrize("name", COLLECTIONS)
def test_each_collection_answers_in_each_system(client: Client, name: str, system: str) -> None:
    answer = asked(client, f"{name}/items", crs=system, limit=5)
    assert answer.status_code == 200
    assert answer.headers["content-crs"] == f"<{system}>"
    assert len(answer.json()["features"]) == min(5, len(content(name).dataset.frame))


@every_system
def test_a_box_is_read_in_its_own_system(client: Client, system: str) -> None:
    box = ",".join(map(repr, BOXES[system]))
    found = asked(client, "communes/items", bbox=box, bbox_crs=system, limit=1000).json()
    dataset = content("communes").dataset
    there = shapely.intersects(dataset.geometry, shapely.box(WEST, SOUTH, EAST, NORTH))
    assert [one["id"] for one in found["features"]] == [*dataset.frame.index[there]]


def test_axes_follow_their_authority_and_centimetres_are_kept(client: Client) -> None:
    def point(system: str) -> list[float]:
        one = asked(client, "actors/items/acteur-vu", crs=system)
        assert one.headers["content-crs"] == f"<{system}>"
        return list(one.json()["geometry"]["coordinates"])

    lon, lat = point(CRS84)
    assert point(EPSG_4326) == [lat, lon]
    assert point(EPSG_3857) == pytest.approx(mercator(lon, lat), abs=0.01)
    assert asked(client, "actors/items/acteur-vu").headers["content-crs"] == f"<{CRS84}>"


def test_overseas_has_its_place_on_the_square_of_web_maps(client: Client) -> None:
    found = asked(client, "regions/items", crs=EPSG_3857).json()["features"]
    held = content("regions").dataset.geometry
    for one, kept in zip(found, held, strict=True):
        west, south, east, north = shapely.geometry.shape(one["geometry"]).bounds
        lon, lat = kept.bounds[:2]
        assert np.allclose((west, south), mercator(lon, lat), atol=0.02)
        assert np.allclose((east, north), mercator(*kept.bounds[2:]), atol=0.02)


@every_system
def test_qgis_turns_the_pages_of_what_its_map_shows(client: Client, system: str) -> None:
    """Replay its provider: the box of the map in the layer's own system, then each next link."""
    query = {
        "limit": 100,
        "bbox": ",".join(map(repr, BOXES[system])),
        "bbox_crs": system,
        "crs": system,
    }
    page, found = asked(client, "communes/items", **query), []
    while True:
        assert page.headers["content-crs"] == f"<{system}>"
        found += page.json()["features"]
        nexts = [one["href"] for one in page.json()["links"] if one["rel"] == "next"]
        if not nexts:
            break
        page = client.get("{0.path}?{0.query}".format(urlsplit(nexts[0])))
    assert len({one["id"] for one in found}) == len(found) == page.json()["numberMatched"] > 100
    (previous,) = [one["href"] for one in page.json()["links"] if one["rel"] == "prev"]
    assert urlencode({"bbox-crs": system}) in previous
    assert urlencode({"crs": system}) in previous


@pytest.mark.parametrize("name", ["crs", "bbox-crs"])
@pytest.mark.parametrize("system", ["", "EPSG:4326", f"{ROOT}/EPSG/0/2154", "urn:x", "4326"])
def test_an_unknown_system_is_refused_and_those_served_are_named(
    client: Client, name: str, system: str
) -> None:
    answer = client.get(f"/api/collections/regions/items?{urlencode({name: system})}")
    assert (answer.status_code, answer.json()["parameter"]) == (400, name)
    assert all(one in answer.json()["detail"] for one in BOXES)


@pytest.mark.parametrize(
    ("box", "system"),
    [("1e9,1e9,2e9,2e9", CRS84), ("1e9,1e9,2e9,2e9", EPSG_4326), ("0,200,10,300", EPSG_4326),
     ("95,0,96,1", EPSG_4326), ("49,2,48,3", EPSG_4326), ("0,9,9,0", EPSG_3857)],
)  # fmt: skip
def test_a_box_out_of_the_world_or_upside_down_is_refused(
    client: Client, box: str, system: str
) -> None:
    answer = asked(client, "regions/items", bbox=box, bbox_crs=system)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "bbox")


def test_a_box_wider_than_the_square_of_web_maps_holds_everything(client: Client) -> None:
    found = asked(client, "regions/items", bbox="-1e300,-1e300,1e300,1e300", bbox_crs=EPSG_3857)
    assert found.json()["numberMatched"] == len(content("regions").dataset.frame)


def test_a_page_is_of_longitudes_and_latitudes_whatever_is_asked(client: Client) -> None:
    answer = asked(client, "actors/items/acteur-vu", crs=EPSG_3857, f="html")
    assert answer.headers["content-crs"] == f"<{CRS84}>"
