"""The scale bar and the north of a drawing that leaves the app: an image, a printed sheet."""

from geo.french import NBSP, number
from geo.output.svg_maps.view import Box, View
from geo.palette import colour


def scale_and_north(view: View, text: float) -> str:
    """Draw a round scale bar to the lower left and the north to the upper right.

    ``text``: the size of the words, in units.
    """
    kilometres, long = view.bar()
    x, y, up = text, view.height - text, 2.6 * text
    ink = colour("ink")
    return (
        f'<g fill="{ink}" stroke="none"><path d="M{x:.0f} {y:.0f}h{long:.0f}" stroke="{ink}"'
        f' stroke-width="{text * 0.18:.1f}"/><text x="{x:.0f}" y="{y - 0.5 * text:.0f}"'
        f' font-size="{text:g}">{number(kilometres)}{NBSP}km</text>'
        f'<g transform="translate({view.width - 1.6 * text:.0f} {text + up:.0f})">'
        f'<path d="M0 {-up:.0f}l{0.6 * text:.0f} {up * 0.75:.0f}'
        f'l{-0.6 * text:.0f} {-0.3 * text:.0f}l{-0.6 * text:.0f} {0.3 * text:.0f}z"/>'
        f'<text y="{0.6 * text:.0f}" font-size="{text:g}" text-anchor="middle" font-weight="700">N'
        "</text></g></g>"
    )


def where_they_stand(view: View, text: float) -> list[Box]:
    """Return where no name may stand: the scale bar, then the north."""
    bar = (0.0, view.height - 3 * text, view.bar()[1] + 2 * text, view.height)
    return [bar, (view.width - 3 * text, 0.0, view.width, 5 * text)]
