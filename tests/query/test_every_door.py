"""The real doors, asked the same: they read the same value, or refuse it with the same sentence.

A page is narrower: it leaves out a number that its widget does not offer, and says which it does.
"""

import csv
import io
import json
import re
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from urllib.parse import quote, unquote, urlencode

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from geo.api import exports, html_shell, oembed, ogc, sheet
from geo.cli.french import fault_sentence as in_french
from geo.cli.main import cli
from geo.errors import AtlasError
from geo.query import parameters as p
from geo.query.parameter import Parameter
from tests.api.asgi import Answer, Client
from tests.pages.seen import html, opened

HOST = {"host": "carte.exemple.fr"}
INDEX = '<html lang="en"><head><title>Streamlit</title></head><body></body></html>'
CATALYSTS = "/exports/catalysts.csv"
PLACE, TERRITORY = "commune:94018", "ept:200057941"
Link = dict[str, str]
Read = tuple[str, ...] | str
"""The identifiers of the catalysts found, or the sentence that refuses."""


@pytest.fixture(autouse=True)
def _its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_HOSTS", HOST["host"])


@pytest.fixture(scope="module")
def client() -> Client:
    pages = html_shell.routes(INDEX, ("territoire",))
    some = [*ogc.routes(), *exports.routes(), *oembed.routes(), *sheet.routes(), *pages]
    return Client(Starlette(routes=some))


@pytest.fixture(scope="module")
def find() -> AppTest:
    return opened("trouver")


@pytest.fixture(scope="module")
def territory() -> AppTest:
    return opened("territoire")


def on_page(app: AppTest, link: Link) -> Read:
    """Follow a link: what is left out is said on the page, which shows the rest."""
    app.query_params = dict(link)
    app.run()
    assert not app.exception
    notes = [str(one.value).replace("\\", "").replace("\u00a0", " ") for one in app.warning]
    said = re.sub(
        r'<div class="dehors">.*?</div>', "", html(app), flags=re.DOTALL
    )  # beside the list
    found = re.findall(r'catalyseurs\?fiche=([^"&]+)"', said)
    left = r" Le reste du lien est suivi\.$"
    if notes:
        return re.sub(left, "", notes[0])
    return tuple(sorted({unquote(one) for one in found}))


def over_http(client: Client, address: str) -> Read:
    answer = client.get(address, HOST)
    if answer.status_code != 200:
        return str(answer.json()["detail"])
    if "csv" in answer.headers["content-type"]:
        return in_csv(answer.text.removeprefix("\ufeff"))
    return listed(answer.json()["results"])


def in_csv(text: str) -> tuple[str, ...]:
    return listed(csv.DictReader(io.StringIO(text), delimiter=";"))


def listed(rows: Iterable[dict[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(row["catalyst_id"] for row in rows))


def in_terminal(*words: str) -> str:
    """Run a command; give its output, or how it refuses."""
    out = io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            cli.main([*words], prog_name="catalyse", standalone_mode=False)
    except click.ClickException as fault:
        return in_french(fault).partition(" Voyez «")[0]
    except AtlasError as fault:
        return str(fault)
    return out.getvalue()


def ids(output: str) -> Read:
    return listed(json.loads(output)) if output[:1] == "[" else output


def plain(told: Read, one: Parameter[object]) -> Read:
    """Leave out of a sentence what differs by right: the parameter's name at each door."""
    if isinstance(told, tuple):
        return told
    told = told.replace("\u00a0", " ")
    for name in {one.option, one.english, one.name} - {""}:
        told = re.sub(rf"(?<![\w-]){re.escape(name)} «", "… «", told)
    return told[:1].upper() + told[1:]


def agree(one: Parameter[object], page: Read, *others: Read) -> None:
    told = {plain(other, one) for other in others}
    assert len(told) == 1, told
    if plain(page, one) not in told:
        assert isinstance(page, str), (page, told)
        assert f"possibles : {', '.join(one.kind.offers)}." in page
        assert isinstance(told.pop(), tuple)


numbers = st.one_of(
    st.sampled_from(["5", "10", "25", "20", "250", "7", "0", "-5", "1e1", "nan", "10001", "5.5"]),
    st.text("0123456789.+-e²١ k", min_size=1, max_size=5),
)


@settings(max_examples=15)
@given(st.sampled_from([p.RADIUS, p.COUNT]), numbers)
def test_a_search_is_the_same_by_page_file_api_and_terminal(client, find, one, text):
    link = {p.PLACE.name: PLACE, one.name: text}
    agree(
        one,
        on_page(find, link),
        over_http(client, f"{CATALYSTS}?{urlencode(link)}"),
        over_http(client, f"/api/nearest?{urlencode({'commune': '94018', one.english: text})}"),
        ids(in_terminal("nearest", "--commune=94018", one.option, text, "--format=json")),
    )


@pytest.mark.parametrize("text", ["fiches", "distance"])
def test_the_order_is_the_same_by_page_file_api_and_terminal(client, find, text):
    link = {p.PLACE.name: PLACE, p.ORDER.name: text, p.COUNT.name: "20"}
    on_page(find, link)
    asked = urlencode({"commune": "94018", "k": "20", p.ORDER.english: text})
    api = client.get(f"/api/nearest?{asked}", HOST).json()["results"]
    wanted = [one["catalyst_id"] for one in api]
    page = [unquote(one) for one in re.findall(r'catalyseurs\?fiche=([^"&]+)"', html(find))]
    filed = client.get(f"{CATALYSTS}?{urlencode(link)}", HOST).text.removeprefix("\ufeff")
    terminal = in_terminal(
        *("nearest", "--commune=94018", "-k", "20", p.ORDER.option, text, "--format=json")
    )
    assert page == wanted
    rows = csv.DictReader(io.StringIO(filed), delimiter=";")
    assert [one["catalyst_id"] for one in rows] == wanted
    assert [one["catalyst_id"] for one in json.loads(terminal)] == wanted


def test_the_order_is_another_by_distance_alone(client):
    asked = ["/api/nearest?commune=94018", "/api/nearest?commune=94018&order=distance"]
    usual, alone = (
        [one["catalyst_id"] for one in client.get(one, HOST).json()["results"]] for one in asked
    )
    assert usual != alone


@pytest.mark.parametrize("text", ["loin", "Distance"])
def test_an_order_that_is_none_is_refused_everywhere(client, find, text):
    one, link = p.ORDER, {p.PLACE.name: PLACE, p.ORDER.name: text}
    agree(
        one,
        on_page(find, link),
        over_http(client, f"{CATALYSTS}?{urlencode(link)}"),
        over_http(client, f"/api/nearest?{urlencode({'commune': '94018', one.english: text})}"),
        in_terminal("nearest", "--commune=94018", one.option, text, "--format=json"),
    )


def tagged(client: Client, link: Link) -> str:
    """Return the address that a shared link says of itself."""
    text = client.get(f"/territoire?{urlencode(link)}", HOST).text
    return unquote(re.search(r'property="og:url" content="([^"]*)"', text)[1])


def framed(client: Client, link: Link) -> Answer:
    address = f"http://carte.exemple.fr/territoire?{urlencode(link)}"
    return client.get(f"/oembed?url={quote(address, safe='')}", HOST)


@pytest.mark.parametrize("text", ["epci", ":94", "ept:", "ept:rien", "pays:FR"])
def test_a_territory_that_is_none_is_refused_everywhere(client, territory, text):
    one, link = p.TERRITORY, {p.TERRITORY.name: text}
    written = in_terminal("export", "--territory", text, "-o", "/dev/null")
    agree(
        one,
        on_page(territory, link),
        over_http(client, f"{CATALYSTS}?{urlencode(link)}"),
        str(framed(client, link).json()["detail"]),
        written.replace("TYPE:CODE", "type:code"),
    )
    assert tagged(client, link).endswith("/territoire") == ("illisible" in written)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        *((p.NEAR, text) for text in ("5", "20", "7", "-1", "2001", "loin", "²")),
        (p.PRACTICE, "gestion_lieu"),
        (p.PRACTICE, "danse"),
        (p.TEXT, " alliance "),
    ],
)
def test_a_territory_is_the_same_by_page_frame_file_sheet_and_terminal(
    client, territory, tmp_path, one, text
):
    link, path = {p.TERRITORY.name: TERRITORY, one.name: text}, tmp_path / "a.csv"
    options = {p.NEAR.option: f"{p.NEAR.default:g}", one.option: text}
    words = [f"{name}={value}" for name, value in options.items()]
    refused = in_terminal("export", f"--territory={TERRITORY}", *words, "-o", str(path))
    written = refused or in_csv(path.read_text(encoding="utf-8-sig"))
    page, filed = on_page(territory, link), over_http(client, f"{CATALYSTS}?{urlencode(link)}")
    agree(one, page, filed, written)
    own = f"/fiches/{TERRITORY.replace(':', '/')}.html?{urlencode({one.name: text})}"
    for told, answer in ((filed, client.get(own)), (page, framed(client, link))):
        assert answer.status_code == (400 if isinstance(told, str) else 200)
        assert isinstance(told, tuple) or plain(told, one) == plain(answer.json()["detail"], one)
