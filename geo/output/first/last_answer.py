"""The answer of the first page as the latest start left it, for whoever comes before the data.

A server answers a second before pandas and its base are there. The page that asks nothing, which is
what whoever starts it opens, is painted meanwhile from a file of ``CATALYSE_CACHE``, its map and
records included: one made of the same code, data and state of the base, or none.
"""

import gzip
import json
import sys
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from geo.directory.store.stamp import NEW, stamp
from geo.errors import AtlasError
from geo.files import files_seen, write_whole
from geo.output.first.document import Later, PageAnswer
from geo.output.webfiles import WebFile, map_scripts, map_styles, publish_file, published
from geo.query.query import Query
from geo.settings import settings
from geo.templates import WEB

_CODE: Final = Path(__file__).parents[2]
_ANSWERS: Final = "geo.output.first.answers"
_OUTLINES: Final = ("region", 1000)
_PARTS: Final = ("body", "drawing", "live", "legend")


@dataclass
class _Latest:
    """What was there when the server started."""

    stamp: str = ""
    answer: PageAnswer | None = None
    files: dict[str, WebFile] = field(default_factory=dict)


_LATEST: Final = _Latest()


def look() -> None:
    """Look for the answer, before anything opens the base, which may make a new one."""
    _LATEST.stamp, _ = stamp()
    _LATEST.answer, _LATEST.files = None, {}
    if not _LATEST.stamp:
        return
    with suppress(Exception):  # whatever is wrong with the file: the data will answer
        read = json.loads(_path(_LATEST.stamp).read_bytes())
        files = {address: _unpacked(*one) for address, one in read["files"].items()}
        body, drawing, live, legend = (Markup(read[name]) for name in _PARTS)  # noqa: S704 - what `save` wrote
        records = str(read["records"])
        publish_file(files.pop(records), partial(_stands, records))
        _LATEST.files = files
        _LATEST.answer = PageAnswer(body, drawing, records=records, live=live, legend=legend)


def last_answer() -> PageAnswer | None:
    """Return what the page that asks nothing answers, if it is known before the data are."""
    return _LATEST.answer


def layer(address: str) -> WebFile | None:
    """Return a layer that the map of this answer asks for, by its whole address."""
    return _LATEST.files.get(address)


def layer_urls() -> list[str]:
    """Return the addresses of these layers."""
    return [*_LATEST.files]


def save() -> None:
    """Keep the answer of now for the next start, and no other but that of a new base.

    Where the cache cannot be written, a start waits for its data.
    """
    with suppress(AtlasError, OSError):
        before, writes = stamp()
        path = _path(before)
        if not before or path.exists():
            return
        found = _written()
        if not found or stamp()[0] != before:
            return
        text = json.dumps(found, ensure_ascii=False).encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        new = _path(NEW)
        for other in path.parent.glob("*.json"):
            if other != new:
                other.unlink(missing_ok=True)
        write_whole(path, text)
        if _LATEST.stamp == NEW and writes == 1:  # it was made by this process, then only filled
            write_whole(new, text)


def _written() -> dict[str, Any]:
    """Return what is kept; nothing of more catalysts than are sent at once."""
    found: PageAnswer = import_module(_ANSWERS).answer("", Query({}), "")
    if not found.records:
        return {}
    outlines = import_module("geo.output.maps.outlines")
    drawing = found.drawing.make() if isinstance(found.drawing, Later) else found.drawing
    files = {outlines.outline_url(*_OUTLINES): outlines.outlines(*_OUTLINES)}
    files[found.records] = published(Path(found.records).stem)
    return {
        "body": found.body,
        "drawing": drawing,
        "live": found.live,
        "legend": found.legend,
        "records": found.records,
        "files": {address: _packed(file) for address, file in files.items() if file},
    }


def _stands(records: str) -> bool:
    """Tell whether the records are still those of the base, once it can be asked."""
    if not getattr(sys.modules.get(_ANSWERS), "READY", False):
        return True
    directory = import_module("geo.directory.directory").directory
    return bool(import_module("geo.output.maps").map_records(directory()) == records)


def _packed(file: WebFile) -> list[str]:
    return [b64encode(file.packed).decode(), file.media_type, file.digest]


def _unpacked(packed: str, media_type: str, digest: str) -> WebFile:
    content = gzip.decompress(b64decode(packed))
    return WebFile(content, media_type, digest)


def _path(state: str) -> Path:
    """Name the file by all that the answer is made of."""
    now = settings()
    made_of = [state, now.tiles, *map_scripts(), *map_styles()]
    made_of += [str(one) for root in (_CODE, WEB, now.data) for one in files_seen(root, now.store)]
    return now.cache / "first" / f"{sha256(repr(made_of).encode()).hexdigest()[:32]}.json"
