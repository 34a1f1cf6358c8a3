"""The control of time: on the page, by its link, in the files, the sheet, the API, the terminal."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from geo.api import exports, ogc, sheet
from geo.directory.ecosystems import fictitious_changes
from geo.directory.reading import whole_book
from geo.directory.store.store import Store
from geo.directory.store.worlds import FICTITIOUS
from geo.query import parameters as p
from tests.api.asgi import Client
from tests.copied import seeded
from tests.pages.seen import again, html, opened, words
from tests.query.test_every_door import in_terminal

HOST = {"host": "carte.exemple.fr"}
LINK = {"ecosysteme": FICTITIOUS, "date": "2023", "depuis": "2022-12"}


def tried(folder: Path) -> Store:
    """Add the fictitious territory to what ships."""
    made = seeded(folder)
    made.write(fictitious_changes(whole_book(made)), author="essai", message="essai")
    return made


@pytest.fixture
def client(base: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    tried(base).connection.close()
    monkeypatch.setenv("CATALYSE_HOSTS", HOST["host"])
    return Client(Starlette(routes=[*ogc.routes(), *exports.routes(), *sheet.routes()]))


def exported(client: Client, subject: str, **asked: str) -> list[str]:
    text = client.get(f"/exports/{subject}.csv?{urlencode(asked)}", HOST).text
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    return sorted(row[f"{subject[:-1]}_id"] for row in rows)


def test_every_door_gives_the_same_past(client: Client) -> None:
    app = opened("ecosysteme", **LINK)
    assert not app.exception
    assert dict(app.query_params) == LINK
    said = words(app)
    assert "ce qui existait au 31\u00a0décembre\u00a02023" in said
    assert "17\u00a0acteurs, 8\u00a0projets" in said
    assert re.search(r"Acteurs\s+23\s+Alliances\s+9\b", said)
    assert words(again(app, "ecosysteme")) == said

    asked = {one.name: LINK[one.name] for one in (p.ECOSYSTEM, p.DATE)}
    english = urlencode(
        {p.ECOSYSTEM.english: FICTITIOUS, "date": "2023", "compared_date": "2022-12"}
    )
    api = client.get(f"/api/ecosystem?{english}", HOST).json()
    terminal = json.loads(
        in_terminal(
            *("ecosystem", FICTITIOUS, "--date", "2023", "--compared-date", "2022-12"),
            "--format=json",
        )
    )
    for kind, subject, many in (("actor", "actors", 23), ("alliance", "alliances", 9)):
        ids = sorted(one["id"] for one in api["results"] if one["kind"] == kind)
        assert len(ids) == many
        assert ids == exported(client, subject, **asked)
        assert ids == sorted(one["id"] for one in terminal["results"] if one["kind"] == kind)
    assert terminal["changes"] == api["changes"]
    assert len(api["changes"]) == 19
    assert api["undated"] == {"alliance": 0, "actor": 17, "project": 8}

    path = f"/fiches/ecosysteme/{FICTITIOUS}.html"
    printed = client.get(f"{path}?{urlencode({'date': '2023', 'depuis': '2022-12'})}", HOST).text
    assert "Dans le temps" in printed
    assert "Au 31\u00a0décembre\u00a02022" in printed
    assert "La maturité dans le temps" in printed
    assert "Dans le temps" not in client.get(path, HOST).text


@pytest.mark.parametrize("text", ["2023-13", "2999"])
def test_a_date_that_is_none_is_refused_at_every_door(client: Client, text: str) -> None:
    app = opened("ecosysteme", ecosysteme=FICTITIOUS, date=text)
    assert any("Date" in str(one.value) for one in app.warning)
    assert dict(app.query_params) == {"ecosysteme": FICTITIOUS}
    for address in (
        f"/exports/actors.csv?ecosysteme={FICTITIOUS}&date={text}",
        f"/fiches/ecosysteme/{FICTITIOUS}.html?date={text}",
        f"/api/ecosystem?ecosystem={FICTITIOUS}&date={text}",
    ):
        answer = client.get(address, HOST)
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith("Date")
    assert in_terminal("ecosystem", FICTITIOUS, "--date", text).startswith("Date")


def test_moving_the_slider_changes_the_state_and_the_link(client: Client) -> None:
    assert client
    app = opened("ecosysteme", ecosysteme=FICTITIOUS)
    [slider] = app.select_slider
    assert slider.label == "À la date"
    assert slider.value == ""
    slider.set_value("2023-03").run()
    assert dict(app.query_params) == {"ecosysteme": FICTITIOUS, "date": "2023-03"}
    [one] = [one for one in app.radio if one.label.startswith("Quel passé")]
    one.set_value("savait").run()
    assert "La base n’était pas encore écrite à cette date" in words(app)
    assert app.query_params["lecture"] == "savait"
    app.select_slider[0].set_value("").run()
    assert dict(app.query_params) == {"ecosysteme": FICTITIOUS}
    assert "Données fictives" in html(app)
