"""What explains an image: shades, marks, lines, places proposed, each as it is drawn."""

import textwrap
from collections.abc import Iterable
from html import escape

from geo.french import typeset
from geo.output.images import network
from geo.output.images.layout import Layout
from geo.output.images.model import MapImage, Shaded
from geo.output.images.network import Entry, Rows
from geo.output.maps import symbols
from geo.output.maps.territories import class_counts
from geo.output.svg_maps.pins import pin
from geo.output.svg_maps.shades import HATCHED
from geo.palette import colour


def entries(image: MapImage, in_view: Rows, at: Layout) -> list[Entry]:
    """Explain the shades, then the marks of the rows that are drawn."""
    if image.alliances is not None:
        return network.entries(image, in_view, at.text)
    found: list[Entry] = []
    if image.shaded and image.shaded.scale:
        found += _shade_entries(image.shaded, at)
    size = int(1.6 * at.text)
    if image.proposed is not None and len(image.proposed):
        found.append(("", "Calculé : ce ne sont pas des catalyseurs"))
        label = f"Lieu proposé, à son rang ({len(image.proposed)})"
        found.append((pin(size, colour("ink")), label))
    present = {symbols.mark_of(codes) for codes in in_view["practices"]}
    if present:
        found.append(("", "Pratique"))
        found += [
            (symbols.mark_svg(symbols.marks()[mark], size), label)
            for mark, label in symbols.mark_labels().items()
            if mark in present
        ]
    return found + (_ground_entries(at) if image.area and not image.shaded else [])


def _ground_entries(at: Layout) -> list[Entry]:
    """Explain the perimeter and the towns, of a map that comes close."""
    box = f'<rect width="{1.6 * at.text:.0f}" height="{at.text:.0f}"'
    line = f'stroke="{colour("orange")}" stroke-width="{0.2 * at.text:.1f}"'
    tint = f'stroke="{colour("edge")}" style="mix-blend-mode:multiply"'
    return [
        ("", "Territoire"),
        (f'{box} fill="{colour("orange")}" fill-opacity=".07" {line}/>', "Son périmètre"),
        (f'{box} fill="{colour("town")}" {tint}/>', "Communes urbaines (INSEE)"),
    ]


def _shade_entries(shaded: Shaded, at: Layout) -> list[Entry]:
    if shaded.scale is None or shaded.values is None:
        return []
    unit = f" ({shaded.scale.unit})" if shaded.scale.unit else ""
    counts = class_counts(shaded.kind, shaded.values, shaded.scale)
    named = zip(
        [*shaded.scale.colours(), HATCHED],
        [*shaded.scale.labels(), shaded.scale.without],
        counts,
        strict=True,
    )
    swatch = '<rect width="{0:.0f}" height="{1:.0f}" fill="{2}" stroke="{3}"/>'
    found = [
        (swatch.format(1.6 * at.text, at.text, fill, colour("edge")), f"{label} ({many})")
        for fill, label, many in named
        if many or label != shaded.scale.without
    ]
    return [("", f"{shaded.title}{unit}"), *found]


def legend(entries: Iterable[Entry], at: Layout) -> str:
    """Write a legend from the top, a heading where there is no drawing."""
    y, lines = at.top, []
    for drawing, label in entries:
        indent = 2.4 * at.text if drawing else 0
        weight = 400 if drawing else 700
        y += 0.4 * at.text if drawing else 0.9 * at.text
        if drawing:
            lines.append(f'<g transform="translate({at.legend_x:.0f} {y:.0f})">{drawing}</g>')
        for text in textwrap.wrap(typeset(label), at.legend_room) or [""]:
            y += 1.25 * at.text
            lines.append(
                f'<text x="{at.legend_x + indent:.0f}" y="{y:.0f}" font-weight="{weight}">'
                f"{escape(text)}</text>"
            )
    return "".join(lines)
