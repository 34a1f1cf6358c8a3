"""What existed at a date, by the dates of the records: drawn by hand, then checked otherwise."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.ecosystem import ecosystem
from geo.analysis.past.changes import dated_changes
from geo.analysis.past.dates import MOST, record_dates
from geo.analysis.past.maturity import MaturityLevel, level_on
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.standing import alliance_standings, existing
from geo.dates import span
from geo.directory.store.rows import plain_rows
from geo.errors import BadParameterError
from geo.output.past import change_rows, change_sentence, date_words, dated_limits, meaning
from geo.query import parameters as p
from geo.query.time_parameters import KNEW, last_day, today
from tests.directory.ecosystems.drawn import drawn_book

ALLIANCES = [
    {"alliance_id": "dated", "since": "2022-03", "until": "2023", "member_ids": ["a", "b"]},
    {"alliance_id": "going", "since": "2023-05-12", "member_ids": ["b", "c"]},
    {"alliance_id": "named", "source_date": "2021-06", "member_ids": ["a", "e"]},
    {"alliance_id": "ended", "until": "2022-06", "member_ids": ["a", "c"]},
    {"alliance_id": "silent", "member_ids": ["a", "b"]},
]
NAMES = [{"alliance_name": one["alliance_id"], "partnership_kind": "mecenat"} for one in ALLIANCES]
BOOK = drawn_book(
    alliance=[one | more for one, more in zip(ALLIANCES, NAMES, strict=True)],
    project=[
        {"project_id": "P1", "project_name": "Daté", "source_date": "2022", "actor_ids": ["a"]},
        {"project_id": "P2", "project_name": "Muet", "actor_ids": ["a"]},
    ],
)


def standings(day: date) -> dict[str, str]:
    found = alliance_standings(BOOK["alliance"], day)
    return {str(one): str(word) for one, word in found.items()}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2021-01-01", "ahead ahead undated undated undated"),
        ("2021-06-30", "ahead ahead attested undated undated"),
        ("2022-03-01", "present ahead attested undated undated"),
        ("2022-06-30", "present ahead attested undated undated"),
        ("2022-07-01", "present ahead attested ended undated"),
        ("2023-05-12", "present present attested ended undated"),
        ("2023-12-31", "present present attested ended undated"),
        ("2024-01-01", "ended present attested ended undated"),
    ],
)
def test_an_alliance_stands_by_its_own_dates_alone(day: str, told: str) -> None:
    assert " ".join(standings(date.fromisoformat(day)).values()) == told


def test_nothing_is_placed_at_a_date_that_no_record_holds() -> None:
    found = existing(BOOK, date(2022, 7, 1))
    assert [*found.frames["alliance"].index] == ["dated", "named"]
    assert [*found.frames["actor"].index] == ["a", "b", "e"]
    assert [*found.frames["project"].index] == []  # « 2022 » may be its last day
    assert found.undated["alliance"] == {"silent"}
    assert found.undated["actor"] == {"c", "d"}
    assert found.undated["project"] == {"P1", "P2"}
    [said] = dated_limits({kind: len(ids) for kind, ids in found.undated.items()})
    assert "1\u00a0alliance, 2\u00a0acteurs, 2\u00a0projets" in said


def test_what_nothing_dates_is_there_on_the_day_itself() -> None:
    found = existing(BOOK, today())
    assert "silent" in found.frames["alliance"].index
    assert len(found.frames["project"]) == 2
    assert not any(found.undated.values()) or found.undated["alliance"] == {"silent"}


def test_what_changed_between_two_days_says_when_and_leaves_out_what_is_not_dated() -> None:
    now = ecosystem("E1", BOOK)
    found = dated_changes(now, date(2022, 1, 1), date(2024, 1, 1))
    told = {(one.nature, one.kind, one.record_id, one.when) for one in found.rows}
    assert told == {
        ("came", "alliance", "dated", "2022-03"),
        ("came", "alliance", "going", "2023-05-12"),
        ("left", "alliance", "dated", "2023"),
        ("left", "alliance", "ended", "2022-06"),
        ("came", "actor", "b", "2022-03"),
        ("came", "actor", "c", "2023-05-12"),
        ("named", "project", "P1", "2022"),
    }
    assert found.undated == {"alliance": 1, "actor": 0, "project": 1}
    assert "Sans date, donc hors de ce compte\u00a0: 1\u00a0alliance" in change_sentence(found)
    assert len(change_rows(found)) == len(found.rows)


days = st.dates(date(2020, 1, 1), date(2025, 12, 31))


@settings(max_examples=25)
@given(days, days)
def test_what_came_and_left_leads_from_one_state_to_the_other(one: date, two: date) -> None:
    first, last = sorted((one, two))
    now = ecosystem("E1", BOOK)
    before, after = (
        {k for k, v in standings(day).items() if v in ("present", "attested")}
        for day in (first, last)
    )
    rows = [x for x in dated_changes(now, first, last).rows if x.kind == "alliance"]
    came = {x.record_id for x in rows if x.nature in ("came", "named")}
    left = {x.record_id for x in rows if x.nature == "left"}
    assert (before | came) - left == after
    assert before - after <= left


def test_an_unsaid_date_changes_nothing() -> None:
    assert PastQuestion().is_now
    assert PastQuestion("2024", "2024").days is None
    assert PastQuestion("2020", "2024").days == (date(2020, 12, 31), date(2024, 12, 31))
    assert PastQuestion("2020", "2024", KNEW).values()[p.READING] == KNEW
    assert PastQuestion().values() == {}


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-02-30", "2024-1", "hier", "9999", "²"])
def test_a_date_that_is_none_or_has_not_come_is_refused(text: str) -> None:
    with pytest.raises(BadParameterError, match="Date"):
        p.DATE.read([text])


@pytest.mark.parametrize("text", ["2019", "2019-02", "2019-02-28"])
def test_a_date_is_read_as_it_is_written(text: str) -> None:
    assert p.DATE.texts(p.DATE.read([text])) == [text]
    assert span(text)[1] == last_day(text)  # type: ignore[index]


def test_the_stops_of_the_slider_are_the_dates_of_the_records() -> None:
    stops = record_dates(ecosystem("E1", BOOK))
    assert stops == ["2021-06", "2022-03", "2022-07", "2022", "2023-05-12", "2024", stops[-1]]
    assert last_day(stops[-1]) == today()
    many = pd.concat([BOOK["alliance"]] * 300)
    many["since"] = [f"{1990 + i % 30}-{1 + i % 12:02d}-{1 + i % 28:02d}" for i in range(len(many))]
    long = drawn_book(
        alliance=plain_rows(many.assign(alliance_id=[f"x{i}" for i in range(len(many))]))
    )
    assert len(record_dates(ecosystem("E1", long))) <= MOST + 1


def test_each_past_is_named_in_one_sentence() -> None:
    assert "ce qui existait au 31\u00a0décembre\u00a02023" in meaning(PastQuestion("2023"))
    assert "ce que la base savait au 31\u00a0décembre\u00a02023" in meaning(
        PastQuestion("2023", "", KNEW)
    )
    assert date_words("2023-05") == "fin mai\u00a02023"
    assert date_words(today().isoformat()) == "aujourd’hui"


def test_a_level_is_of_its_own_date() -> None:
    levels = [MaturityLevel("2022", "emergent", judged=True)]
    assert level_on(levels, date(2022, 12, 30)) == ""
    assert level_on(levels, date(2022, 12, 31)) == "emergent"
