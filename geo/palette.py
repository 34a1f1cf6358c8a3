"""The colours of the house, by name, from ``web/palette.toml``: the only place where one is said.

Styles and scripts name them as ``var(--name)``, replaced when the file is sent: a canvas, a page
in one file and the frame of another site then read them alike.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

PALETTE: Final = Path(__file__).resolve().parent.parent / "web" / "palette.toml"
_NAMED: Final = re.compile(r"var\(--([a-z0-9-]+)\)")


@cache
def colours() -> dict[str, str]:
    """Read every colour: « #rrggbb » or « #rgb », by name."""
    return tomllib.loads(PALETTE.read_text(encoding="utf-8"))


def colour(name: str) -> str:
    """Return one colour; a name that the palette does not hold is a fault of ours."""
    return colours()[name]


def coloured(text: str) -> str:
    """Write the colours that a style or a script names; any other variable stays as it is."""
    return _NAMED.sub(lambda found: colours().get(found[1], found[0]), text)
