"""Questions of geo/sql on the drawn country: answers worked by hand."""

from pathlib import Path

import pyarrow as pa
import pytest

from geo import database
from geo.analysis.counts import evidence_counts
from geo.directory.directory import Directory
from geo.directory.question_tables import question_tables, selection_table
from tests.world import catalyst, frame_of, write_world

CATALYSTS = frame_of(
    catalyst(
        "in-1", location_precision="commune", commune_code="10101", practices=["gestion_lieu"]
    ),
    catalyst(
        "in-3",
        location_precision="commune",
        commune_code="10103",
        profile="association",
        practices=["gestion_lieu", "accompagnements"],
        scope="epci:B",
    ),
    catalyst("dep-1", location_precision="departement", departement_code="01", scope="crte:Y"),
    catalyst("reg", location_precision="region", region_code="90", scope="region:90"),
    catalyst("nat", location_precision="national", scope="national"),
    catalyst("nowhere", town="Âge d’or", note="café"),
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> database.Connection:
    opened = database.connect()
    database.load_reference(opened, write_world(tmp_path_factory.mktemp("world")))
    return opened


def answer_of(connection, question, among=(), **parameters):
    asked = question_tables(CATALYSTS)
    if question == "catalysts_selected":
        asked = {"catalysts": selection_table(CATALYSTS)}
    tables = {
        **asked,
        "kept": pa.table(
            {
                "catalyst_id": pa.array(among, pa.string()),
                "position": pa.array(CATALYSTS.index.get_indexer(among), pa.int64()),
            }
        ),
    }
    return database.ask(connection, question, parameters, tables)


def ids(connection, question, **parameters):
    return answer_of(connection, question, **parameters)["catalyst_id"].to_list()


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("commune", "10101", ["in-1"]),
        ("epci", "A", ["in-1"]),
        ("epci", "B", ["in-3"]),
        ("crte", "X", ["in-1", "in-3"]),
        ("crte", "Y", ["in-3"]),
        ("departement", "01", ["in-1", "in-3", "dep-1"]),
        ("departement", "02", []),
        ("region", "90", ["in-1", "in-3", "dep-1", "reg"]),
        ("epci", "no such", []),
    ],
)
def test_inside(connection, kind, code, expected):
    assert ids(connection, "catalysts_inside", kind=kind, code=code) == expected


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("commune", "10101", ["reg", "nat"]),
        ("commune", "10103", ["in-3", "dep-1", "reg", "nat"]),
        ("epci", "B", ["in-3", "dep-1", "reg", "nat"]),
        ("crte", "Y", ["dep-1", "reg", "nat"]),  # epci B holds only a part of it
        ("region", "90", ["reg", "nat"]),
    ],
)
def test_covering_holds_the_whole_territory(connection, kind, code, expected):
    assert ids(connection, "catalysts_covering", kind=kind, code=code) == expected


def test_coverage_counts_each_territory_and_overlaps(connection):
    answer = answer_of(connection, "coverage", CATALYSTS.index.to_list(), kind="crte", every=False)
    assert dict(zip(answer["territory_code"], answer["catalyst_count"], strict=True)) == {
        "X": 2,
        "Y": 1,
    }
    assert [list(codes) for codes in answer["practices"]] == [
        ["accompagnements", "gestion_lieu"],
        ["accompagnements", "gestion_lieu"],
    ]
    assert answer["counted_count"].to_list() == [2, 2]  # in-1 and in-3, once each


def test_coverage_keeps_territories_without_any(connection):
    answer = answer_of(connection, "coverage", kind="commune", every=False)
    assert len(answer) == 6
    assert answer["catalyst_count"].sum() == 0
    assert [list(codes) for codes in answer["practices"]] == [[]] * 6


def test_matrix_counts_each_practice_and_the_unstated(connection):
    answer = answer_of(connection, "matrix", ["in-1", "in-3", "nat"])
    cells = {(r.practice, r.profile): r.catalyst_count for r in answer.itertuples()}
    assert cells == {
        ("gestion_lieu", "non_renseigne"): 1,
        ("gestion_lieu", "association"): 1,
        ("accompagnements", "association"): 1,
        ("non_renseigne", "non_renseigne"): 1,
    }


def test_related_says_above_below_across_and_same(connection):
    answer = answer_of(connection, "territory_related", kind="epci", code="B")
    relations = {
        f"{row.territory_kind}:{row.territory_code}": row.relation for row in answer.itertuples()
    }
    assert relations == {
        "crte:X": "across",
        "crte:Y": "above",
        "region:90": "above",
        "departement:01": "across",
        "departement:02": "across",
        "commune:10103": "below",
        "commune:10104": "below",
        "commune:10205": "below",
    }


def test_neighbours_leave_out_overlaps(connection):
    of_a = answer_of(connection, "territory_neighbours", kind="epci", code="A")
    assert of_a[["territory_code", "border_m"]].to_numpy().tolist() == [["B", 1000.0]]
    of_x = answer_of(connection, "territory_neighbours", kind="crte", code="X")
    assert of_x.empty  # Y overlaps X on 10103


@pytest.mark.parametrize(
    ("practices", "profiles", "evidence", "text", "expected"),
    [
        ([], [], [], "", list(CATALYSTS.index)),
        (["gestion_lieu"], [], [], "", ["in-1", "in-3"]),
        (["gestion_lieu"], ["association"], [], "", ["in-3"]),
        (["non_renseigne"], [], [], "", ["dep-1", "reg", "nat", "nowhere"]),
        (["accompagnements", "non_renseigne"], ["association"], [], "", ["in-3"]),
        ([], [], ["pioneer"], "", []),
        ([], [], [], "AGE D", ["nowhere"]),
        ([], [], [], "Café", ["nowhere"]),
        ([], [], [], "'; drop table catalysts; --", []),
    ],
)
def test_selected(connection, practices, profiles, evidence, text, expected):  # noqa: PLR0913, PLR0917
    parameters = {"practices": practices, "profiles": profiles, "evidence": evidence, "text": text}
    rows = answer_of(connection, "catalysts_selected", **parameters)["position"]
    assert CATALYSTS.index[rows].to_list() == expected


def test_every_question_is_in_a_file_and_opens_with_what_it_asks():
    files = sorted(Path(database.SQL_FOLDER).glob("*.sql"))
    assert files
    for file in files:
        assert file.read_text(encoding="utf-8").startswith("-- "), file.name


def test_counts_by_evidence_add_up_even_when_none_is_said():
    frame = frame_of(catalyst("a", evidence=""), catalyst("b", evidence="named", longitude=2.0))
    counts = evidence_counts(Directory("essai.csv", frame))
    assert counts.to_numpy().sum() == len(frame)
    assert counts.loc["non_renseigne"].to_list() == [0, 1]
    assert "non_renseigne" not in evidence_counts(Directory("b.csv", frame.iloc[1:])).index
