"""Who bridges whom, said and drawn: sentences, tables, graph, files; API and terminal agree."""

import csv
import io
import json
import re
from pathlib import Path

import igraph
import networkx as nx
import pytest
from starlette.applications import Starlette

from geo.analysis.bridging import bridging
from geo.analysis.network import edges
from geo.api import ogc
from geo.directory.ecosystems.fictitious import fictitious_changes
from geo.directory.reading import whole_book
from geo.directory.schema import KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.open import open_store
from geo.directory.store.worlds import FICTITIOUS
from geo.output.bridging import sentences
from geo.output.bridging_tables import measures, role_rows, year_table
from geo.output.exports import FORMATS
from geo.output.exports.build import export_of
from geo.output.graph import graph_options
from geo.output.graph_symbols import group_symbols
from geo.output.layout import places
from tests.analysis.alliances import at_random, joined
from tests.api.asgi import Client
from tests.cli.running import catalyse
from tests.directory.ecosystems.drawn import ACTORS, drawn_book

SPITEFUL = '<img src=x onerror="alert(1)">\x02 & « L’Œuvre »'
BOOK = drawn_book()
MEASURED = {"partners", "alliance_count", "between", "cut", "group"}
PUBLIC = MEASURED | {
    *("label", "profile", "profile_label", "practices", "practices_label", "town"),
    *("commune_code", "status", "status_label", "longitude", "latitude", "fictif"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make once a store that holds the fictitious territory, and a spiteful pair with secrets."""
    path = tmp_path_factory.mktemp("network") / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CATALYSE_STORE", str(path))
        store = open_store()
        store.write(fictitious_changes(whole_book(store)), author="t", message="t")
        blank = KINDS["actor"].blank() | {"status": "publiee", "actor_name": SPITEFUL}
        secret = {"email": "qui@exemple.fr", "phone": "0102030405", "note": "SECRET"}
        hidden = {"withheld": ["note", "longitude"], "longitude": 2.4, "latitude": 48.8}
        two = [blank | secret | hidden | {"actor_id": one} for one in ("s1", "s2")]
        draft = blank | {"actor_id": "s3", "actor_name": "Brouillon", "status": "brouillon"}
        pact = KINDS["alliance"].blank() | {
            "alliance_id": "al",
            "alliance_name": SPITEFUL,
            "status": "publiee",
            "partnership_kind": "mecenat",
            "member_ids": ["s1", "s2", "s3"],
        }
        store.write(Changes({"actor": [*two, draft], "alliance": [pact]}), author="t", message="t")
    return path


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALYSE_STORE", str(folder))


# --- what is said --------------------------------------------------------------------------------


def test_a_small_network_is_said_too_small_and_no_measure_is_printed() -> None:
    found = bridging(BOOK["alliance"], BOOK["actor"], 2026)
    told = {one.title: one.sentence for one in sentences(found, BOOK["actor"]["actor_name"])}
    refused = [said for said in told.values() if said.startswith("Trop peu")]
    assert len(refused) == 6
    assert not any("fois sur 100" in said or "%" in said for said in told.values())
    assert told["Qui est seul"].replace("\u00a0", " ") == (
        "1 acteur sur 5 n’est nommé par aucune de ces alliances : Asso E."
    )
    assert year_table(found) == ""
    whole = measures(found)
    assert (whole["mixing"], whole["groups"], whole["bridging_alliances"]) == (None, None, None)
    assert role_rows(found, BOOK["actor"]["actor_name"])["chemins"].isna().all()


def test_each_measure_is_one_sentence_with_its_limit() -> None:
    alliances, actors = at_random(60, 90)
    told = sentences(bridging(alliances, actors, 2026), actors["actor_name"])
    assert len(told) == 7
    for one in told:
        assert re.fullmatch(r"[^.]+\.", one.sentence), one
        assert one.title
    assert sum(bool(one.limit) for one in told) >= 6
    said = {one.title.replace("\u00a0", " "): one.sentence for one in told}
    assert re.search(r"\(\d+ fois sur 100\)", said["Qui relie les autres"])
    assert "999 tirages" in said["Les profils se croisent-ils ?"].replace("\u00a0", " ")


def test_names_are_said_as_they_are_and_never_read_as_html() -> None:
    alliances, actors = joined([[f"{one}", f"{one + 1}"] for one in range(12)])
    named = actors.assign(actor_name=SPITEFUL)
    told = sentences(bridging(alliances, named, 2026), named["actor_name"])
    assert any("<img" in one.sentence for one in told)
    written = year_table(bridging(alliances.assign(since="2020"), named, 2022))
    assert "<img" not in written


# --- what is drawn -------------------------------------------------------------------------------


def test_the_graph_has_a_node_an_actor_and_an_edge_a_pair_and_no_html() -> None:
    pairs = edges(BOOK["alliance"])
    spiteful = drawn_book(actor=[one | {"actor_name": SPITEFUL} for one in ACTORS])["actor"]
    options = graph_options(spiteful, pairs, centre="b")
    series, hindrances = options["series"]
    assert [node["id"] for node in series["data"]] == list("abcde")
    assert [node["id"] for node in hindrances["data"]] == list("abcde")
    assert len(series["links"]) == 4
    assert options["tooltip"] == {"renderMode": "richText", "confine": True}
    assert "formatter" not in json.dumps(options)
    assert series["data"][1]["itemStyle"]["shadowBlur"] > 0
    assert "itemStyle" not in series["data"][0]
    named = [one["name"] for one in series["categories"]]
    assert named == ["Collectivités territoriales", "Associations", "Entreprises",
                     "Profil non renseigné"]  # fmt: skip
    assert all(
        one["symbol"].startswith("image://data:image/svg+xml,") for one in series["categories"]
    )
    assert {one["lineStyle"]["type"] for one in series["links"] if one["source"] == "a"} == {
        "solid"
    }


def test_names_are_whole_inside_the_drawing_and_hidden_rather_than_piled() -> None:
    options = graph_options(BOOK["actor"], edges(BOOK["alliance"]))
    wide, unseen = options["series"]
    narrow, _ = options["media"][0]["option"]["series"]
    assert unseen["silent"]
    assert unseen["itemStyle"]["opacity"] == 0
    for node, hindrance in zip(wide["data"], unseen["data"], strict=True):
        assert hindrance["label"]["width"] == node["symbolSize"]
        assert hindrance["symbolSize"] > node["symbolSize"], "its name would be hidden first"
    assert wide["label"]["overflow"] == "break"
    assert wide["labelLayout"] == {"hideOverlap": True}
    for one in (wide, narrow):
        assert one["left"] == one["right"] > one["label"]["width"] / 2
    assert all(
        small["symbolSize"] < usual["symbolSize"]
        for small, usual in zip(narrow["data"], wide["data"], strict=True)
    )


def test_every_actor_has_a_place_of_its_own_the_same_each_time() -> None:
    alliances, actors = at_random(120, 60)
    ids = tuple(str(one) for one in actors.index)
    pairs = edges(alliances)
    ends = tuple(zip(pairs["source_id"], pairs["target_id"], strict=True))
    found = places(ids, ends)
    assert len(set(found.values())) == len(ids) == 120
    places.cache_clear()
    assert places(ids, ends) == found


def test_groups_have_a_shape_and_a_colour_each_and_the_last_share_one() -> None:
    signs = group_symbols({f"{one}": one for one in range(12)}, [f"G{one}" for one in range(12)])
    assert len(signs.legend) == 9
    assert len({drawing for _, drawing in signs.legend.values()}) == 9
    assert signs.legend["rest"][0] == "Autres groupes"
    assert [signs.key_of["0"], signs.key_of["11"]] == ["0", "rest"]


# --- what leaves ---------------------------------------------------------------------------------


def written(form: str, folder: Path, **query: str) -> Path:
    export = export_of("network", {name: [text] for name, text in query.items()})
    path = folder / export.file_name(form)
    path.write_bytes(FORMATS[form].content(export))
    return path


READ = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


@pytest.mark.parametrize("form", READ)
@pytest.mark.usefixtures("store")
def test_a_graph_file_is_read_back_whole_by_its_library(form: str, tmp_path: Path) -> None:
    path = written(form, tmp_path, ecosysteme=FICTITIOUS)
    assert path.name == f"fictif-reseau.{form}"
    graph = READ[form](path)
    assert (len(graph), graph.number_of_edges()) == (40, 96)
    home = graph.nodes[f"{FICTITIOUS}-actor-01"]
    assert home["label"] == "Communauté fictive du Val-d’Essai"
    assert home["profile_label"] == "Collectivités territoriales"
    assert (home["partners"], home["between"], home["fictif"]) == (15, 0.3369, "fictif")
    assert all(one["weight"] >= 1 for *_, one in graph.edges(data=True))
    kinds = {kind for *_, one in graph.edges(data=True) for kind in one["kinds"].split(" ; ")}
    assert {"Partenariat", "Mécénat"} <= kinds
    between = nx.betweenness_centrality(graph)
    for one, data in graph.nodes(data=True):
        if "between" in data:  # who is alone has none
            assert data["between"] == pytest.approx(between[one] * (39 * 38) / (38 * 37), abs=1e-4)


@pytest.mark.usefixtures("store")
def test_another_reader_opens_graphml_and_gephi_is_told_how_to_draw(tmp_path: Path) -> None:
    other = igraph.Graph.Read_GraphML(str(written("graphml", tmp_path, ecosysteme=FICTITIOUS)))
    assert (other.vcount(), other.ecount()) == (40, 96)
    assert "Communauté fictive du Val-d’Essai" in other.vs["label"]
    keys = re.findall(r'<key id="(\w+)"', (tmp_path / "fictif-reseau.graphml").read_text("utf-8"))
    assert len(keys) == len(set(keys))
    drawn = nx.read_gexf(written("gexf", tmp_path, ecosysteme=FICTITIOUS))
    looks = [data["viz"] for _, data in drawn.nodes(data=True)]
    assert all({"color", "size", "position"} <= look.keys() for look in looks)
    assert len({(one["position"]["x"], one["position"]["y"]) for one in looks}) == 40


@pytest.mark.parametrize("form", [*READ, "csv", "xlsx", "geojson"])
@pytest.mark.usefixtures("store")
def test_only_public_fields_leave_and_hostile_names_break_nothing(
    form: str, tmp_path: Path
) -> None:
    path = written(form, tmp_path, type="mecenat")
    content = path.read_bytes()
    for secret in (b"qui@exemple.fr", b"0102030405", b"SECRET", b"Brouillon"):
        assert secret not in content
    if form in READ:
        graph = READ[form](path)
        assert graph.nodes["s1"]["label"] == SPITEFUL.replace("\x02", "")
        assert list(graph.edges) == [("s1", "s2")]
        assert "longitude" not in graph.nodes["s1"]
        told = {name for _, data in graph.nodes(data=True) for name in data}
        assert told <= PUBLIC | {"viz"}


@pytest.mark.usefixtures("store")
def test_file_api_and_terminal_say_the_same(tmp_path: Path) -> None:
    asked = f"ecosystem={FICTITIOUS}&odd=17"
    body = Client(Starlette(routes=ogc.routes())).get(f"/api/network?{asked}").json()
    done = catalyse("network", "--ecosystem", FICTITIOUS, "--odd", 17, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {name: body[name] for name in told} == told
    assert body["fictive"]
    assert body["count"] == 40
    text = written("csv", tmp_path, ecosysteme=FICTITIOUS, odd="17").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["actor_id"] for row in rows] == [one["actor_id"] for one in body["results"]]
    assert [row["partners"] for row in rows] == [str(one["partners"]) for one in body["results"]]


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("asked", "status"),
    [("actor=personne", 404), ("ecosystem=rien", 404), ("year=hier", 400), ("type=guerre", 400)],
)
def test_the_api_refuses_in_one_sentence(asked: str, status: int) -> None:
    said = Client(Starlette(routes=ogc.routes())).get(f"/api/network?{asked}")
    assert said.status_code == status
    assert said.json()["detail"].endswith(".")


@pytest.mark.usefixtures("store")
def test_the_terminal_says_each_measure_and_writes_graphs() -> None:
    done = catalyse("network", "--ecosystem", FICTITIOUS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") > 20
    assert "Qui relie les autres : " in done.stdout.replace("\u00a0", " ")
    assert "inventées" in done.stderr
    graph = nx.parse_graphml(
        catalyse("network", "--ecosystem", FICTITIOUS, "--format", "graphml").stdout
    )
    assert len(graph) == 40
    refused = catalyse("network", "--year", "hier")
    assert refused.returncode == 2
    assert "Année" in refused.stderr


@pytest.mark.usefixtures("store")
def test_a_year_keeps_what_was_in_force(tmp_path: Path) -> None:
    path = written("graphml", tmp_path, ecosysteme=FICTITIOUS, annee="2022")
    early = nx.read_graphml(path)
    assert len(early) == 40
    assert 0 < early.number_of_edges() < 96
    assert all(one["since"] <= "2022-12" for *_, one in early.edges(data=True))
