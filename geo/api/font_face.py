"""The font of every page, named where Streamlit's scripts have not named it yet, or never will."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from markupsafe import Markup

_FONT: Final = re.compile(r'href="([^"]+\.woff2)"\s+as="font"')
_FACE: Final = Markup(
    '<style>@font-face{{font-family:"Source Sans";src:url({}) format("woff2");'
    "font-weight:200 900;font-display:{}}}</style>"
)


@cache
def font_face(display: str = "optional") -> Markup:
    """Return the style that names Streamlit's font by its file; nothing where it has none.

    ``display``: as in CSS; « optional » never moves what is painted, « swap » waits for the font.
    """
    home = find_spec("streamlit")  # its files are read, it is not imported
    document = Path(home.origin if home and home.origin else "").parent / "static" / "index.html"
    font = _FONT.search(document.read_text(encoding="utf-8")) if document.is_file() else None
    return _FACE.format(font[1].removeprefix("."), display) if font else Markup("")
