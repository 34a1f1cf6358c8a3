"""What the document of a page with a map asks for ahead: the map then waits for no chain of files.

Streamlit finds out which scripts a page needs once it has run, and a map's frame learns of its own
one after another. On a line with 150 ms of latency, each step of these chains counts.

Scripts of the page are ``modulepreload``. What a map's frame will ask for is ``prefetch``: a
preload belongs to one document, and the frame is another; the browser's cache serves both.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from geo.errors import AtlasError
from geo.output.first.last_answer import layer_urls
from geo.output.webfiles import map_scripts, map_styles

WIDGETS: Final = (
    *("TextInput", "Selectbox", "ButtonGroup", "Html", "PageLink", "DownloadButton"),
    "ComponentInstance",
)
"""What every page with a map shows, by the names of Streamlit's sources."""
WITH_MAP: Final = {"", "carte", "territoire", "ecosysteme", "alliances"}
_OUTLINES: Final = "geo.output.maps.outlines"
_FONT: Final = re.compile(r'(<link\s+rel="preload"[^>]*?as="font")([^>]*>)')


def scripts_last(document: str) -> str:
    """Let the font come after the scripts: its text is painted in another one until it is there."""
    fonts = "".join(f'{one[1]} fetchpriority="low"{one[2]}' for one in _FONT.finditer(document))
    return _FONT.sub("", document).replace("</head>", f"{fonts}</head>", 1)


def scripts_of(document: str) -> list[str]:
    """Return the addresses of the scripts and styles that a document names."""
    return re.findall(r'(?:src|href)="([^"]+\.(?:js|css))"', document)


def page_scripts(streamlit: Path, document: str) -> list[str]:
    """Return the addresses of the scripts that the widgets need beside those of the document.

    Another version of Streamlit may name them otherwise: then there are none.

    Parameters
    ----------
    streamlit
        Its folder of static files, with the manifest of its build.
    """
    try:
        manifest = json.loads((streamlit / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return []
    wanted = {f"/{name}.tsx" for name in WIDGETS}
    entries = [key for key in manifest if key[key.rfind("/") :] in wanted]
    files = (f"./{manifest[key]['file']}" for key in _with_imports(manifest, entries))
    return [file for file in files if file not in document]


def _with_imports(manifest: dict[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """Return entries of a manifest, and what they import, each once."""
    seen: dict[str, None] = {}
    left = list(reversed(list(keys)))
    while left:
        key = left.pop()
        if key not in seen:
            seen[key] = None
            left.extend(reversed(manifest[key].get("imports", [])))
    return iter(seen)


def map_files() -> list[str]:
    """Return the addresses of what every map's frame loads, those of this server only."""
    urls = map_scripts() + map_styles()
    # Imported once the server has started: the document never waits for it.
    outline_url = getattr(sys.modules.get(_OUTLINES), "outline_url", None)
    with suppress(AtlasError):  # a page will say it
        urls += [outline_url("region", 1000)] if outline_url else layer_urls()
    return [url for url in urls if url.startswith("/")]


def link_tags(scripts: Iterable[str], frame: Iterable[str]) -> Markup:
    """Write the links: scripts of the page, then files of the map's frame."""
    page = Markup('<link rel="modulepreload" crossorigin fetchpriority="low" href="{}" />')
    later = Markup('<link rel="prefetch" href="{}" />')
    return Markup().join([*map(page.format, scripts), *map(later.format, frame)])
