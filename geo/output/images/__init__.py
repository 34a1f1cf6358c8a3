"""A map as an image for a slide, a page or a post: title, legend, scale, north, sources."""

from geo.output.images.model import FORMS, SIZES, MapImage

__all__ = ["FORMS", "SIZES", "MapImage"]
