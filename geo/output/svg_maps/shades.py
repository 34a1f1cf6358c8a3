"""The colour of each territory of a kind, as drawings want it: in the order of its outlines."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from geo.output.maps.outlines import outline_codes
from geo.output.maps.territories import Scale
from geo.palette import colour

Values = dict[str, float | None]
"""A value by code of territory, None where there is none."""


def fills(kind: str, values: Mapping[str, float | None], scale: Scale) -> list[str]:
    """Give each territory the colour of its class; a grey one where there is no value."""
    colours = scale.colours()
    found = [values.get(code) for code in outline_codes(kind)]
    at = [None if v is None else int(np.searchsorted(scale.bounds, v, "right")) - 1 for v in found]
    return [colour("hatch") if one is None else colours[max(one, 0)] for one in at]


def known(values: Mapping[Any, float]) -> Values:
    """Return the values that are there, None for the others."""
    return {str(one): None if np.isnan(v) else float(v) for one, v in values.items()}
