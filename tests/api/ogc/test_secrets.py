"""What is not published, or withheld, leaves by no address of the API."""

import gzip

import pytest
from starlette.applications import Starlette

from geo.api import html_shell, images, indexing
from geo.output.collections import COLLECTIONS
from geo.output.first import answers
from geo.output.first.document import MENU
from geo.output.tiles import LAYERS
from tests.api.asgi import Client
from tests.api.ogc.drawn import SECRETS

DOCUMENTS = ("/api", "/api/openapi", "/api/collections", "/api/conformance", "/api/health")
QUESTIONS = (
    "/api/nearest?lon=2.4158&lat=48.8196&k=200",
    "/api/nearest?commune=94018&k=200&practice=gestion_lieu",
    "/api/locate?lon=2.4158&lat=48.8196",
    "/api/communes?q=charenton",
)
TILES = tuple(
    f"/tiles/{name}/{z}/{x}/{y}.mvt"
    for name in LAYERS
    for z, x, y in ((8, 129, 88), (14, 8301, 5639))
)


def every_answer(client: Client) -> list[tuple[str, bytes]]:
    forms = [
        f"{path}{'&' if '?' in path else '?'}f={form}"
        for path in pages()
        for form in ("json", "html")
    ]
    asked = [*DOCUMENTS, *QUESTIONS, *TILES, *(f"/tiles/{name}.json" for name in LAYERS), *forms]
    return [(path, body(client, path)) for path in asked]


def pages() -> list[str]:
    near = "bbox=2.3,48.7,2.5,48.9"
    found = [f"/api/collections/{name}/items?limit=10000&{near}" for name in COLLECTIONS]
    found += [
        f"/api/collections/{name}/items?limit=10000"
        for name in ("catalysts", "actors", "alliances")
    ]
    return [
        *found,
        "/api/collections/actors/items/acteur-vu",
        "/api/collections/alliances/items/al-1",
    ]


def body(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, path
    packed = answer.headers.get("content-encoding") == "gzip"
    return gzip.decompress(answer.body) if packed else answer.body


def test_no_secret_leaves_by_any_address(client: Client) -> None:
    told = every_answer(client)
    assert any(b"acteur-vu" in found for _, found in told)
    assert sum(b"acteur-vu" in found for path, found in told if path.startswith("/tiles")) == 4
    for path, found in told:
        for name, secret in SECRETS.items():
            assert secret.encode() not in found, (path, name)


def test_no_secret_is_found_by_filtering(client: Client) -> None:
    for name in ("email", "phone", "withheld", "sources", "external_ids", "member_roles"):
        for collection in ("actors", "catalysts", "alliances"):
            answer = client.get(f"/api/collections/{collection}/items?{name}=a")
            assert (answer.status_code, answer.json()["parameter"]) == (400, name)
    found = client.get("/api/collections/actors/items?address=12%20rue%20Retenue").json()
    assert found["numberMatched"] == 0


PAINTED = (
    *("/", "/carte", "/catalyseurs", "/territoire?territoire=commune:94018", "/ressources"),
    *("/?lieu=commune:94018", "/?recherche=charenton&lieu=commune:94018"),
    "/catalyseurs?fiche=acteur-vu",
    f"/catalyseurs?fiche={SECRETS['draft_id']}",
    *("/ecosysteme", "/ecosysteme?ecosysteme=reseau-des-pionniers", "/acteurs", "/projets"),
    *("/acteurs?fiche=acteur-vu", f"/acteurs?fiche={SECRETS['draft_id']}"),
    *("/alliances", "/alliances?vue=tableau", "/alliances?acteur=acteur-vu&vue=matrice"),
    *("/alliances?alliance=al-1", "/alliances?alliance=al-2"),
    *("/exports/carte.svg", "/exports/trouver.svg?lieu=commune:94018", "/exports/alliances.svg"),
    "/exports/ecosysteme.svg?ecosysteme=reseau-des-pionniers",
    *("/sitemap.xml", "/sitemap/pages.xml"),
)


def test_no_secret_is_painted_drawn_or_listed_for_search_engines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CATALYSE_URL", "https://cartes.maville.fr")
    assert answers.READY
    names = [page for page in MENU if page]
    pages = html_shell.routes(
        '<html><head></head><body><div id="root"></div></body></html>', tuple(names)
    )
    client = Client(Starlette(routes=[*pages, *images.routes(), *indexing.routes()]))
    told = {path: body(client, path) for path in PAINTED}
    assert sum(b"acteur-vu" in found for found in told.values()) > 4
    for path, found in told.items():
        for name, secret in SECRETS.items():
            if name == "phone" and "fiche=" in path:
                continue  # a published organisation's own number, which its page says
            assert secret.encode() not in found.replace(path.encode(), b""), (path, name)
