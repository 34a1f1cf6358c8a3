"""The image of a shared link: a territory's outline, its name and its counts, 1200 × 630.

Drawn by Typst from an SVG outline; texts travel as data, never as code.
"""

import json
from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely

from geo.directory.directory import directory
from geo.french import NBSP, count, number
from geo.output.caption import FICTIVE_NOTICE
from geo.output.images.fonts import fonts
from geo.output.preview import GENERAL, SITE
from geo.output.preview_counts import TerritoryCounts, count_territory
from geo.output.webfiles import WebFile, web_file
from geo.palette import colour, colours
from geo.reference import france
from geo.vocabulary import label

WIDTH: Final = 1200
HEIGHT: Final = 630
_SIDE: Final = 480.0
_LONG: Final = 34  # letters that still make two lines at most
_PLACE: Final = (
    '#let said = json(bytes(sys.inputs.at("said")))\n'
    "#set page(width: 600pt, height: 315pt, margin: (x: 32pt, y: 26pt),\n"
    "  fill: rgb(said.colours.paper))\n"
    '#set text(lang: "fr", fill: rgb(said.colours.ink), size: 15pt, hyphenate: false,\n'
    '  font: ("Source Sans 3", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"))\n'
    "#set par(leading: 0.5em)\n"
    "#grid(columns: (1fr, 240pt), column-gutter: 20pt, rows: 224pt,\n"
    "  align(left + horizon, stack(spacing: 14pt,\n"
    "    text(size: said.size * 1pt, weight: 700, said.title),\n"
    "    text(fill: rgb(said.colours.muted), said.kind),\n"
    "    text(size: 17pt, weight: 600, said.figures))),\n"
    '  align(center + horizon, image(bytes(said.drawing), format: "svg", width: 236pt,\n'
    '    height: 220pt, fit: "contain")))\n'
    "#place(bottom + left, box(width: 100%, stroke: (top: 2pt + rgb(said.colours.petrol)),\n"
    "  inset: (top: 8pt))[\n"
    "    #text(weight: 700, fill: rgb(said.colours.petrol), said.site)\n"
    "    #h(1fr)\n"
    "    #text(weight: 700, fill: rgb(said.colours.fiction), said.mark)\n"
    "  ])\n"
)


def general_image() -> WebFile:
    """Draw the image of the whole app: France, and how many catalysts are on the map."""
    catalysts = directory()
    return _render(
        SITE, GENERAL, count(len(catalysts.frame), "catalyseur"), None, catalysts.fictive
    )


def territory_image(kind: str, code: str) -> WebFile:
    """Draw the image of one territory.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    found = count_territory(kind, code)
    return _render(
        found.territory.label,
        _detail(found),
        found.figures().capitalize(),
        (kind, code),
        found.fictive,
    )


def _detail(found: TerritoryCounts) -> str:
    place = found.territory
    communes = f", {count(place.commune_count, 'commune')}" if place.commune_count > 1 else ""
    return (
        f"{label('territory_kind', place.kind)}{communes}, "
        f"{number(place.population)}{NBSP}habitants"
    )


@lru_cache(maxsize=256)
def _render(
    title: str,
    kind: str,
    figures: str,
    where: tuple[str, str] | None,
    fictive: bool,  # noqa: FBT001
) -> WebFile:
    import typst  # noqa: PLC0415 - half a second, for the few who ask for an image

    inputs: dict[str, Any] = {
        "title": title,
        "size": 32 if len(title) < _LONG else 24,
        "kind": kind,
        "figures": figures,
        "drawing": _svg(where),
        "colours": colours(),
        "site": SITE,
        "mark": FICTIVE_NOTICE if fictive else "",
    }
    content = typst.compile(
        _PLACE.encode(),
        format="png",
        ppi=144,
        sys_inputs={"said": json.dumps(inputs)},
        font_paths=fonts(),
    )
    return web_file(bytes(content), ".png")


@lru_cache(maxsize=1)
def _country() -> Any:
    codes = france.regions_of_europe()
    whole = shapely.union_all(
        [shapely.simplify(france.geometry("region", code), 0.01) for code in codes]
    )
    # Regions simplified apart leave slits between them; mainland France has no hole.
    return shapely.multipolygons([shapely.Polygon(part.exterior) for part in whole.geoms])


def _svg(where: tuple[str, str] | None) -> str:
    """Draw an outline upright, its degrees of longitude as short as they are there."""
    shape = france.geometry(*where) if where else _country()
    west, south, east, north = shapely.bounds(shape)
    narrow = max(0.05, float(np.cos(np.radians((south + north) / 2))))
    scale = _SIDE / max((east - west) * narrow, north - south, 1e-6)
    flat = shapely.transform(shape, lambda at: (at - (west, north)) * (scale * narrow, -scale))
    outline = shapely.simplify(flat, 0.4)
    width, height = (east - west) * narrow * scale, (north - south) * scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {width + 8:.0f} {height + 8:.0f}">'
        f'<path d="{_path(outline)}" fill="{colour("outline-ground")}" fill-rule="evenodd" '
        f'stroke="{colour("petrol")}" '
        'stroke-width="3" stroke-linejoin="round"/></svg>'
    )


def _path(shape: Any) -> str:
    rings = [
        ring
        for part in shapely.get_parts(shape)
        for ring in (part.exterior, *part.interiors)
        if not ring.is_empty
    ]
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shapely.get_coordinates(ring)) + "Z"
        for ring in rings
    )
