"""Places that a calculation proposes, drawn: a pin that bears its rank, never a catalyst's mark."""

from typing import Final

import pandas as pd

from geo.output.maps.proposed import PIN
from geo.output.svg_maps.shapes import spots_of
from geo.output.svg_maps.view import View

_BOX: Final = 32.0  # units of the pin's path, its point at (16, 31)
_TWO_FIGURES: Final = 10


def pins(places: pd.DataFrame, view: View, size: float, ink: str, font: str = "") -> str:
    """Draw each place, the first above the others.

    Parameters
    ----------
    places
        ``rank``, ``longitude`` and ``latitude`` (degrees, WGS 84).
    size
        Height of a pin, in the units of the view.
    font
        The ``font-family`` of the ranks, where the drawing gives none.
    """
    scale = size / _BOX
    family = f' font-family="{font}"' if font else ""
    pin_svgs = [
        f'<g transform="translate({x - 16 * scale:.0f} {y - 31 * scale:.0f}) scale({scale:.3f})">'
        f'<path d="{PIN}" fill="{ink}" stroke="#fff" stroke-width="1.6"/>'
        f'<text x="16" y="16.5" text-anchor="middle" font-weight="700" fill="#fff"'
        f' font-size="{13 if rank < _TWO_FIGURES else 11}"{family}>{rank}</text></g>'
        for (x, y), rank in zip(spots_of(places, view).tolist(), places["rank"], strict=True)
    ]
    return "".join(reversed(pin_svgs))


def pin(size: float, ink: str) -> str:
    """Draw one pin without a rank, for a legend."""
    return f'<g transform="scale({size / _BOX:.3f})"><path d="{PIN}" fill="{ink}"/></g>'
