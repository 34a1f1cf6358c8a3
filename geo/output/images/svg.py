"""Write an image as one SVG document, which nothing else is needed to read."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np

from geo.dates import in_words
from geo.french import NBSP, count, number, typeset
from geo.output.images import network
from geo.output.images.model import MapImage, Shaded, Size
from geo.output.maps import symbols
from geo.output.maps.territories import NO_DATA, class_counts
from geo.output.svg_maps import shapes
from geo.output.svg_maps.crowd import occupied
from geo.output.svg_maps.pins import pin, pins
from geo.output.svg_maps.shades import fills
from geo.output.svg_maps.view import View, view_of
from geo.palette import colour
from geo.reference.sources import attribution

_EDGE: Final = 0.025  # of the width, around everything
_TEXT: Final = 0.0125  # of the longer side: the size of the words
_LEGEND: Final = 0.24  # of the width
_LETTER: Final = 0.58  # width of a letter, in its size
_TOWNS: Final = 30
_MARK: Final = 1.9  # in the size of the words
_FONTS: Final = "DejaVu Sans, Verdana, Arial, sans-serif"


@dataclass(frozen=True)
class _Layout:
    """Where each part stands, in pixels."""

    size: Size

    @property
    def text(self) -> float:
        return max(self.size.width, self.size.height) * _TEXT

    @property
    def edge(self) -> float:
        return self.size.width * _EDGE

    @property
    def top(self) -> float:
        return self.edge + 5.6 * self.text

    @property
    def foot(self) -> float:
        return 3.0 * self.text

    @property
    def map_width(self) -> float:
        return self.size.width * (1 - _LEGEND) - 2 * self.edge

    @property
    def map_height(self) -> float:
        return self.size.height - self.top - self.foot - self.edge

    @property
    def legend_x(self) -> float:
        return 2 * self.edge + self.map_width


def svg(image: MapImage, size: Size) -> str:
    """Write the image of a map in a size."""
    at = _Layout(size)
    view = view_of(image.bounds, at.map_width, at.map_height, 2 * at.text)
    parts = [
        f'<rect width="{size.width}" height="{size.height}" fill="{colour("paper")}"/>',
        _words(image, at),
        (
            f'<svg x="{at.edge:.0f}" y="{at.top:.0f}" width="{view.width:.0f}"'
            f' height="{view.height:.0f}">{_map(image, view, at)}</svg>'
        ),
        _legend(image, at),
        _sources(image, at),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}"'
        f' viewBox="0 0 {size.width} {size.height}" font-family="{_FONTS}"'
        f' font-size="{at.text:.1f}" fill="{colour("ink")}" role="img">'
        f"<title>{escape(_title(image))}</title>{_style(at)}{''.join(parts)}</svg>"
    )


def _style(at: _Layout) -> str:
    return (
        "<style>"
        f".ville{{fill:{colour('slate')};stroke:{colour('card')};stroke-width:{at.text * 0.25:.1f};"
        f"paint-order:stroke;font-size:{at.text * 0.9:.1f}px;font-weight:600;text-anchor:middle}}"
        f".perimetre{{fill:{colour('orange')};fill-opacity:.07;stroke:{colour('orange')};"
        f"stroke-width:{at.text * 0.2:.1f}}}"
        f".rang circle{{fill:{colour('ink')};stroke:#fff}}"
        f".rang text{{fill:#fff;font-size:{at.text * 0.75:.1f}px;font-weight:700;"
        "text-anchor:middle}</style>"
    )


def _title(image: MapImage) -> str:
    return typeset(image.caption.title)


def _words(image: MapImage, at: _Layout) -> str:
    """Write the title, then the filters, the counts and the date."""
    about = image.caption
    placed = len(network.placed_rows(image))
    unplaced = len(image.rows) - placed
    noun = "catalyseur" if image.alliances is None else "acteur"
    counted = f"{count(placed, noun)} sur la carte"
    if unplaced:
        counted += f", {unplaced} sans point"
    if image.alliances is not None:
        counted += f" ; {count(len(image.alliances), 'alliance')}"
    subtitle = f"{counted} ; {about.filters} ; {in_words(about.date)}"
    lines = [(_title(image), 1.9, 700), (typeset(subtitle), 1.0, 400)]
    if about.fictive:
        lines.append((typeset(about.notice), 1.0, 700))
    elif image.sentence:
        lines.append((typeset(image.sentence), 1.0, 400))
    written, y = [], at.edge
    for text, factor, weight in lines:
        y += factor * at.text * 1.3
        fill = colour("fiction") if text == typeset(about.notice) else colour("ink")
        written.append(
            f'<text x="{at.edge:.0f}" y="{y:.0f}" font-size="{factor * at.text:.1f}"'
            f' font-weight="{weight}" fill="{fill}">{escape(text)}</text>'
        )
    return "".join(written)


def _map(image: MapImage, view: View, at: _Layout) -> str:
    placed = network.placed_rows(image)
    spots = shapes.spots_of(placed, view)
    shaded = image.shaded
    below = "" if shaded is None else shapes.areas(shaded.kind, view, _fills(shaded))
    above = network.draw(image, spots, view, at.text) or shapes.marks(
        placed, spots, _MARK * at.text, ranked=image.ranked
    )
    if image.proposed is not None:
        above += pins(image.proposed, view, 2.6 * at.text, colour("ink"))
    outlined = shapes.perimeter(*image.area, view) if image.area else ""
    if image.shape is not None:
        outlined = shapes.outline(image.shape, view)
    return (
        f'<rect width="{view.width:.0f}" height="{view.height:.0f}" fill="{colour("sea")}"/>'
        f"{shapes.around(view)}{shapes.land(view)}{below}{shapes.waters(view)}{outlined}"
        f"{shapes.names(view, _occupied(spots, view, at), _TOWNS, 7 * at.text)}"
        f"{above}"
        f"{_scale_and_north(view, at)}"
    )


def _occupied(spots: shapes.Spots, view: View, at: _Layout) -> shapes.Spots:
    """Return where no name may stand: the marks, the scale bar."""
    foot = view.height - at.text
    bar = [[x, foot] for x in np.arange(0.0, view.bar()[1] + 6 * at.text, 3 * at.text)]
    return np.concatenate([occupied(spots, _MARK * at.text), np.array(bar)])


def _fills(shaded: Shaded) -> list[str] | None:
    """Give each territory of the kind its colour; one without data a grey one."""
    if shaded.values is None or shaded.scale is None:
        return None
    return fills(shaded.kind, shaded.values, shaded.scale)


def _scale_and_north(view: View, at: _Layout) -> str:
    kilometres, long = view.bar()
    x, y, up = at.text, view.height - at.text, 2.6 * at.text
    ink = colour("ink")
    return (
        f'<g fill="{ink}" stroke="none"><path d="M{x:.0f} {y:.0f}h{long:.0f}" stroke="{ink}"'
        f' stroke-width="{at.text * 0.18:.1f}"/><text x="{x:.0f}" y="{y - 0.5 * at.text:.0f}">'
        f"{number(kilometres)}{NBSP}km</text>"
        f'<g transform="translate({view.width - 1.6 * at.text:.0f} {at.text + up:.0f})">'
        f'<path d="M0 {-up:.0f}l{0.6 * at.text:.0f} {up * 0.75:.0f}'
        f'l{-0.6 * at.text:.0f} {-0.3 * at.text:.0f}l{-0.6 * at.text:.0f} {0.3 * at.text:.0f}z"/>'
        f'<text y="{0.6 * at.text:.0f}" text-anchor="middle" font-weight="700">N</text></g></g>'
    )


def _legend(image: MapImage, at: _Layout) -> str:
    """Explain the shades, then the marks that are there."""
    entries: list[tuple[str, str]] = []
    if image.shaded and image.shaded.scale:
        entries += _shade_entries(image.shaded, at)
    if image.alliances is not None:
        return _legend_lines(network.entries(image, at.text), at)
    size = int(1.6 * at.text)
    if image.proposed is not None:
        entries.append(("", "Calculé : ce ne sont pas des catalyseurs"))
        label = f"Lieu proposé, à son rang ({len(image.proposed)})"
        entries.append((pin(size, colour("ink")), label))
    present = {symbols.mark_of(codes) for codes in image.rows["practices"]}
    if present:
        entries.append(("", "Pratique"))
        entries += [
            (symbols.mark_svg(symbols.marks()[mark], size), label)
            for mark, label in symbols.mark_labels().items()
            if mark in present
        ]
    return _legend_lines(entries, at)


def _shade_entries(shaded: Shaded, at: _Layout) -> list[tuple[str, str]]:
    if shaded.scale is None or shaded.values is None:
        return []
    unit = f" ({shaded.scale.unit})" if shaded.scale.unit else ""
    counts = class_counts(shaded.kind, shaded.values, shaded.scale)
    named = zip(
        [*shaded.scale.colours(), colour("hatch")],
        [*shaded.scale.labels(), NO_DATA],
        counts,
        strict=True,
    )
    swatch = '<rect width="{0:.0f}" height="{1:.0f}" fill="{2}" stroke="{3}"/>'
    found = [
        (swatch.format(1.6 * at.text, at.text, fill, colour("edge")), f"{label} ({many})")
        for fill, label, many in named
        if many or label != NO_DATA
    ]
    return [("", f"{shaded.title}{unit}"), *found]


def _legend_lines(entries: Iterable[tuple[str, str]], at: _Layout) -> str:
    """Write a legend from the top, a heading where there is no drawing."""
    room = int((at.size.width * _LEGEND) / (at.text * _LETTER))
    y, lines = at.top, []
    for drawing, label in entries:
        indent = 2.4 * at.text if drawing else 0
        weight = 400 if drawing else 700
        y += 0.4 * at.text if drawing else 0.9 * at.text
        if drawing:
            lines.append(f'<g transform="translate({at.legend_x:.0f} {y:.0f})">{drawing}</g>')
        for text in textwrap.wrap(typeset(label), room - 5) or [""]:
            y += 1.25 * at.text
            lines.append(
                f'<text x="{at.legend_x + indent:.0f}" y="{y:.0f}" font-weight="{weight}">'
                f"{escape(text)}</text>"
            )
    return "".join(lines)


def _sources(image: MapImage, at: _Layout) -> str:
    sentence = f"Sources : {image.caption.catalysts_from} ; {attribution()}."
    room = int((at.size.width - 2 * at.edge) / (at.text * 0.8 * _LETTER))
    y = at.size.height - at.foot - at.edge + 1.8 * at.text
    lines = textwrap.wrap(typeset(sentence), room)[:3]
    return "".join(
        f'<text x="{at.edge:.0f}" y="{y + index * at.text:.0f}" font-size="{0.8 * at.text:.1f}"'
        f' fill="{colour("muted")}">{escape(text)}</text>'
        for index, text in enumerate(lines)
    )
