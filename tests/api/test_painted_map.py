"""The map of a page as the server paints it: live at once, and what waits for the data."""

import json
import re
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import parse_qsl

import pytest
from starlette.applications import Starlette

from geo.api import first_view, html_shell, preloads
from geo.output.first import answers
from geo.output.maps import HEXAGONE
from geo.output.maps.spec import base_spec
from pages.components import map as maps
from pages.sections.territoire import territory_view
from tests.api.asgi import Client
from tests.api.test_first_view import INDEX, PAGES, WAITS, painted
from tests.pages.seen import opened

ALONE = "territoire=departement:07"
GIVEN = re.compile(r'<script type="application/json">(.*?)</script>')


@pytest.fixture
def client() -> Client:
    return Client(Starlette(routes=html_shell.routes(INDEX, PAGES)))


def test_who_prefers_to_wait_has_the_answer_once_the_data_are_there(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "READY", False)
    Timer(0.2, setattr, (answers, "READY", True)).start()
    text = painted(client, "/?lieu=commune:94018", prefer="wait=5")
    assert text.count('class="fiche"') > 1
    assert WAITS not in text


def test_nobody_waits_for_ever(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "READY", False)
    monkeypatch.setattr(first_view, "_PATIENCE_S", 0.1)
    assert WAITS in painted(client, "/carte", prefer="wait=5")


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("trouver", ""),
        ("trouver", "lieu=commune:94018&rayon=10&pratique=accompagnements"),
        ("carte", ""),
        ("carte", "contours=region&pratique=accompagnements"),
        ("territoire", ""),
        ("territoire", "territoire=departement:07&autour=30"),
    ],
)
def test_the_painted_map_is_given_what_the_live_one_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, page: str, link: str
) -> None:
    live: list[dict[str, Any]] = []

    def showing(layers: list[Any], **shown: Any) -> None:
        live.append({"layers": layers, "bounds": HEXAGONE, "clicks": (), **shown})

    for module in (maps, territory_view):
        monkeypatch.setattr(module, "show_map", showing)
    opened(page, **dict(parse_qsl(link)))
    wanted = {name: live[0][name] for name in ("layers", "title", "bounds", "clicks")}
    [text] = GIVEN.findall(painted(client, f"/{page.removeprefix('trouver')}?{link}"))
    shown = json.loads(text)
    assert shown["overlay"] == json.loads(json.dumps(wanted))
    assert shown["base"]["outline"] == base_spec()["outline"]
    assert {*shown["scripts"], *shown["styles"]} <= {*preloads.map_files()}


@pytest.mark.parametrize("path", ["/", "/carte", "/territoire", f"/territoire?{ALONE}"])
@pytest.mark.parametrize("prefer", ["", "wait=5"])
def test_a_map_has_a_drawing_under_it_but_for_who_comes_back_for_it(
    client: Client, prefer: str, path: str
) -> None:
    text = painted(client, path, prefer=prefer)
    assert len(GIVEN.findall(text)) == 1
    assert ("<svg" in text[text.index('class="dessin"') :]) == (prefer == "")


@pytest.mark.parametrize(
    "path",
    [
        *("/carte?contours=region&indicateur=catalyst_count", "/alliances"),
        *(f"/territoire?{ALONE}&{more}" for more in ("contrats=crte", "communes=population")),
    ],
)
@pytest.mark.parametrize("prefer", ["", "wait=5"])
def test_what_takes_its_time_is_drawn_for_everybody(client: Client, prefer: str, path: str) -> None:
    text = painted(client, path, prefer=prefer)
    assert GIVEN.findall(text) == []
    assert "<svg" in text[text.index('class="dessin"') :]


def test_without_leaflet_here_the_drawing_stays(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CATALYSE_WEB", str(tmp_path))
    assert GIVEN.findall(painted(client, "/", prefer="wait=5")) == []
    assert "<svg" in painted(client, "/", prefer="wait=5")
