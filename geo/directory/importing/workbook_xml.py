"""Tags of the parts of a workbook: their attributes, and what a part relates to."""

import re
from typing import Final

from geo.directory.importing.zipped import part_of

Targets = dict[tuple[int, int], str]
"""Where the link of a cell leads, by row and column from 0."""
# No « < » in a tag: what is never closed is gone through once.
_TAG: Final = re.compile(r"<(?:\w+:)?(hyperlink|Relationship|sheet)\b([^<>]*?)/?>")
_ATTRIBUTE: Final = re.compile(r"(?<![\w:.-])([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def relations(data: bytes, part: str, name: str) -> dict[str, str]:
    """Return the targets of the relations of a part, by their ids."""
    found = tags(data, part, "Relationship", name)
    return {one.get("Id", ""): one.get("Target", "") for one in found}


def tags(data: bytes, part: str, tag: str, name: str) -> list[dict[str, str]]:
    """List the attributes of each tag of a name."""
    found = (one[2] for one in _TAG.finditer(text_of(data, part, name)) if one[1] == tag)
    return [attributes_of(text) for text in found]


def text_of(data: bytes, part: str, name: str) -> str:
    """Read a part as text."""
    return part_of(data, part, name).decode("utf-8", "replace")


def plain(text: str) -> str:
    """Return a value with its entities written as signs."""
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes of one tag."""
    return {key: plain(double or single) for key, double, single in _ATTRIBUTE.findall(text)}
