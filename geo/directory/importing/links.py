"""Web addresses: http and https only; a bare « www.x.fr » gets its https."""

import re
from typing import Final
from urllib.parse import urlsplit

from geo.directory.importing.dry_run import INFO
from geo.directory.importing.row_batch import RowBatch, Texts, each, where
from geo.french import CONTROLS

_HOST: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s;|]+|,\s+|\s+(?:et|ou)\s+")
_WRITTEN: Final = re.compile(
    r"""<a\s[^<>]{0,300}?href\s?=\s?["']([^"'<>]{1,2000})["']|\]\(\s?(https?://[^\s()]{1,2000})\s?\)""",
    re.IGNORECASE,
)
_LONGEST: Final = 2_000


def links(batch: RowBatch, name: str) -> Texts:
    """Return addresses that a browser may follow without risk, the rest left empty and told."""
    read = batch.texts(name)
    values = each(read, link)
    has_text = where(read, lambda text: text.strip())
    batch.tell(
        has_text & (values == ""),
        name,
        "Adresse web refusée : seules les adresses http et https sont gardées.",
        (read, values),
    )
    added = where(read, lambda text: link(text) and not text.lower().lstrip().startswith("http"))
    batch.tell(added, name, "Adresse complétée avec « https:// ».", (read, values), INFO)
    several = where(read, lambda text: link(text) and len(_pieces(text)) > 1)
    batch.tell(several, name, "Plusieurs adresses : la première est gardée.", (read, values))
    return values


def link(text: str) -> str:
    """Return the first web address of a text, empty when there is none to trust."""
    for piece in _pieces(_target(text)):
        found = _one(piece)
        if found:
            return found
    return ""


def _target(text: str) -> str:
    """Return where a link written as HTML or Markdown leads, else the text."""
    found = _WRITTEN.search(text)
    return (found[1] or found[2]) if found else text


def _pieces(text: str) -> list[str]:
    return [piece for piece in _BETWEEN.split(text.strip()) if piece]


def _one(text: str) -> str:
    if len(text) > _LONGEST or re.search(CONTROLS, text) or re.search(r"[<>\"'`\\]", text):
        return ""
    bare = not _SCHEME.match(text) or _HOST.match(text.split(":", maxsplit=1)[0] or "-")
    whole = f"https://{text.lstrip('/')}" if bare and not text.startswith("http") else text
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:
        return ""
    safe = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return whole if safe and _HOST.fullmatch(host) else ""
