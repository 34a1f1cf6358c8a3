"""Properties of the search over every name of France."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from geo.reference.france import communes
from geo.reference.gazetteer import search, suggest

COMMUNES = list(communes()["commune_name"].items())
a_commune = st.sampled_from(COMMUNES)


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@examples(max_examples=400)
@given(a_commune)
def test_an_official_name_is_found_first_or_among_its_homonyms(commune: tuple[str, str]) -> None:
    code, name = commune
    found = [place for place in search(name, 40) if place.match_kind == "exact"]
    assert code in {place.code for place in found}
    assert plain(found[0].matched_name).lower().replace("-", " ") == plain(name).lower().replace(
        "-", " "
    ) or found[0].kind in {"region", "departement"}


@examples(max_examples=300)
@given(a_commune, st.randoms(use_true_random=False))
def test_spelling_habits_do_not_change_the_answer(
    commune: tuple[str, str], chance: random.Random
) -> None:
    _, name = commune
    typed = plain(name) if chance.random() < 0.5 else name
    typed = "".join(chance.choice([letter.lower(), letter.upper()]) for letter in typed)
    typed = typed.replace("-", chance.choice(["-", " ", "‑", " - "]))
    typed = typed.replace("'", chance.choice(["'", "’", " ", "`"]))
    asked = [(place.kind, place.code) for place in search(name)]
    assert [(place.kind, place.code) for place in search(typed)] == asked


def mistyped(name: str, chance: random.Random) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    at = chance.randrange(len(name))
    other = chance.choice(letters)
    return chance.choice([
        name[:at] + name[at + 1 :],
        name[:at] + other + name[at:],
        name[:at] + other + name[at + 1 :],
        name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
    ])  # fmt: skip


def found_after_a_mistake(limit: int, sample: int) -> float:
    chance = random.Random(2)  # noqa: S311
    known = [pair for pair in COMMUNES if sum(map(str.isalpha, pair[1])) >= 6]
    drawn = chance.sample(known, sample)
    answers = [(code, search(mistyped(name, chance), limit)) for code, name in drawn]
    return sum(code in {place.code for place in found} for code, found in answers) / sample


def test_one_mistake_in_a_long_name_still_finds_it() -> None:
    assert found_after_a_mistake(limit=10, sample=600) >= 0.95


@examples(max_examples=300)
@given(st.text(max_size=60))
def test_no_text_breaks_the_search(text: str) -> None:
    search(text)
    suggest(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\0", "\n\n", "-", "'", "😀🗺️", "x" * 10_000, "é" * 10_000, "saint " * 2_000,
        "1" * 10_000, "ﷺ" * 200, "'; DROP TABLE communes; --", "Robert'); --", "مرسيليا",
        "\u202eNantes", "Нант", "パリ", "%", "_", "\\", "\ud800", "<script>alert(1)</script>",
        "l'", "de la", "l", "0", "00", "²³", "٤٤٠٠٠", "paris 99", "lyon 0", "marseille 16e",
    ],
)  # fmt: skip
def test_no_odd_text_breaks_the_search(text: str) -> None:
    assert isinstance(search(text), list)
    assert isinstance(suggest(text), list)
