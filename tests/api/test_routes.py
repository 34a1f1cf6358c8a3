"""Routes beside the pages, asked as a browser asks them."""

import gzip
import json
import re
import subprocess
import sys
import time

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from geo.api import assets, health, html_shell, layers
from geo.api.query_params import values_of
from geo.output.webfiles import asset_url
from geo.settings import ROOT
from tests.api.asgi import Client, scope

INDEX = (
    '<!DOCTYPE html><html lang="en"><head><link rel="shortcut icon" href="./favicon.png" />'
    "<title>Streamlit</title><script>x</script></head>"
    "<body><noscript>Enable <b>JS</b></noscript><div id=root></div></body></html>"
)


@pytest.fixture
def client() -> Client:
    routes = [
        *html_shell.routes(INDEX, ("carte",)),
        *assets.routes(),
        *layers.routes(),
        *health.routes(),
    ]
    return Client(Starlette(routes=routes))


@pytest.mark.parametrize("path", ["/", "/carte"])
def test_the_document_is_french(client: Client, path: str) -> None:
    page = client.get(path).text
    assert '<html lang="fr">' in page
    assert re.search(r"<title>[^<]+ · Catalyse</title>", page)
    assert "Streamlit" not in page
    assert "Enable" not in page
    assert "page.js" in page


def test_streamlits_own_document_is_rewritten_whole() -> None:
    file_util = pytest.importorskip("streamlit.file_util")
    with open(f"{file_util.get_static_dir()}/index.html", encoding="utf-8") as file:  # noqa: PTH123
        page = html_shell.french(file.read())
    for sign in ('lang="fr"', "__streamlit", "favicon.svg", 'name="description"', "page.js"):
        assert sign in page
    for sign in ('lang="en"', "<title>Streamlit", "You need to enable", "_stcore/agent"):
        assert sign not in page


@pytest.mark.parametrize(
    "path",
    [
        asset_url("leaflet.js"),
        asset_url("basemap.js"),
        "/layers/region_1000.geojson?v=1",
        "/layers/noms.json?v=1",
        "/layers/noms/73.json?v=1",
    ],
)
def test_files_are_compressed_and_kept_by_the_browser(client: Client, path: str) -> None:
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.body == b""


def test_a_version_that_a_file_is_not_is_kept_by_nobody(client: Client) -> None:
    for path in ("/assets/page.js?v=0123456789ab", "/assets/map.css?v="):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_a_browser_without_compression_gets_plain_bytes(client: Client) -> None:
    answer = client.get("/assets/map.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"
    assert "catalyse" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/assets/inconnu.js",
        "/assets/..%2F..%2Fpyproject.toml",
        "/layers/commune_500.geojson",
        "/layers/region_7.geojson",
        "/layers/epci/nulle-part.geojson",
        "/layers/noms/nulle-part.json",
        "/layers/points/0123.json",
        f"/layers/borders/commune/{'9' * 5000}/1.geojson",
        f"/layers/marks/0123/5/{'9' * 5000}/1/1/1.json",
    ],
)
def test_what_is_not_served_is_404_and_says_no_path(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert "/" not in answer.text.replace("« ", "").split("Relancez")[0]


def test_a_query_of_thousands_of_names_costs_no_more_than_its_length() -> None:
    names = [f"{one:x}" for one in range(20_000)]
    request = Request(scope(f"/?{'=&'.join(names)}=&0=b", {}))
    begun = time.process_time()
    found = values_of(request)
    assert time.process_time() - begun < 1
    assert list(found) == names
    assert found["0"] == ["", "b"]


def test_a_territory_is_geojson(client: Client) -> None:
    answer = client.get("/layers/departement/75.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["features"][0]["properties"]["role"] == "perimeter"


def test_names_are_json(client: Client) -> None:
    answer = client.get("/layers/noms/29.json")
    assert answer.headers["content-type"] == "application/json"
    assert "Île-Molène" in [name for name, *_ in answer.json()["names"]]


def test_leaflets_images_are_where_its_style_sheet_asks(client: Client) -> None:
    assert client.get("/assets/images/layers.png").headers["content-type"] == "image/png"


def test_health_counts_what_is_served(client: Client) -> None:
    said = client.get("/api/health").json()
    assert said["status"] == "ok"
    assert said["counts"]["commune"] == 34_875
    assert said["counts"]["crte"] == 854
    assert said["counts"]["catalysts"] == 85
    assert said["version"]


def test_health_says_when_data_is_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("CATALYSE_CATALYSTS", f"{tmp_path}/absent.csv")
    answer = client.get("/api/health")
    assert answer.status_code == 503
    assert answer.json()["status"] == "degraded"
    assert "absent.csv" in answer.json()["message"]


def test_packed_and_plain_bytes_are_the_same() -> None:
    file = html_shell.web_file(json.dumps({"a": 1}).encode(), ".json")
    assert gzip.decompress(file.packed) == file.content


@pytest.mark.parametrize("written", ["W/{}", '"other", {}', "*"])
def test_a_browser_behind_a_proxy_is_not_sent_what_it_holds(client: Client, written: str) -> None:
    path = "/layers/region_1000.geojson"
    etag = client.get(path).headers["etag"]
    again = client.get(path, headers={"if-none-match": written.format(etag)})
    assert again.status_code == 304
    assert client.get(path, headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_a_weight_of_nothing_refuses_compression(client: Client) -> None:
    for header, packed in (("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False)):
        answer = client.get("/assets/page.css", {"accept-encoding": header})
        assert ("content-encoding" in answer.headers) == packed


@pytest.mark.parametrize("text", ["1" * 5000, "250", "²", ""])
def test_outlines_have_two_tolerances_and_no_other(client: Client, text: str) -> None:
    address = f"/layers/region_{text}.geojson".encode().decode("latin-1")
    assert client.get(address).status_code == 404


def test_the_routes_are_known_before_the_data_s_libraries_load() -> None:
    code = (
        "import sys\n"
        "from geo.api import assets, exports, framing, health, html_shell, layers, not_found\n"
        "from geo.api import oembed, ogc, previews, sheet, tiles\n"
        "heavy = {'pandas', 'numpy', 'shapely', 'duckdb', 'folium', 'pyarrow', 'typst'}\n"
        "print(sorted(heavy & {*sys.modules}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_server_answers_before_the_database_loads() -> None:
    code = "import sys, app; print(sorted({'duckdb', 'folium', 'geopandas'} & {*sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
