"""An export holds the rows that its page shows, by the same parameters, in every format."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyarrow.parquet as pq
import pytest

from geo.analysis.ecosystem import ecosystem
from geo.analysis.nearest import Search, nearest
from geo.analysis.network import Choice, choose
from geo.analysis.origin import parse_origin
from geo.analysis.territory import sheet
from geo.directory.directory import directory
from geo.directory.reading import readable_book
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.errors import AtlasError
from geo.output.exports import FORMATS, GRAPHS, LAYERED, export_url
from geo.output.exports.build import export_of
from geo.query.selection import Selection
from tests.directory.ecosystems.drawn import drawn_book

ECOSYSTEM = "E1"
VIEWS = [
    ("catalysts", {}),
    ("catalysts", {"pratique": ["gestion_lieu"]}),
    ("catalysts", {"texte": ["alliance"]}),
    ("catalysts", {"territoire": ["departement:94"], "autour": ["50"]}),
    ("catalysts", {"lieu": ["commune:94018"], "nombre": ["5"], "rayon": ["100"]}),
    ("actors", {}),
    ("actors", {"profil": ["association"], "texte": ["asso"]}),
    ("actors", {"ecosysteme": [ECOSYSTEM]}),
    ("alliances", {}),
    ("alliances", {"type": ["mecenat"]}),
    ("alliances", {"odd": ["11"], "periode": ["en_cours"]}),
    ("links", {"acteur": ["a"]}),
    ("projects", {"odd": ["11"]}),
    ("territories", {"contours": ["region"]}),
    ("territories", {"contours": ["region"], "indicateur": ["densite_population"]}),
    ("territories", {"contours": ["region"], "indicateur": ["nombre"]}),
    ("territories", {"territoire": ["ept:200057941"]}),
    ("ecosystem", {"ecosysteme": [ECOSYSTEM]}),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make once a store that holds the drawn book beside what ships, one draft and a secret."""
    path = tmp_path_factory.mktemp("drawn") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATALYSE_STORE", str(path))
        book = drawn_book()
        put = {
            kind: [row | {"revision": 0} for row in book[kind].to_dict("records")]
            for kind in ("actor", "alliance", "project", "ecosystem")
        }
        draft = {"actor_id": "z", "actor_name": "Brouillon", "status": "brouillon"}
        secret = {"note": "SECRET", "email": "qui@exemple.fr", "withheld": ["note"]}
        put["actor"].append(put["actor"][0] | draft)
        put["actor"][1] |= secret
        open_store().write(Changes(put), author="t", message="t")
    return path


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CATALYSE_STORE", str(folder))
    return open_store()


def expected(subject, query, store):  # noqa: PLR0911
    """Say the ids that the page shows, worked out as the page does."""
    kept = Selection(
        practices=tuple(query.get("pratique", ())), text=next(iter(query.get("texte", [])), "")
    )
    book, seen = directory(), readable_book(store)
    if "lieu" in query:
        search = Search(5, 100.0)
        return nearest(book, parse_origin("commune:94018"), Selection(), search).all_rows.index
    if subject == "catalysts" and "territoire" in query:
        return sheet(book, "departement", "94", kept, 50.0).all_rows.index
    if subject == "catalysts":
        return book.select(kept).index
    if subject in {"alliances", "links"}:
        choice = Choice(
            kind=next(iter(query.get("type", [])), ""),
            odd=next(iter(query.get("odd", [])), ""),
            actor=next(iter(query.get("acteur", [])), ""),
            current="periode" in query,
        )
        found = choose(seen["alliance"], choice, date(2026, 11, 22))
        pairs = sum(n * (n - 1) // 2 for n in found["member_ids"].map(len))
        return found.index if subject == "alliances" else range(pairs)
    if subject == "projects":
        return [one for one, odd in seen["project"]["odd"].items() if "11" in odd]
    if subject == "territories":
        return range(18) if "contours" in query else ["ept:200057941"]
    if "ecosysteme" in query:
        return ecosystem(ECOSYSTEM, seen).linked.index
    rows = seen["actor"]
    if not query:
        return rows.index
    named = (rows["actor_name"] + " " + rows["town"]).str.contains(r"\basso", case=False)
    return rows.index[named & (rows["profile"] == "association")]


@pytest.mark.parametrize(("subject", "query"), VIEWS)
def test_every_format_holds_the_rows_of_the_page(subject, query, store, tmp_path):
    export = export_of(subject, query)
    wanted = expected(subject, query, store)
    assert len(export.main.frame) == len(wanted)
    if not isinstance(wanted, range):
        assert sorted(export.main.frame.index) == sorted(wanted)
    tables = [form for form in FORMATS if form not in GRAPHS]
    forms = [form for form in tables if not export.whole or form in LAYERED]
    counts = {form: _count(form, export, tmp_path) for form in forms}
    placed = export.main.placed_count
    every = dict.fromkeys(tables, len(wanted)) | {"geojson": placed, "kml": placed}
    assert counts == {form: every[form] for form in forms}


@pytest.mark.usefixtures("store")
def test_a_whole_ecosystem_is_not_cut_to_one_table():
    export = export_of("ecosystem", {"ecosysteme": [ECOSYSTEM]})
    assert export.caption.title.startswith("Écosystème ")
    told = dict(export.facts)["Contenu"].replace("\u00a0", " ")
    assert re.search(r"\d acteurs?, .*\d alliances?, .*\d projets?", told)
    for form in FORMATS.keys() - {*LAYERED, *GRAPHS}:
        with pytest.raises(AtlasError, match="une table"):
            FORMATS[form].write(export)


def _count(form, export, folder):  # noqa: PLR0911
    path = folder / export.file_name(form)
    path.write_bytes(FORMATS[form].content(export))
    match form:
        case "xlsx":
            return openpyxl.load_workbook(path)[export.main.title].max_row - 1
        case "csv":
            text = path.read_text(encoding="utf-8-sig")
            return len(list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";")))
        case "geojson":
            return len(json.loads(path.read_bytes())["features"])
        case "gpkg":
            return len(gpd.read_file(path, layer=export.main.subject))
        case "parquet":
            return pq.read_metadata(path).num_rows
        case "kml":
            [first] = re.findall(r"<Folder>.*?</Folder>", path.read_text("utf-8"), re.DOTALL)[:1]
            return first.count("<Placemark>")
    section = path.read_text(encoding="utf-8").partition("<section>")[2].partition("</section>")[0]
    return section.count("<li ")


@pytest.mark.usefixtures("store")
def test_neither_draft_nor_withheld_field_leaves():
    assert "z" not in export_of("actors", {}).main.frame.index
    found = export_of("actors", {}, drafts=True)
    assert found.main.frame.loc["z", "status"] == "brouillon"
    assert b"Brouillon" in FORMATS["csv"].content(found)
    for form in FORMATS:
        export = export_of("network" if form in GRAPHS else "actors", {})
        content = FORMATS[form].content(export)
        assert not [one for one in (b"Brouillon", b"SECRET", b"qui@exemple.fr") if one in content]


@pytest.mark.parametrize(
    ("subject", "query", "said"),
    [
        ("catalysts", {"pratique": ["danse"]}, "danse"),
        ("catalysts", {"odd": ["11"]}, "odd"),
        ("catalysts", {"territoire": ["epci"]}, "type:code"),
        ("catalysts", {"territoire": ["epci:0"]}, "inconnu"),
        ("catalysts", {"territoire": ["departement:94"], "autour": ["loin"]}, "nombre"),
        ("catalysts", {"lieu": ["nulle part"]}, "Lieu illisible"),
        ("catalysts", {"lieu": ["commune:94018"], "nombre": ["nan"]}, "nombre"),
        ("catalysts", {"lieu": ["commune:94018"], "nombre": ["1e400"]}, "nombre"),
        ("catalysts", {"lieu": ["commune:94018"], "rayon": ["inf"]}, "nombre"),
        ("catalysts", {"texte": ["a", "b"]}, "deux fois"),
        ("actors", {"ecosysteme": ["rien"]}, "Aucune fiche"),
        ("alliances", {"type": ["guerre"]}, "guerre"),
        ("alliances", {"acteur": ["personne"]}, "Acteur inconnu"),
        ("alliances", {"periode": ["jadis"]}, "en_cours"),
        ("territories", {}, "contours=crte"),
        ("territories", {"contours": ["canton"]}, "canton"),
        ("territories", {"contours": ["region"], "indicateur": ["bonheur"]}, "bonheur"),
        ("ecosystem", {}, "ecosysteme="),
    ],
)
def test_a_filter_is_followed_or_refused_never_dropped(subject, query, said):
    with pytest.raises(AtlasError, match=re.escape(said)):
        export_of(subject, query)


def test_what_is_of_the_screen_only_is_no_filter():
    shown = {"centre": ["48,2"], "zoom": ["9"], "vue": ["graphe"], "embed": ["true"]}
    assert len(export_of("catalysts", shown).main.frame) == len(directory().frame)


def test_an_address_keeps_every_value():
    query = {"pratique": ["a", "b"], "texte": "l’été & co", "autour": ""}
    said = "/exports/catalysts.csv?pratique=a&pratique=b&texte=l%E2%80%99%C3%A9t%C3%A9+%26+co"
    assert export_url("catalysts", "csv", query) == said
    assert export_url("actors", "gpkg", {}) == "/exports/actors.gpkg"
