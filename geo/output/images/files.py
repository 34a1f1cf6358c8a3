"""An image as the bytes of a file: the SVG itself, or its pixels, by Typst: no browser."""

from geo.output.images.fonts import fonts
from geo.output.images.model import SIZES, MapImage
from geo.output.images.svg import svg

_PAGE = (
    "#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n"
    '#image(bytes(sys.inputs.at("drawing")), format: "svg", width: {width}pt, height: {height}pt)'
)


def image_file(image: MapImage, form: str, size: str) -> bytes:
    """Write an image as a form of ``FORMS``, in a size of ``SIZES``."""
    drawing = svg(image, SIZES[size])
    if form == "svg":
        return drawing.encode()
    import typst  # noqa: PLC0415 - half a second, for the few who ask for an image

    page = _PAGE.format(width=SIZES[size].width, height=SIZES[size].height)
    # At 72 points an inch and 72 pixels an inch, a point is a pixel.
    inputs = {"drawing": drawing}
    png = typst.compile(page.encode(), format="png", ppi=72, sys_inputs=inputs, font_paths=fonts())
    return bytes(png)


def file_name(image: MapImage, form: str) -> str:
    """Name the file; one that shows made-up data says so first."""
    return f"{image.caption.mark}{image.name}.{form}"
