"""A territory judges its own maturity: a stated rule, dated, compared with itself only."""

from pathlib import Path

import pytest

from geo.directory.ecosystems import assess, checked_assessment, history, remove_ecosystem
from geo.directory.ecosystems.maturity import MOST, grid, points
from geo.errors import AtlasError, BadFileError, BadRecordError, UnknownCodeError
from geo.output.maturity import maturity_table
from geo.vocabulary import vocabularies
from tests.directory.ecosystems.drawn import drawn_book

NAMES = [one.id for one in grid().questions]
DAY = {"assessed_on": "2026-11-29", "note": ""}


def answered(*values: int) -> dict[str, int]:
    return dict(zip(NAMES, values, strict=True))


def test_the_questions_cover_dialogue_experiments_support_place_and_co_management():
    practices = [one.practice for one in grid().questions if one.practice]
    assert practices == [*vocabularies()["practice"].ids()]
    assert [one.step for one in grid().questions if one.step] == ["03"]
    assert all(len(one.answers) == MOST + 1 for one in grid().questions)
    assert {name for name, _ in grid().levels} == {*vocabularies()["maturity"].ids()}


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ((0, 0, 0, 0, 0), "en_questionnement"),
        ((1, 0, 0, 0, 0), "en_questionnement"),
        ((1, 1, 0, 0, 0), "premiers_pas"),
        ((2, 1, 1, 0, 0), "premiers_pas"),
        ((2, 1, 1, 1, 0), "actif"),
        ((2, 2, 2, 1, 0), "actif"),
        ((2, 2, 2, 1, 1), "pionnier"),
        ((2, 2, 2, 2, 2), "pionnier"),
    ],
)
def test_the_level_follows_the_total_that_the_page_states(values, level):
    assert grid().level(answered(*values)) == level


def test_an_assessment_is_kept_dated_and_gives_its_level_to_the_ecosystem():
    changes = assess(drawn_book(), "E1", answered(2, 1, 1, 1, 0), DAY)
    [kept], [ecosystem] = changes.put["assessment"], changes.put["ecosystem"]
    assert (kept["maturity"], kept["assessed_on"]) == ("actif", "2026-11-29")
    assert points(kept) == answered(2, 1, 1, 1, 0)
    assert ecosystem["maturity"] == "actif"


def test_a_past_one_entered_late_leaves_the_level_of_today():
    held = assess(drawn_book(), "E1", answered(2, 2, 2, 2, 2), DAY).put["assessment"]
    book = drawn_book(assessment=held)
    late = assess(book, "E1", answered(0, 0, 0, 0, 0), {"assessed_on": "2025", "note": ""})
    assert "ecosystem" not in late.put
    assert [row["maturity"] for row in history(book, "E1")] == ["pionnier"]


def test_one_of_the_same_date_is_replaced():
    [held] = assess(drawn_book(), "E1", answered(0, 0, 0, 0, 0), DAY).put["assessment"]
    book = drawn_book(assessment=[held | {"revision": 3}])
    [again] = assess(book, "E1", answered(2, 2, 2, 2, 2), DAY).put["assessment"]
    assert (again["assessment_id"], again["revision"]) == (held["assessment_id"], 3)
    assert (again["maturity"], points(again)) == ("pionnier", answered(2, 2, 2, 2, 2))


@pytest.mark.parametrize(
    ("answers", "values", "fault"),
    [
        ({}, DAY, "Répondez à chaque question"),
        (answered(2, 2, 2, 2, 2) | {"lieu": 3}, DAY, "Un lieu"),
        (answered(1, 1, 1, 1, 1), DAY | {"assessed_on": "hier"}, "n’est pas une date"),
        (answered(1, 1, 1, 1, 1), DAY | {"assessed_on": ""}, "donnez la date"),
    ],
)
def test_a_wrong_answer_or_date_is_refused_in_one_sentence(answers, values, fault):
    with pytest.raises(BadRecordError, match=fault):
        assess(drawn_book(), "E1", answers, values)


def test_the_level_of_a_record_is_what_its_answers_give():
    [kept] = assess(drawn_book(), "E1", answered(0, 0, 0, 0, 0), DAY).put["assessment"]
    assert checked_assessment(kept | {"maturity": "pionnier"}, drawn_book())["maturity"] == (
        "en_questionnement"
    )
    with pytest.raises(AtlasError, match="n’existe pas ou plus"):
        checked_assessment(kept | {"ecosystem_id": "ailleurs"}, drawn_book())
    with pytest.raises(UnknownCodeError):
        assess(drawn_book(), "ailleurs", answered(0, 0, 0, 0, 0), DAY)


def test_removing_an_ecosystem_removes_its_assessments():
    [kept] = assess(drawn_book(), "E1", answered(0, 0, 0, 0, 0), DAY).put["assessment"]
    dropped = remove_ecosystem("E1", drawn_book(assessment=[kept])).drop
    assert dropped["assessment"] == [kept["assessment_id"]]


def test_the_table_compares_a_territory_with_itself():
    rows = [
        {"assessed_on": day, "maturity": level, "answers": [f"{n}:{v}" for n in NAMES]}
        for day, level, v in (("2025-01-01", "premiers_pas", 1), ("2026-01-01", "pionnier", 2))
    ]
    said = maturity_table(rows, grid())
    assert said.count("en hausse") == len(NAMES)
    assert said.index("2026") < said.index("2025")
    assert "inchangé" not in said


def test_a_damaged_grid_is_one_sentence(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("CATALYSE_DATA", str(tmp_path))
    (tmp_path / "maturity.toml").write_text("[[question]]\nid = 1\n", encoding="utf-8")
    with pytest.raises(BadFileError, match="grille de maturité"):
        grid()
