"""French typography."""

import pytest

from geo.french import count, distance, either, number, of_place, quoted, typeset


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1234, 0, "1\u202f234"),
        (1234567.891, 1, "1\u202f234\u202f567,9"),
        (-5, 0, "-5"),
    ],
)
def test_number(value, decimals, text):
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CRTE Nord Ardèche", "du CRTE Nord Ardèche"),
        ("CC du Val d’Ay", "de la CC du Val d’Ay"),
        ("Ardèche", "d’Ardèche"),
        ("Rennes Métropole", "de Rennes Métropole"),
    ],
)
def test_of_a_place(name, text):
    assert of_place(name) == text


def test_count_is_plural_from_two():
    assert [count(n, "acteur") for n in (0, 1, 2)] == [
        "0\u00a0acteur",
        "1\u00a0acteur",
        "2\u00a0acteurs",
    ]


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0,0\u00a0km"),
        (1549, "1,5\u00a0km"),
        (12_345, "12\u00a0km"),
        (9_123_456, "9\u202f123\u00a0km"),
        (float("nan"), "—"),
    ],
)
def test_distance(metres, text):
    assert distance(metres) == text


def test_quoted_and_either():
    assert quoted("a") == "«\u00a0a\u00a0»"
    assert either(["a"]) == "a"
    assert either(["a", "b", "c"]) == "a, b ou c"


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("Lien : « danse » ?", "Lien\u00a0: «\u00a0danse\u00a0»\u00a0?"),
        ("un ; deux ! « trois ».", "un\u00a0; deux\u00a0! «\u00a0trois\u00a0»."),
        ("Tribune n° 267, bon n°", "Tribune n°\u00a0267, bon n°"),
        ("https://exemple.fr/a?b=1 12:30", "https://exemple.fr/a?b=1 12:30"),
    ],
)
def test_typeset(text, set_text):
    assert typeset(text) == set_text
