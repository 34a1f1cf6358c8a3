"""What is sent to a geocoder, and when two spellings are one question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.directory.geocoding.query import GeocodingQuery, normalised, question, sendable


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("  12,  rue de l’Église\n94220 ", "12 rue de l’Église 94220"),
        ("12 rue Haute BP 12 345", "12 rue Haute"),
        ("BP 12 100 rue Haute", "100 rue Haute"),
        ("CS 90032 1 place Foch 44035 Nantes Cedex 1", "1 place Foch 44035 Nantes"),
        ("12 rue Cedexis", "12 rue Cedexis"),
        ("— 3 quai", "3 quai"),
        ("BP 12", ""),
        ("a\x00b", "a b"),
        ("x" * 300, "x" * 200),
        ("mot " * 80, ("mot " * 50).strip()),
    ],
)
def test_an_address_is_sent_as_geocoders_take_it(written: str, sent: str) -> None:
    assert sendable(written) == sent


@pytest.mark.parametrize(
    "twin",
    [
        "12 RUE DE L'EGLISE",
        "12, rue  de l’Église",
        "12 rue de l-église",
        " 12 rue de l e\u0301glise",
    ],
)
def test_spellings_of_one_address_are_one_question(twin: str) -> None:
    assert GeocodingQuery(twin).key == GeocodingQuery("12 rue de l'église").key


def test_numbers_and_filters_tell_questions_apart() -> None:
    some = [
        *(
            GeocodingQuery("1 rue A"),
            GeocodingQuery("11 rue A"),
            GeocodingQuery("1 rue A", "75001"),
        ),
        *(GeocodingQuery("1 rue A", "", "75056"), GeocodingQuery("1 rue AB")),
    ]
    assert len({asked.key for asked in some}) == len(some)


def test_a_record_asks_for_its_address_within_its_commune() -> None:
    within = question("12 rue du Pont", "94220", "Charenton-le-Pont", "94018")
    assert within == GeocodingQuery("12 rue du Pont 94220 Charenton-le-Pont", "", "94018")
    said = question("12 rue du Pont 94220 CHARENTON LE PONT", "94220", "Charenton-le-Pont", "")
    assert said == GeocodingQuery("12 rue du Pont 94220 CHARENTON LE PONT", "94220", "")
    assert question("1 rue A", "9422", "", "") == GeocodingQuery("1 rue A 9422")
    assert question("", "94220", "Charenton-le-Pont", "94018") is None
    assert question("BP 12", "94220", "Charenton-le-Pont", "94018") is None


@given(st.text(max_size=400))
def test_what_is_sent_is_always_accepted(text: str) -> None:
    sent = sendable(text)
    assert sent == "" or 3 <= len(sent) <= 200
    assert sent == sent.strip()
    assert not sent or sent[0].lower() != sent[0].upper() or sent[0].isdigit()
    assert not set(sent) & set('\r\n\t;,"|\x00')


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    assert once.isascii()


@given(st.lists(st.from_regex(r"[A-Za-zÀ-ÿ0-9]{1,8}", fullmatch=True), max_size=6))
def test_case_and_separators_do_not_count(words: list[str]) -> None:
    assert normalised(" ".join(words)) == normalised(" , ".join(words).upper())
