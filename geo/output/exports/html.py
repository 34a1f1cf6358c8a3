"""A map in one file: it opens without any network, with its filters and its list inside.

The list is plain HTML, read without scripts; the script draws the map and filters. Nothing comes
from elsewhere, and the file's own policy forbids it: every script and style is named by its hash.
"""

import base64
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from geo.errors import AtlasError, MissingDataError
from geo.french import number
from geo.output.exports.html_data import HtmlData, html_data
from geo.output.exports.model import Export
from geo.output.maps.spec import to_script
from geo.settings import settings
from geo.templates import stream, web_text
from geo.vocabulary import name_of

_MOST: Final = 10_000


def html(export: Export) -> Iterator[bytes]:
    """Write the map of an export with all its layers.

    Raises
    ------
    AtlasError
        There are more rows than a page can hold.
    """
    rows = sum(len(dataset.frame) for dataset in export.datasets)
    if rows > _MOST:
        raise AtlasError(
            f"{number(rows)} lignes : une carte en un fichier en tient {number(_MOST)}. "
            "Filtrez, ou choisissez le GeoPackage."
        )
    shown = html_data(export)
    styles = [_npm("leaflet/dist/leaflet.css"), web_text("standalone.css")]
    own_script = "".join(map(web_text, ("keyboard.js", "standalone_names.js", "standalone.js")))
    scripts = [_npm("leaflet/dist/leaflet.js"), own_script]
    return stream(
        "standalone.html",
        about=export.caption,
        policy=_policy(styles, scripts),
        styles=styles,
        scripts=scripts,
        standing=_standing(export),
        filters=_filters(shown),
        datasets=export.datasets,
        shown=shown,
        facts=export.facts,
        data=to_script(shown.data),
    )


def _npm(name: str) -> str:
    path = settings().web / name
    if not path.is_file():
        raise MissingDataError(f"Leaflet manque ({path.name}) : relancez « make run ».")
    return path.read_text(encoding="utf-8")


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _policy(styles: list[str], scripts: list[str]) -> str:
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _standing(export: Export) -> str:
    about = export.caption
    counted = about.counted(len(export.main.frame))
    return f"{counted}, {about.filters}. Extrait le {_day(about.date)}."


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _filters(shown: HtmlData) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return each filter: its name, its title, the word for all, its codes with their labels."""
    choices = (
        ("profil", "Profil", "Tous", "any_profile", shown.profiles),
        ("pratique", "Pratique", "Toutes", "practice", shown.practices),
    )
    return [
        (name, title, every, [(code, name_of(vocabulary, code)) for code in codes])
        for name, title, every, vocabulary, codes in choices
        if codes
    ]
