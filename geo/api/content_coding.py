"""How bytes are coded on their way (RFC 9110, 8.4): what a client takes, and what it holds."""

import gzip
import re
from collections.abc import Callable
from typing import Final, Literal

Coding = Literal["br", "gzip"]
CODINGS: Final[tuple[Coding, ...]] = ("br", "gzip")
"""The best first: over Streamlit's scripts, Brotli's slowest level is a sixth below gzip's."""


def _brotli(content: bytes) -> bytes:
    import brotli  # noqa: PLC0415 - not before the first page is served

    return bytes(brotli.compress(content, quality=11))


def _without_brotli(packed: bytes) -> bytes:
    import brotli  # noqa: PLC0415

    return bytes(brotli.decompress(packed))


ENCODERS: Final[dict[Coding, Callable[[bytes], bytes]]] = {
    "br": _brotli,
    "gzip": lambda content: gzip.compress(content, compresslevel=9, mtime=0),
}
"""Each coding at its slowest level: done once, read for years."""
DECODERS: Final[dict[Coding, Callable[[bytes], bytes]]] = {
    "br": _without_brotli,
    "gzip": gzip.decompress,
}


def quick_gzip(content: bytes) -> bytes:
    """Return bytes compressed while somebody waits: 2 MB in 50 ms."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def accepted_codings(header: str) -> tuple[Coding, ...]:
    """Return the codings that an ``Accept-Encoding`` header takes, the best first.

    A weight of 0 refuses; other weights are not compared: a client that takes both reads both.
    """
    weights = {}
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", weight)
    return tuple(coding for coding in CODINGS if weights.get(coding))


def entity_tag(digest: str, coding: Coding | None) -> str:
    """Return the strong tag of one form of a content: another coding, other bytes, another tag."""
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'


def held_tag(header: str, digest: str) -> str | None:
    """Return the tag of an ``If-None-Match`` header that stands for a content in any form.

    The best form replaces the quick one while browsers hold the latter: they hold the content all
    the same. A proxy that compresses marks a tag weak.
    """
    tags = {entity_tag(digest, coding) for coding in (None, *CODINGS)}
    for part in header.split(","):
        tag = part.strip().removeprefix("W/")
        if tag == "*":
            return entity_tag(digest, None)
        if tag in tags:
            return tag
    return None
