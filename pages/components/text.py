"""Texts that come from a link, a file or a fault, made safe to stand in Markdown."""

import re
from typing import Final

from geo.french import typeset

_MARKS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:@&^=])")


def plain(text: str) -> str:
    """Escape a text so that Markdown shows it as written: no link, image, formula or colour."""
    return _MARKS.sub(r"\\\1", typeset(text))
