"""Links pasted elsewhere: their tags, their image, oEmbed, and who may frame what."""

import asyncio
import re
from contextlib import AsyncExitStack
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from geo.api import concurrency, html_shell, oembed, previews
from geo.api.framing import Guarded
from geo.directory.demo import demo_csv
from geo.output.embedding import frame_ancestors, iframe, own_origin, page_url, wrong_ancestors
from geo.output.preview_counts import count_territory, preview
from tests.api.asgi import Answer, Client

HOST = {"host": "carte.exemple.fr"}
HOME = "http://carte.exemple.fr"
TERRITORY = "/territoire?territoire=departement:94"
INDEX = '<html lang="en"><head><title>Streamlit</title></head><body></body></html>'
PAGES = ("carte", "territoire", "ecosysteme", "contribuer")


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("CATALYSE_HOSTS", "carte.exemple.fr")
    routes = [
        *html_shell.routes(INDEX, PAGES),
        *oembed.routes(),
        *previews.routes(),
        Route("/{rest:path}", lambda _: HTMLResponse("<html></html>")),
    ]
    return Client(Starlette(routes=routes, middleware=[Middleware(Guarded, INDEX)]))


def tag(answer: Answer, name: str) -> str:
    found = re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)" />', answer.text)
    return unescape(found[1]) if found else ""


def policy(answer: Answer) -> str:
    return answer.headers["content-security-policy"]


# --- the tags -----------------------------------------------------------------------------


def test_a_territory_is_named_with_its_count(client: Client) -> None:
    answer = client.get(TERRITORY, HOST)
    found = count_territory("departement", "94")
    assert found.inside > 0
    assert tag(answer, "og:title").startswith(f"Val-de-Marne (94)\u00a0: {found.inside}\u00a0cat")
    assert "47\u00a0communes" in tag(answer, "og:description")
    assert tag(answer, "og:url") == HOME + TERRITORY
    assert tag(answer, "og:image") == f"{HOME}/apercu/departement/94.png"
    alt = f"Contour du territoire Val-de-Marne (94)\u00a0: {found.figures()}"
    assert tag(answer, "og:image:alt") == alt
    assert tag(client.get("/carte", HOST), "og:image:alt").startswith("Contour de la France")
    assert tag(answer, "og:site_name") == "Catalyse"
    assert tag(answer, "twitter:card") == "summary_large_image"
    assert f'<link rel="canonical" href="{HOME}{TERRITORY}" />' in answer.text


def test_a_territory_is_counted_once_and_again_when_the_catalysts_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = count_territory("departement", "94")
    assert count_territory("departement", "94") is first
    (tmp_path / "a.csv").write_text(demo_csv(3, 1), encoding="utf-8")
    monkeypatch.setenv("CATALYSE_CATALYSTS", str(tmp_path / "a.csv"))
    again = count_territory("departement", "94")
    assert (again.fictive, first.fictive) == (True, False)
    assert preview("territoire", {"territoire": "departement:94"}).description.startswith(
        "Données fictives"
    )


def test_what_a_link_names_wrongly_is_said_in_general(client: Client) -> None:
    asked = client.get("/territoire?territoire=departement:999", HOST)
    assert tag(asked, "og:title") == "Un territoire et ses catalyseurs"
    assert tag(asked, "og:image") == f"{HOME}/apercu.png"


def test_before_the_data_are_loaded_a_link_says_its_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(__import__("sys").modules, "geo.output.preview_counts")
    assert tag(client.get(TERRITORY, HOST), "og:title") == "Un territoire et ses catalyseurs"


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', "a' onload=x", "é&lt;\r\nX: y"])
def test_no_tag_writes_html_of_its_own(client: Client, text: str) -> None:
    answer = client.get(f"/carte?ecosysteme={quote(text)}&territoire={quote(text)}", HOST)
    assert "<script>" not in answer.text
    assert all(value.isprintable() for value in answer.headers.values())
    assert answer.text.count('rel="canonical"') == 1


@pytest.mark.parametrize("host", ['x"><script>', "a b", "user@evil.fr", ""])
def test_a_host_that_is_none_gives_no_address(client: Client, host: str) -> None:
    answer = client.get("/carte", {"host": host})
    assert "<script>" not in answer.text
    assert "canonical" not in answer.text
    assert tag(answer, "og:title")


def test_the_public_address_is_a_setting(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_URL", "https://cartes.maville.fr/")
    assert tag(client.get("/carte", HOST), "og:url") == "https://cartes.maville.fr/carte"


@pytest.mark.parametrize("path", ["/apercu.png", "/apercu/departement/974.png"])
def test_the_image_is_a_png_of_the_said_size(client: Client, path: str) -> None:
    body = client.get(path).body
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(body[16:20]), int.from_bytes(body[20:24])) == (1200, 630)


def test_an_image_is_drawn_in_its_turn(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concurrency.pages, "patience_s", 0.01)

    async def asked(*holders: str) -> int:
        async with AsyncExitStack() as taken:
            for one in holders:
                await taken.enter_async_context(concurrency.pages.turn(one))
            return (await asyncio.to_thread(client.get, "/apercu.png")).status_code

    one, other, oneself = "192.0.2.1", "192.0.2.2", "127.0.0.1"
    assert asyncio.run(asked(one, one)) == 200  # however slow, an address leaves a turn
    assert asyncio.run(asked(oneself, oneself)) == 429
    assert asyncio.run(asked(one, one, other)) == 503
    assert client.get("/apercu.png").status_code == 200


def test_no_image_of_a_territory_that_is_none(client: Client) -> None:
    assert client.get("/apercu/crte/rien.png").status_code == 404


# --- oEmbed -------------------------------------------------------------------------------


def asked(client: Client, url: str, more: str = "") -> Answer:
    return client.get(f"/oembed?url={quote(url, safe='')}{more}", HOST)


def test_discovery_leads_to_an_answer(client: Client) -> None:
    link = re.search(r'json\+oembed"[^>]* href="([^"]+)"', client.get(TERRITORY, HOST).text)
    assert link
    answer = client.get(unescape(link[1]).removeprefix(HOME), HOST)
    said = answer.json()
    assert (answer.status_code, said["version"], said["type"]) == (200, "1.0", "rich")
    assert said["title"].startswith("Val-de-Marne (94)")
    assert 'title="Val-de-Marne (94)' in said["html"]
    assert f"{HOME}/territoire?territoire=departement:94&amp;embed=true" in said["html"]


@pytest.mark.parametrize("host", ["carte.exemple.fr:80", "CARTE.exemple.fr"])
def test_the_usual_port_and_capitals_name_the_same_host(client: Client, host: str) -> None:
    answer = asked(client, f"http://{host}/carte")
    assert answer.status_code == 200
    assert f'src="{HOME}/carte?embed=true"' in answer.json()["html"]


def test_pages_that_are_not_embedded_say_no_oembed(client: Client) -> None:
    for path in ("/", "/contribuer", "/territoire"):
        assert "oembed" not in client.get(path, HOST).text


def test_sizes_are_bounded(client: Client) -> None:
    said = asked(client, f"{HOME}/carte", "&maxwidth=320&maxheight=5000").json()
    assert (said["width"], said["height"]) == (320, 900)
    assert 'width="320" height="900"' in said["html"]


@pytest.mark.parametrize(
    ("url", "more", "status"),
    [
        ("http://ailleurs.fr/carte", "", 404),
        ("http://carte.exemple.fr@ailleurs.fr/carte", "", 404),
        ("http://carte.exemple.fr:81/carte", "", 404),
        ("javascript:alert(1)", "", 404),
        ("http://[x/carte", "", 404),
        (f"{HOME}/contribuer", "", 404),
        (f"{HOME}/territoire", "", 404),
        (f"{HOME}/territoire?territoire=crte:rien", "", 404),
        ("", "", 400),
        (f"{HOME}/carte", "&maxwidth=large", 400),
        (f"{HOME}/carte", "&format=xml", 501),
    ],
)
def test_what_is_not_ours_is_refused(client: Client, url: str, more: str, status: int) -> None:
    answer = asked(client, url, more)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_a_frame_carries_only_known_parameters(client: Client) -> None:
    html = asked(client, f"{HOME}/carte?profil=association&x=%22onload&embed=false").json()["html"]
    assert "profil=association&amp;embed=true" in html
    assert "onload" not in html


# --- who may frame ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/territoire?embed=true&territoire=departement:94", "'self' *"),
        ("/carte?EMBED=True", "'self' *"),
        ("/carte", "'self'"),
        ("/carte?embed=false", "'self'"),
        ("/contribuer?embed=true", "'self'"),
        ("/?embed=true", "'self'"),
        ("/contribuer/?embed=true", "'self'"),  # Streamlit's own answer to any address
        ("/component/streamlit_folium.st_folium/index.html", "'self' *"),
    ],
)
def test_only_embedded_views_are_framed_by_others(client: Client, path: str, said: str) -> None:
    assert policy(client.get(path)).endswith(f"; frame-ancestors {said}")


@pytest.mark.parametrize("kind", ["image/svg+xml", "Image/SVG+xml; charset=utf-8", "text/xml"])
def test_a_drawing_opened_by_itself_runs_nothing_and_asks_nobody(kind: str) -> None:
    headers = {"content-type": kind}
    site = Starlette(routes=[Route("/media/a.svg", lambda _: Response("<svg/>", headers=headers))])
    said = policy(Client(Guarded(site, INDEX)).get("/media/a.svg"))
    assert said.startswith("default-src 'none'; ")
    assert said.endswith("; sandbox")
    assert "script-src" not in said


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("", "'self'"),
        ("none", "'self'"),
        ("None", "'self'"),
        ("'NONE'", "'self'"),
        ("SELF https://a.fr/", "'self' https://a.fr"),
        ("https://", "'self'"),
        ("*/", "'self'"),
        ("*", "'self' *"),
        ("https://www.maville.fr", "'self' https://www.maville.fr"),
        ("self, https://*.maville.fr:8443  http:", "'self' https://*.maville.fr:8443 http:"),
        ("https://a.fr; script-src *", "'self'"),
        ("https://a.fr\r\nX-Evil: 1", "'self'"),
        ("javascript:", "'self'"),
        ("'none' https://a.fr", "'self'"),
        ("https://a.fr/chemin", "'self'"),
        ("é.fr", "'self'"),
    ],
)
def test_a_setting_that_is_no_list_of_sites_lets_nobody_in(setting: str, said: str) -> None:
    assert frame_ancestors(setting) == said


def test_a_wrong_setting_is_said_in_one_sentence() -> None:
    assert wrong_ancestors("https://a.fr https://b.fr") == ""
    assert wrong_ancestors("n'importe|quoi").startswith("CATALYSE_FRAME_ANCESTORS\u00a0: ")


@pytest.mark.parametrize(
    ("setting", "came_by", "said"),
    [
        ("", "http://127.0.0.1:8501/carte", "http://127.0.0.1:8501"),
        ("https://a.fr/", "http://b.fr", "https://a.fr"),
        ("n'importe quoi", "http://b.fr", "http://b.fr"),
        ("https://A.fr:443/", "http://b.fr", "https://a.fr"),
        ("", "http://b.fr:80", "http://b.fr"),
        ("", "http://b.fr:443", "http://b.fr:443"),
        ("", "http://b.fr:99999", ""),
        ("", "ftp://b.fr", ""),
        ("", "http://user@b.fr", ""),
    ],
)
def test_the_own_address(setting: str, came_by: str, said: str) -> None:
    assert own_origin(setting, came_by) == said


def test_a_frame_is_escaped() -> None:
    html = iframe(page_url(HOME, "carte", {"texte": '"><b>'}), 'L’« "œuvre" » <i>', "100%", 600)
    assert html.count("<") == 2
    assert "&amp;" not in page_url(HOME, "carte", {"a": "b"})
