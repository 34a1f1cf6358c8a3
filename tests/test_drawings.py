"""Shipped drawings look the same to everybody: none asks the reader's machine for a font."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from geo.settings import ROOT

DRAWINGS = sorted((ROOT / "web" / "images").rglob("*.svg"))


def words(path: Path) -> list[str]:
    """List what a drawing would write with a font, and the styles that name one."""
    found = ET.parse(path).iter()  # noqa: S314
    named = ("text", "style", "foreignObject")
    return [
        one.tag
        for one in found
        if one.tag.rpartition("}")[2] in named
        or any(name.startswith("font") for name in one.attrib)
    ]


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.name)
def test_no_shipped_drawing_needs_a_font(path):
    assert words(path) == []


def test_the_guard_can_fail(tmp_path):
    written = tmp_path / "mot.svg"
    written.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>Catalyse</text></svg>')
    assert words(written)
    assert DRAWINGS
