"""Edges of communes that no other commune shares: coasts, lake shores, land borders."""

from typing import Final

import numpy as np
import pandas as pd

from geo.reference.build.clean import Shapes
from geo.reference.shores import shores

COLUMNS: Final = ["commune_code", "longitude_a", "latitude_a", "longitude_b", "latitude_b"]


def coast(codes: Shapes, shapes: Shapes) -> pd.DataFrame:
    """List the outer edges of a clean coverage, a row each, by commune then from west to east."""
    coast_lines = shores(shapes, np.arange(len(codes)))
    frame = pd.DataFrame(coast_lines.ends, columns=COLUMNS[1:])
    frame.insert(0, COLUMNS[0], codes[coast_lines.owners])
    return frame.sort_values(COLUMNS, ignore_index=True)
