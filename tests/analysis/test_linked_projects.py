"""A project that joins an ecosystem through an alliance is counted in it, wherever it is told."""

from geo.analysis.ecosystem import ecosystem
from geo.analysis.report_local import local
from geo.output.exports import build
from geo.query.query import Query
from geo.reference.territory import territory
from tests.directory.ecosystems.drawn import drawn_book

PACT = {
    "alliance_id": "L",
    "alliance_name": "L",
    "partnership_kind": "mecenat",
    "member_ids": ["a", "d"],
}
LINKED = {"project_id": "P9", "project_name": "P9", "step": "01", "alliance_ids": ["L"]}


def book_with(**project: str):
    return drawn_book(alliance=[PACT], project=[LINKED | project])


def test_a_project_linked_through_its_alliance_is_counted():
    found = ecosystem("E1", book_with())
    assert list(found.alliances.index) == ["L"]
    assert list(found.projects.index) == ["P9"]


def test_unless_it_names_another_ecosystem():
    assert ecosystem("E1", book_with(ecosystem_id="autre")).projects.empty


def test_the_sheet_of_a_territory_counts_it_too():
    assert list(local(territory("commune", "94018"), book_with()).projects.index) == ["P9"]


def test_the_list_and_the_workbook_count_it_alike():
    wanted, book = Query(values={"ecosysteme": "E1"}), book_with()
    listed = build._projects(wanted, book, False)  # noqa: FBT003, SLF001
    whole = build._FROM_STORE["ecosystem"](wanted, book, False)  # noqa: FBT003, SLF001
    assert list(listed.datasets[0].frame.index) == ["P9"]
    assert [list(one.frame.index) for one in whole.datasets if one.subject == "projects"] == [
        ["P9"]
    ]
