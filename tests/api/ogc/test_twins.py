"""Two bases that differ only by what is not published: no address tells one from the other.

To look for words that must not leave finds what is copied. A count, an order, a tag, a filter that
answers more, a place on a tile may tell as much without a word.
"""

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from starlette.applications import Starlette

from geo.api import html_shell, images, indexing, oembed, previews, sheet
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.output import preview_counts
from geo.output.caption import today
from geo.output.first import answers
from geo.output.first.document import MENU
from tests.api.asgi import Client
from tests.api.ogc.conftest import ROUTES
from tests.api.ogc.test_secrets import DOCUMENTS, QUESTIONS, TILES, pages
from tests.store.drawn import record

Twin = dict[str, list[dict[str, Any]]]
URL: Final = "https://cartes.maville.fr"
HERE: Final = {"longitude": 2.4158, "latitude": 48.8196}
THERE: Final = {"longitude": 4.8357, "latitude": 45.764}
HELD: Final = (
    {"address": "12 rue Alpha", "email": "alpha@a.fr", "phone": "0101010101", "summary": "Alpha",
     "website": "https://alpha.fr", "description": "Alpha " * 30, "note": "alpha", **HERE},
    {"address": "7 bd Omega", "phone": "", "offers": "Omega", "opening_hours": "Omega", **THERE},
)  # fmt: skip
OF_THE_TEAM: Final = (
    {"location_source": "saisie", "location_score": 0.9, "external_ids": ["alpha"]},
    {"location_check": "omega", "location_score": 0.2, "sources": ["Omega"]},
)
PUBLIC: Final = {
    "practices": ["gestion_lieu"], "commune_code": "94018", "departement_code": "94",
    "region_code": "11", "location_precision": "adresse", "evidence": "named",
}  # fmt: skip
TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+\d\d:\d\d)?|\d\d[h:]\d\d"
)


def twin(one: int) -> Twin:
    names = sorted({name for some in HELD for name in some} | {"longitude", "latitude"})
    word = ("Alpha", "Omega")[one]
    actors = [
        record("actor", "vu", actor_name="Vu", withheld=names, **PUBLIC, **HELD[one],
               **OF_THE_TEAM[one]),
        record("actor", "clair", actor_name="Clair", **PUBLIC, **HERE),
        record("actor", "tu", actor_name=word, status="brouillon",
               **{**PUBLIC, "practices": [("gestion_lieu", "accompagnements")[one]]},
               **(HERE, THERE)[one]),
    ]  # fmt: skip
    members = [["vu", "clair"], ["clair", "tu"]][one]
    alliances = [
        record("alliance", "al-1", member_ids=["vu", "clair", "tu"], member_roles=["", "", word]),
        record("alliance", "al-2", alliance_name=word, member_ids=members, member_roles=["", ""],
               odd=[("11", "3")[one]], status="brouillon"),
    ]  # fmt: skip
    projects = [
        record("project", "p1", actor_ids=["vu", "tu"], alliance_ids=["al-1", "al-2"], rank=one),
        record("project", "p2", project_name=word, actor_ids=["clair"], status="brouillon"),
    ]
    return {"actor": actors, "alliance": alliances, "project": projects}


def asked() -> list[str]:
    """List what to ask: every door, and each secret as a filter of each, there or refused."""
    words = [str(value) for some in HELD for value in some.values() if value]
    found = [
        f"/api/collections/{kind}/items?{name}={quote(word)}"
        for kind in ("actors", "catalysts", "alliances")
        for name in ("q", "sortby", "filter", "alliance_name", "practices", *HELD[0])
        for word in (words[0], "omega", "alpha", "-note", "accompagnements")
    ]
    found += [f"/{page}?recherche={word}" for page in ("catalyseurs", "acteurs") for word in words]
    found += [
        f"/exports/{subject}.{form}"
        for subject in ("catalysts", "actors", "alliances", "network", "coverage")
        for form in ("csv", "geojson", "kml", "gexf")
    ]
    found += ["/carte", "/alliances", "/projets", "/territoire?territoire=commune:94018", "/"]
    found += ["/acteurs?fiche=vu", "/acteurs?fiche=tu", "/alliances?alliance=al-2", "/couverture"]
    found += [f"/oembed?url={quote(URL + '/carte', safe='')}", "/apercu/commune/94018.png"]
    found += ["/fiches/commune/94018.html", "/fiches/departement/69.html", "/sitemap/pages.xml"]
    found += [
        "/exports/carte.svg",
        "/exports/alliances.svg",
        "/exports/carte.svg?lieu=commune:94018",
    ]
    return [*DOCUMENTS, *QUESTIONS, *TILES, *pages()[:-2], *found, "/api/network", "/sitemap.xml"]


def told(
    folder: Path, rows: Twin, monkeypatch: pytest.MonkeyPatch, paths: list[str]
) -> dict[str, tuple[Any, ...]]:
    """Ask a base of these records everything; give status, tag and text, without the hour."""
    monkeypatch.setenv("CATALYSE_STORE", str(folder))
    monkeypatch.setenv("CATALYSE_URL", URL)
    store = open_store()
    for kind, some in rows.items():
        store.write(Changes.one(kind, *some), author="Aude", message="Essai")
    names = tuple(page for page in MENU if page)
    shell = '<html><head></head><body><div id="root"></div></body></html>'
    more = [images, indexing, oembed, previews, sheet]
    routes = [*html_shell.routes(shell, names), *(one for room in more for one in room.routes())]
    client = Client(Starlette(routes=[*routes, *ROUTES]))
    found = {path: client.get(path, {"Accept-Encoding": "identity"}) for path in paths}
    return {
        path: (one.status_code, one.headers.get("etag"), TIME.sub("", one.body.decode("latin-1")))
        for path, one in found.items()
    }


def test_nothing_tells_one_twin_from_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answers.READY  # until both are loaded, a page is painted without what they say
    assert preview_counts
    for attempt in ("a", "b"):
        day = today()
        first, second = (
            told(tmp_path / f"{attempt}{one}", twin(one), monkeypatch, asked()) for one in (0, 1)
        )
        if today() == day:  # files say their day: midnight may pass between the two
            break
    assert [path for path in first if first[path] != second[path]] == []
    assert sum(status == 200 for status, _, _ in first.values()) > 80
    assert sum("Clair" in text for _, _, text in first.values()) > 20


def test_a_published_word_would_tell_them_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = twin(0)
    other["actor"][1]["note"] = "vu de tous"
    first = told(tmp_path / "a", twin(0), monkeypatch, pages()[:-2])
    second = told(tmp_path / "b", other, monkeypatch, pages()[:-2])
    assert sum(first[path] != second[path] for path in first) > 3
