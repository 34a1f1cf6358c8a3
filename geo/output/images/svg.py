"""Write an image as one SVG document, which nothing else is needed to read."""

import re
import textwrap
from html import escape
from typing import Final

from geo.dates import in_words
from geo.french import count, typeset
from geo.output.caption import Caption
from geo.output.images import network
from geo.output.images.layout import FAMILIES, LETTER, Layout
from geo.output.images.legend import entries, legend
from geo.output.images.model import MapImage, Shaded, Size
from geo.output.svg_maps import shapes
from geo.output.svg_maps.bearings import scale_and_north, where_they_stand
from geo.output.svg_maps.crowd import apart, boxes
from geo.output.svg_maps.labels import Lettering, meet, names, wider
from geo.output.svg_maps.network import marks as network_marks
from geo.output.svg_maps.pins import pins
from geo.output.svg_maps.shades import HATCHED, HATCHING, fills
from geo.output.svg_maps.view import Box, View, view_of
from geo.palette import colour
from geo.reference.sources import attribution

_TOWNS: Final = 160  # names at most
_NAME, _MARK, _PIN = 0.78, 1.9, 2.6  # of a place, a mark, a pin: in the size of the words
_ROOM: Final = 1.5  # of a ring, around its middle, in the size of the words
_FREE: Final = 0.3  # around a mark, from the edge, in the same
_STEPS: Final = 8  # back, at most
_SCREEN: Final = 12.0  # pixels of a word on the live map, whose lines are 1 pixel wide
_DEPARTEMENTS, _COMMUNES = 6, 9  # zooms of the live map from which limits are drawn
_UNFILTERED: Final = "sans filtre"  # goes without saying on an image


def svg(image: MapImage, size: Size) -> str:
    """Write the image of a map in a size."""
    at = Layout(size)
    view = whole_view(image, at)
    rows = network.drawn_rows(image, view, _ROOM * at.text)
    explained = entries(image, rows, at)
    parts = [
        f'<rect width="{size.width}" height="{size.height}" fill="{colour("paper")}"/>',
        _words(image, len(rows), at),
        (
            f'<svg x="{at.edge:.0f}" y="{at.top:.0f}" width="{view.width:.0f}"'
            f' height="{view.height:.0f}">{_map(image, rows, view, at)}</svg>'
        ),
        legend(explained, at),
        _sources(image, at),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}"'
        f' viewBox="0 0 {size.width} {size.height}" font-family="{FAMILIES}"'
        f' font-size="{at.text:.1f}" fill="{colour("ink")}" role="img">'
        f"<title>{escape(_title(image))}</title>{_style(at)}{''.join(parts)}</svg>"
    )


def whole_view(image: MapImage, at: Layout) -> View:
    """Return the view of an image, which steps back until no mark is cut by its edge."""
    view = view_of(image.bounds, at.map_width, at.map_height, 2 * at.text)
    placed = network.placed_rows(image)
    for _ in range(_STEPS):
        found = _mark_boxes(image, _spots(image, placed, view, at), view, at)
        cut = [box for box in found if meet(box, view.frame) and not _holds(view.frame, box)]
        if not cut:
            break
        view = view.holding([wider(box, _FREE * at.text) for box in cut])
    return view


def drawn_boxes(image: MapImage, view: View, at: Layout) -> list[Box]:
    """Return what the marks that an image draws fill, in units of its map."""
    rows = network.drawn_rows(image, view, _ROOM * at.text)
    return _mark_boxes(image, _spots(image, rows, view, at), view, at)


def _holds(frame: Box, box: Box) -> bool:
    return min(box[0] - frame[0], box[1] - frame[1], frame[2] - box[2], frame[3] - box[3]) >= 0


def _spots(image: MapImage, rows: network.Rows, view: View, at: Layout) -> shapes.Spots:
    spots = shapes.spots_of(rows, view)
    return apart(spots, _MARK * at.text) if image.ranked else spots


def _mark_boxes(image: MapImage, spots: shapes.Spots, view: View, at: Layout) -> list[Box]:
    """Return what the marks fill, and the places proposed."""
    taken = boxes(spots, _MARK * at.text, ranked=image.ranked)
    if image.proposed is not None:
        half = _PIN * at.text / 2
        ends = shapes.spots_of(image.proposed, view).tolist()
        taken += [(x - half, y - 2 * half, x + half, y) for x, y in ends]
    return taken


def _style(at: Layout) -> str:
    return (
        "<style>"
        f".ville{{fill:{colour('slate')};stroke:{colour('card')};stroke-width:{at.text * 0.22:.1f};"
        "stroke-linejoin:round;paint-order:stroke}.ville circle{stroke:none}"
        f".perimetre{{fill:{colour('orange')};fill-opacity:.07;stroke:{colour('orange')};"
        f"stroke-width:{at.text * 0.2:.1f}}}"
        f".rang circle{{fill:{colour('ink')};stroke:#fff}}"
        f".rang text{{fill:#fff;font-size:{at.text * 0.75:.1f}px;font-weight:700;"
        "text-anchor:middle}</style>"
    )


def _title(image: MapImage) -> str:
    return typeset(image.caption.title)


def _words(image: MapImage, in_view: int, at: Layout) -> str:
    """Write the title, then the filters, the counts and the date, each as large as it has room."""
    about = image.caption
    placed = len(network.placed_rows(image))
    noun = "catalyseur" if image.alliances is None else "acteur"
    counted = f"{count(in_view, noun) if in_view else f'Aucun {noun}'} sur la carte"
    for quantity, where in (
        (placed - in_view, "hors du cadre"),
        (len(image.rows) - placed, "sans point"),
    ):
        if quantity:
            counted += f", {quantity} {where}"
    if image.alliances is not None:
        counted += f" ; {count(len(image.alliances), 'alliance')}"
    filters = "" if about.filters == _UNFILTERED else f"{about.filters} ; "
    subtitle = f"{counted} ; {filters}{in_words(about.date)}"
    lines = [(_title(image), 1.9, 700), (typeset(subtitle), 1.0, 400)]
    if about.fictive:
        lines.append((typeset(about.notice), 1.0, 700))
    elif image.sentence:
        lines.append((typeset(image.sentence), 1.0, 400))
    written, y = [], at.edge
    for text, factor, weight in lines:
        y += factor * at.text * 1.4
        fill = colour("fiction") if text == typeset(about.notice) else colour("ink")
        short, text_size = at.fitted(text, factor * at.text)
        written.append(
            f'<text x="{at.edge:.0f}" y="{y:.0f}" font-size="{text_size:.1f}"'
            f' font-weight="{weight}" fill="{fill}">{escape(short)}</text>'
        )
    return "".join(written)


def _map(image: MapImage, rows: network.Rows, view: View, at: Layout) -> str:
    spots = _spots(image, rows, view, at)
    shaded = image.shaded
    below = "" if shaded is None else HATCHING + shapes.areas(shaded.kind, view, _fills(shaded))
    if image.alliances is None:
        above = shapes.marks(rows, spots, _MARK * at.text, ranked=image.ranked)
    else:
        above = network_marks(rows, spots, _MARK * at.text)
    if image.proposed is not None:
        above += pins(image.proposed, view, _PIN * at.text, colour("ink"))
    outlined = shapes.perimeter(*image.area, view) if image.area else ""
    if image.shape is not None:
        outlined = shapes.outline(image.shape, view)
    return (
        f'<rect width="{view.width:.0f}" height="{view.height:.0f}" fill="{colour("sea")}"/>'
        f"{shapes.around(view)}{_ground(view, below, at)}{outlined}"
        f"{network.lines(image, view, at.text)}"
        f"{names(view, _taken(image, spots, view, at), _TOWNS, Lettering(_NAME * at.text, LETTER))}"
        f"{above}"
        f"{scale_and_north(view, at.text)}"
    )


def _ground(view: View, shaded: str, at: Layout) -> str:
    """Draw the land as the live map does so close; rivers would read as limits over shades."""
    zoom = view.zoom(_NAME * at.text)
    if zoom > _COMMUNES and not shaded:
        return shapes.close_land(view, thick=at.text / _SCREEN) + shapes.waters(view)
    lines = shapes.departements(view) if zoom > _DEPARTEMENTS else ""
    return shapes.land(view) + (shaded or lines + shapes.waters(view))


def _taken(image: MapImage, spots: shapes.Spots, view: View, at: Layout) -> list[Box]:
    """Return where no name may stand: the marks, the places proposed, the scale bar, the north."""
    return [*_mark_boxes(image, spots, view, at), *where_they_stand(view, at.text)]


def _fills(shaded: Shaded) -> list[str] | None:
    """Give each territory of the kind its colour; hatched where there is none."""
    if shaded.values is None or shaded.scale is None:
        return None
    return fills(shaded.kind, shaded.values, shaded.scale, HATCHED)


def _read_from(about: Caption) -> str:
    """Say where what is shown was read: the day, for whom a number of state says nothing."""
    return re.sub(
        r"^base, état n° \d+$", f"base de Catalyse au {in_words(about.date)}", about.catalysts_from
    )


def _sources(image: MapImage, at: Layout) -> str:
    sentence = f"Sources : {_read_from(image.caption)} ; {attribution()}."
    room = int((at.size.width - 2 * at.edge) / (at.text * 0.8 * LETTER))
    y = at.size.height - at.foot - at.edge + 1.8 * at.text
    lines = textwrap.wrap(typeset(sentence), room)[:3]
    return "".join(
        f'<text x="{at.edge:.0f}" y="{y + index * at.text:.0f}" font-size="{0.8 * at.text:.1f}"'
        f' fill="{colour("muted")}">{escape(text)}</text>'
        for index, text in enumerate(lines)
    )
