"""French typography."""

import ast
import re
from pathlib import Path

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
        ("moins de 3 500 habitants", "moins de 3\u202f500 habitants"),
        ("le 12 2025, 1 000\u00a0000 fois", "le 12 2025, 1\u202f000\u202f000 fois"),
    ],
)
def test_typeset(text, set_text):
    assert typeset(text) == set_text


ROOT = Path(__file__).resolve().parents[1]
PARTED = re.compile(r"(?<![\d.,])\d{1,3}[ \u00a0]\d{3}(?=[ \u00a0][a-zé×(]|\))")
TITLES_OF_FILES = "geo/output/coverage.py"  # those who read a file look for the column as it was


def _texts(path: Path) -> list[str]:
    """List the texts of a file that a page may show: neither comments nor docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [line for line in text.splitlines() if not line.startswith("#")]
    tree = ast.parse(text)
    alone = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    found = (
        one for one in ast.walk(tree) if isinstance(one, ast.Constant) and id(one) not in alone
    )
    return [one.value for one in found if isinstance(one.value, str)]


def test_no_number_of_a_page_may_be_cut_at_its_thousands() -> None:
    paths = [
        *(ROOT / "pages").rglob("*.py"),
        *(ROOT / "geo" / "output").rglob("*.py"),
        *(ROOT / "geo" / "analysis").rglob("*.py"),
        *(ROOT / "web" / "templates").rglob("*.html"),
        ROOT / "data" / "vocabulary.toml",
    ]
    cut = [
        f"{path.relative_to(ROOT)} : {text[:80]}"
        for path in paths
        if str(path.relative_to(ROOT)) != TITLES_OF_FILES
        for text in _texts(path)
        if PARTED.search(text)
    ]
    assert cut == []
    assert PARTED.search("moins de 3 500 habitants")
    assert not PARTED.search("moins de 3\u202f500 habitants")
