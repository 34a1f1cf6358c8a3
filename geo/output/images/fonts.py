"""The fonts that Typst draws with: the pages' own first, the machine's for signs that it lacks."""

from functools import cache
from typing import TYPE_CHECKING

from geo.templates import WEB

if TYPE_CHECKING:
    from typst import Fonts


@cache
def fonts() -> "Fonts":
    """Read them once."""
    import typst  # noqa: PLC0415 - half a second, for the few who ask for an image

    return typst.Fonts(font_paths=[WEB / "fonts"])
