"""A map in one file: it opens without any network, with its filters and its list inside.

The list is plain HTML, read without scripts; the script draws the map and filters. Nothing comes
from elsewhere, and the file's own policy forbids it: every script and style is named by its hash.
"""

import base64
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from typing import Final

from geo.errors import AtlasError, MissingDataError
from geo.french import number
from geo.output.datasets import Dataset
from geo.output.exports.drawn import Drawn, drawn
from geo.output.exports.export import Export
from geo.output.maps.base import to_script
from geo.output.maps.symbols import Mark
from geo.settings import settings
from geo.vocabulary import name_of

_MOST: Final = 10_000


def html(export: Export) -> Iterator[bytes]:
    """Write the map of an export with all its layers.

    Raises
    ------
    AtlasError
        There are more rows than a page can hold.
    """
    rows = sum(len(one.frame) for one in export.datasets)
    if rows > _MOST:
        raise AtlasError(
            f"{number(rows)} lignes : une carte en un fichier en tient {number(_MOST)}. "
            "Filtrez, ou choisissez le GeoPackage."
        )
    shown = drawn(export)
    styles = [_npm("leaflet/dist/leaflet.css"), _own("autonome.css")]
    scripts = [_npm("leaflet/dist/leaflet.js"), _own("autonome.js")]
    yield _head(export, styles, scripts).encode()
    yield "".join(_body(export, shown)).encode()
    yield f'<script type="application/json" id="donnees">{to_script(shown.data)}</script>'.encode()
    yield "".join(f"<script>{one}</script>" for one in scripts).encode()
    yield b"</body></html>\n"


def _npm(name: str) -> str:
    path = settings().web / name
    if not path.is_file():
        raise MissingDataError(f"Leaflet manque ({path.name}) : relancez « make run ».")
    return path.read_text(encoding="utf-8")


def _own(name: str) -> str:
    return (settings().data / "web" / name).read_text(encoding="utf-8")


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _head(export: Export, styles: list[str], scripts: list[str]) -> str:
    policy = (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(export.caption.mark.upper())}{escape(export.caption.title)}</title>"
        f"{''.join(f'<style>{one}</style>' for one in styles)}</head>"
    )


def _body(export: Export, shown: Drawn) -> Iterator[str]:
    about = export.caption
    yield f"<body><header><h1>{escape(about.title)}</h1>"
    if about.fictive:
        yield f'<p class="fictif">{escape(about.notice)}</p>'
    said = (
        f"{about.counted(len(export.main.frame))}, {about.filters}. Extrait le {_day(about.date)}."
    )
    yield f"<p>{escape(said)}</p></header><main>"
    yield from _filters(shown)
    yield '<p id="compte" role="status"></p><div class="vue"><div class="carte">'
    yield '<div id="sauts" class="sauts" role="group" aria-label="Aller à" hidden></div>'
    yield f'<div id="carte" role="region" aria-label="{escape(f"Carte : {about.title}")}"></div>'
    yield f'{_legend(shown)}</div><div class="listes">'
    for at, dataset in enumerate(export.datasets):
        yield from _list(at, dataset, shown)
    yield "</div></div></main><footer><h2>À propos de cette carte</h2><dl>"
    for term, said in export.facts:
        yield f"<dt>{escape(term)}</dt><dd>{escape(said)}</dd>"
    yield "</dl></footer>"


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _filters(shown: Drawn) -> Iterator[str]:
    yield '<form id="filtres" role="search" aria-label="Filtrer la carte et la liste">'
    yield '<label>Mots <input type="search" name="texte" autocomplete="off"></label>'
    for name, title, every, vocabulary, codes in (
        ("profil", "Profil", "Tous", "any_profile", shown.profiles),
        ("pratique", "Pratique", "Toutes", "practice", shown.practices),
    ):
        if codes:
            offered = "".join(
                f'<option value="{escape(one)}">{escape(name_of(vocabulary, one))}</option>'
                for one in codes
            )
            yield (
                f'<label>{title} <select name="{name}"><option value="">{every}</option>'
                f"{offered}</select></label>"
            )
    yield '<button type="reset">Tout montrer</button></form>'


def _legend(shown: Drawn) -> str:
    marks = "".join(f"<li>{_sign(mark)} {escape(said)}</li>" for mark, said in shown.legend_marks)
    lines = "".join(
        '<li><svg viewBox="0 0 40 12" width="40" height="12" aria-hidden="true">'
        f'<path d="M1 6H39" fill="none" stroke="{line.colour}" stroke-width="{line.width}"'
        f' stroke-dasharray="{line.pattern}"/></svg> {escape(said)}</li>'
        for line, said in shown.legend_lines
    )
    return f'<ul class="legende" aria-label="Légende">{marks}{lines}</ul>' if marks + lines else ""


def _sign(mark: Mark) -> str:
    return (
        '<svg viewBox="-1 -1 34 34" width="20" height="20" aria-hidden="true">'
        f'<path d="{mark.path}" fill="{mark.fill}"/><text x="16" y="{21 + mark.dy:g}" fill="#fff"'
        f' font-size="14" font-weight="700" text-anchor="middle">{mark.letter}</text></svg>'
    )


def _list(at: int, dataset: Dataset, shown: Drawn) -> Iterator[str]:
    entries = shown.entries[at]
    yield f'<section><h2>{escape(dataset.title)} <span class="nombre">{len(entries)}</span></h2>'
    if not entries:
        yield "<p>Aucun.</p>"
    yield "<ul>"
    for entry in entries:
        button = (
            f'<button type="button" data-voir="{entry.number}">Voir sur la carte</button>'
            if entry.placed
            else "<em>Sans lieu précis</em>"
        )
        pairs = "".join(
            f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in entry.details
        )
        yield (
            f'<li id="r{entry.number}"><details><summary><bdi>{escape(entry.name)}</bdi></summary>'
            f"<dl>{pairs}</dl></details>{button}</li>"
        )
    yield "</ul></section>"
