"""Marks of maps: each practice and each profile of the vocabulary has its own, and the reverse."""

from collections.abc import Iterable

from geo.output.maps import actors, symbols
from geo.vocabulary import UNSTATED, Item, Mark, items


def faults(listed: Iterable[Item], drawn: Iterable[str], besides: set[str]) -> list[str]:
    """Say which items have no mark of their own, and which marks are of no item."""
    listed = list(listed)
    bare = [f"sans signe : {item.id}" for item in listed if item.mark is None]
    known = {item.id for item in listed} | besides
    return bare + [f"de rien : {name}" for name in drawn if name not in known]


def test_each_practice_has_a_mark_and_each_mark_a_practice() -> None:
    drawn = symbols.marks()
    assert faults(items("practice"), drawn, {"several", "unknown"}) == []
    assert {item.id for item in items("practice")} <= drawn.keys()


def test_each_profile_has_a_mark_and_each_mark_a_profile() -> None:
    drawn = actors.marks()
    assert faults(items(actors.PROFILES), drawn, {UNSTATED}) == []
    assert {item.id for item in items(actors.PROFILES)} <= drawn.keys()


def test_the_guard_can_fail_both_ways() -> None:
    bare, own = Item("danse", "Danse"), Item("chant", "Chant", mark=Mark("C", "", ""))
    assert faults([bare, own], ["danse", "chant", "cirque"], set()) == [
        "sans signe : danse",
        "de rien : cirque",
    ]


def test_an_item_added_to_the_vocabulary_alone_is_drawn_and_named_by_its_own_letter() -> None:
    mark = symbols.mark_for(Item("danse", "Danse"))
    assert (mark.letter, mark.fill) == ("D", symbols.INK)
    own = Mark("Z", "#123456", "M0 0z")
    assert symbols.mark_for(Item("danse", "Danse", mark=own)) is own
