"""Where each part of an image stands: its words, its map, its legend, its sources."""

import textwrap
from dataclasses import dataclass
from typing import Final

from geo.output.images.model import Size

_EDGE: Final = 0.025  # of the width, around everything
_TEXT: Final = 0.0125  # of the longer side: the size of the words
_LEGEND: Final = 0.24  # of the width
_LEAST: Final = 0.6  # of the size of a line that is too long for the image
LETTER: Final = 0.55  # width of a letter of the font, in its size
FAMILIES: Final = "'Source Sans 3', 'Source Sans', Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True)
class Layout:
    """Of an image of a size, in pixels."""

    size: Size

    @property
    def text(self) -> float:
        """Return the size of the words."""
        return max(self.size.width, self.size.height) * _TEXT

    @property
    def edge(self) -> float:
        """Return what is left free around everything."""
        return self.size.width * _EDGE

    @property
    def top(self) -> float:
        """Return where the map begins, under the title."""
        return self.edge + 6.1 * self.text

    @property
    def foot(self) -> float:
        """Return the height of the sources."""
        return 3.0 * self.text

    @property
    def map_width(self) -> float:
        """Return the width of the map."""
        return self.size.width * (1 - _LEGEND) - 2 * self.edge

    @property
    def map_height(self) -> float:
        """Return the height of the map."""
        return self.size.height - self.top - self.foot - self.edge

    @property
    def legend_room(self) -> int:
        """Count the letters of a line of the legend."""
        return int(self.size.width * _LEGEND / (self.text * LETTER)) - 4

    @property
    def legend_x(self) -> float:
        """Return where the legend begins."""
        return 2 * self.edge + self.map_width

    def fitted(self, text: str, size: float) -> tuple[str, float]:
        """Write a line in the width of the image: smaller, then shorter, and its size in pixels."""
        room = self.size.width - 2 * self.edge
        least = max(_LEAST * size, min(size, room / (LETTER * max(1, len(text)))))
        return textwrap.shorten(text, int(room / (LETTER * least)) + 1, placeholder="…"), least
