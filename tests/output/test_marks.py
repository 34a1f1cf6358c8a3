"""Marks of maps: each practice and each profile of the vocabulary has its own, and the reverse."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

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
    bare, own = Item("danse", "Danse"), Item("chant", "Chant", mark=Mark("", ""))
    assert faults([bare, own], ["danse", "chant", "cirque"], set()) == [
        "sans signe : danse",
        "de rien : cirque",
    ]


def test_an_item_added_to_the_vocabulary_alone_is_drawn() -> None:
    mark = symbols.mark_for(Item("danse", "Danse"))
    assert (mark.fill, bool(mark.icon), bool(mark.path)) == (symbols.INK, True, True)
    own = Mark("M0 0z", "#123456")
    assert symbols.mark_for(Item("danse", "Danse", mark=own)) is own


def every_mark() -> dict[str, Mark]:
    """Give every mark that a map may show, by its list and its code."""
    programmes = {one.id: one.mark for one in items("programme") if one.mark}
    lists = {"pratique": symbols.marks(), "profil": actors.marks(), "programme": programmes}
    return {f"{name} {code}": mark for name, marks in lists.items() for code, mark in marks.items()}


def shared(marks: Mapping[str, Mark]) -> set[str]:
    """Return the icons that two things bear; « non renseigné » is one thing in every list."""
    icons = Counter(mark.icon for mark in {*marks.values()})
    return {icon for icon, many in icons.items() if many > 1}


def test_no_icon_means_two_things_and_none_is_a_letter() -> None:
    marks = every_mark()
    assert shared(marks) == set()
    assert shared({"a": Mark("M0 0", "#000"), "b": Mark("M0 0", "#fff")}) == {"M0 0"}
    assert not any("<text" in symbols.mark_svg(mark) for mark in marks.values())


def test_a_profile_stands_on_a_white_tile_and_what_is_done_on_a_filled_shape() -> None:
    assert all(mark.path for mark in symbols.marks().values())
    assert not any(mark.path for code, mark in actors.marks().items() if code != UNSTATED)


def test_each_icon_reads_on_its_ground_and_stands_in_its_box() -> None:
    for name, mark in every_mark().items():
        assert contrast(mark.fill) >= 4.5, name
        ground, icon = symbols.strokes(mark)
        assert {ground.fill, icon.fill} == {"#fff", mark.fill}, name
        figures = [float(one) for one in re.findall(r"-?\d*\.?\d+", mark.icon)]
        assert max(figures) <= 24, name
    assert contrast("#7fbab3") < 4.5  # the measure can fail


def contrast(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
