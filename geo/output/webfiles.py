"""Bytes that a browser fetches once: compressed, named by their content, kept in memory.

The maps know the addresses, ``geo.api`` serves the bytes. A name that holds a digest of the
content can be cached for ever by a browser.
"""

import gzip
import json
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Final

from geo.errors import MissingDataError
from geo.settings import settings
from geo.templates import web_path, web_text

CDN: Final = "https://cdn.jsdelivr.net/npm"
VERSIONS: Final = {"leaflet": "1.9.4", "leaflet.markercluster": "1.5.3"}
SCRIPTS: Final = (
    "leaflet/dist/leaflet.js",
    "leaflet.markercluster/dist/leaflet.markercluster.js",
)
STYLES: Final = (
    "leaflet/dist/leaflet.css",
    "leaflet.markercluster/dist/MarkerCluster.css",
)
IMAGES: Final = ("layers.png", "layers-2x.png")
MAP_SCRIPT: Final = "map.js"
MAP_PARTS: Final = (
    *("tools.js", "look.js", "legend.js", MAP_SCRIPT, "view_state.js", "keyboard.js", "marks.js"),
    *("layers.js", "points.js", "borders.js", "alliances.js"),
)
"""What draws the maps, in the order in which each uses what came before: sent as one file."""
MAP_STYLE: Final = "map.css"
WHOLE_SCRIPT: Final = "leaflet-map.js"
WHOLE_STYLE: Final = "leaflet-map.css"
"""The same with Leaflet's before: a map's frame asks for its scripts one after the other."""
LATER_SCRIPT: Final = "basemap.js"
"""Asked for once the first map is on screen, and only when no tile server answers."""
CROWD_SCRIPT: Final = "crowd.js"
"""Asked for by a map of more marks than are sent."""
PAGE_SCRIPTS: Final = ("page.js", "first.js")
PAGE_STYLES: Final = ("page.css", "frame.css", "first.css")
OWN: Final = (
    MAP_SCRIPT,
    LATER_SCRIPT,
    CROWD_SCRIPT,
    MAP_STYLE,
    *PAGE_STYLES,
    *PAGE_SCRIPTS,
    "favicon.svg",
    "logo.svg",
)
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".mvt": "application/vnd.mapbox-vector-tile",
}
_WHOLE: Final = {
    WHOLE_SCRIPT: (*SCRIPTS, MAP_SCRIPT),
    WHOLE_STYLE: (*STYLES, MAP_STYLE),
}
_SOURCE_MAP: Final = re.compile(rb"\n//# sourceMappingURL=\S+")
KEPT: Final = 64


@dataclass(frozen=True)
class WebFile:
    """One file as it is sent: raw bytes, its type and digest."""

    content: bytes
    media_type: str
    digest: str

    @cached_property
    def packed(self) -> bytes:
        """Compress it, once somebody takes it so."""
        return gzip.compress(self.content, compresslevel=6, mtime=0)


def web_file(content: bytes, suffix: str) -> WebFile:
    """Name some bytes; the digest depends on the content only."""
    return WebFile(content, _TYPES[suffix], sha256(content).hexdigest()[:12])


def _paths() -> dict[str, Path]:
    own_files = {name: web_path(name) for name in OWN}
    npm = {Path(name).name: settings().web / name for name in (*SCRIPTS, *STYLES)}
    images = {name: settings().web / "leaflet/dist/images" / name for name in IMAGES}
    return own_files | npm | images


@cache
def asset(name: str) -> WebFile:
    """Read one script, style sheet or image by its file name.

    Raises
    ------
    MissingDataError
        No asset has that name, or its file is absent.
    """
    if name in _WHOLE:
        parts = [asset(Path(part).name).content for part in _WHOLE[name]]
        return web_file(_SOURCE_MAP.sub(b"", b"\n".join(parts)), Path(name).suffix)
    path = _paths().get(name)
    if path is None or not path.exists():
        raise MissingDataError(f"Fichier web introuvable : « {name} ». Relancez « make run ».")
    return web_file(_content(name, path), path.suffix)


def _content(name: str, path: Path) -> bytes:
    if name == MAP_SCRIPT:
        return "".join(map(web_text, MAP_PARTS)).encode()
    return web_text(name).encode() if name in OWN else path.read_bytes()


def asset_url(name: str) -> str:
    """Return the address of an asset; it changes with the content."""
    return f"/assets/{name}?v={asset(name).digest}"


def served_here(packages: tuple[str, ...] = SCRIPTS + STYLES) -> bool:
    """Return whether Leaflet was installed by npm, so that no CDN is needed."""
    return all((settings().web / name).exists() for name in packages)


def _from_cdn(names: tuple[str, ...], own: str) -> list[str]:
    parts = [name.partition("/") for name in names]
    there = [f"{CDN}/{package}@{VERSIONS[package]}/{rest}" for package, _, rest in parts]
    return [*there, asset_url(own)]


def map_scripts() -> list[str]:
    """Return the addresses of the scripts of a map, in order."""
    return [asset_url(WHOLE_SCRIPT)] if served_here() else _from_cdn(SCRIPTS, MAP_SCRIPT)


def map_styles() -> list[str]:
    """Return the addresses of the styles of a map, in order."""
    return [asset_url(WHOLE_STYLE)] if served_here() else _from_cdn(STYLES, MAP_STYLE)


Still = Callable[[], bool]
"""Tells whether a document may still be read."""
_published: OrderedDict[str, tuple[WebFile, Still | None]] = OrderedDict()
_lock: Final = Lock()


def publish(document: Any, still: Still | None = None) -> str:
    """Keep a JSON document in memory under its digest and give its address.

    The same content always has the same address; the oldest documents are forgotten.

    Parameters
    ----------
    still
        Asked each time the document is: when it says no, there is no such document, so that what
        is withdrawn from publication does not stay at the address it had.
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return publish_file(web_file(text.encode(), ".json"), still)


def publish_file(file: WebFile, still: Still | None = None) -> str:
    """Keep a document as ``publish`` does, where it is written already."""
    with _lock:
        _published[file.digest] = file, still
        _published.move_to_end(file.digest)
        while len(_published) > KEPT:
            _published.popitem(last=False)
    return f"/layers/points/{file.digest}.json"


def published(digest: str) -> WebFile | None:
    """Find a document by its digest, if it may still be read."""
    with _lock:
        file, still = _published.get(digest, (None, None))
    # Asked without the lock: the answer may be in a database.
    if file is None or (still and not still()):
        return None
    with _lock:
        if digest in _published:
            _published.move_to_end(digest)
    return file
