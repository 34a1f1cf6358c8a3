"""The catalogue that ships: each resource with its source, nothing that no text states."""

from urllib.parse import urlsplit

import pytest

from geo.directory.resources import checked_resource, expected, shipped
from geo.directory.store.rows import plain_rows
from geo.errors import BadRecordError
from geo.vocabulary import items, vocabularies

ROWS = plain_rows(shipped())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["resource_id"])
def test_a_shipped_resource_keeps_every_rule_and_cites_its_source(row):
    assert checked_resource(row) == row
    assert row["source_title"]
    assert row["publisher"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["resource_id"])
def test_its_address_is_well_formed_or_its_absence_has_a_reason(row):
    assert bool(row["website"]) != bool(row["no_address"])
    if row["website"]:
        parts = urlsplit(row["website"])
        assert parts.scheme == "https"
        assert "." in parts.netloc
        assert " " not in row["website"]


def test_no_resource_is_there_twice():
    titles = [(row["resource_name"].casefold(), row["publisher"].casefold()) for row in ROWS]
    assert len({row["resource_id"] for row in ROWS}) == len({*titles}) == len(ROWS)


def test_no_item_of_an_unpublished_list_is_invented():
    lists = expected(shipped())
    assert {one.vocabulary.id: (one.known, one.missing) for one in lists} == {
        "pathway": (0, 7),
        "theme": (0, 7),
        "cooperation_model": (0, 9),
        "charter_principle": (0, 7),
        "charter_modality": (0, 7),
        "charter_means": (0, 7),
    }


def test_the_announced_lists_are_those_that_no_text_names():
    unpublished = {one.id for one in vocabularies().values() if one.status == "introuvable"}
    assert {item.id for item in items("expected_list")} == unpublished
    for item in items("expected_list"):
        assert item.label == vocabularies()[item.id].title


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"website": "javascript:alert(1)"}, "http"),
        ({"source_title": "", "source_url": ""}, "dites la source"),
        ({"practices": ["danse"]}, "danse"),
        ({"resource_name": ""}, "donnez un nom"),
    ],
)
def test_a_resource_that_breaks_a_rule_is_refused(change, said):
    with pytest.raises(BadRecordError, match=said):
        checked_resource(ROWS[0] | change)
