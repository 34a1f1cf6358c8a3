"""The colour of each territory of a kind, as drawings want it: in the order of its outlines."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from geo.output.maps.outlines import outline_codes
from geo.output.maps.territories import Scale
from geo.palette import colour

Values = dict[str, float | None]
"""A value by code of territory, None where there is none."""


HATCHED: Final = "url(#hachure)"
"""A fill that a drawing defines with ``HATCHING``: a plain grey weighs more than any class."""
HATCHING: Final = (
    '<defs><pattern id="hachure" width="12" height="12" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(45)"><rect width="12" height="12" fill="{colour("hatch-ground")}"/>'
    f'<path d="M0 0V12" stroke="{colour("hatch")}" stroke-width="3"/></pattern></defs>'
)


def fills(
    kind: str, values: Mapping[str, float | None], scale: Scale, without: str = colour("hatch")
) -> list[str]:
    """Give each territory the colour of its class; ``without``: what fills one without a value."""
    colours = scale.colours()
    found = [values.get(code) for code in outline_codes(kind)]
    at = [None if v is None else int(np.searchsorted(scale.bounds, v, "right")) - 1 for v in found]
    return [without if one is None else colours[max(one, 0)] for one in at]


def known(values: Mapping[Any, float]) -> Values:
    """Return the values that are there, None for the others."""
    return {str(one): None if np.isnan(v) else float(v) for one, v in values.items()}
