"""How QGIS draws a layer when it opens it: its QML, symbols distinguished by shape, then colour."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from geo.output.datasets.table import Dataset
from geo.output.exports.model import label_name, title_column
from geo.output.maps.actors import marks
from geo.output.maps.arcs import line_of
from geo.vocabulary import UNSTATED, label, vocabularies

# Profile -> shape and turn; QGIS has no drawing of ours, these come near.
_SHAPES: Final = {
    "collectivite": ("square", 0),
    "association": ("circle", 0),
    "entreprise": ("diamond", 0),
    "accompagnateur": ("hexagon", 0),
    "institution": ("pentagon", 0),
    "acteur_academique": ("star", 0),
    "fondation": ("semi_circle", 0),
    "autre": ("cross_fill", 0),
    "etat": ("square", 45),
    "syndicat": ("triangle", 180),
    "acteur_accompagnement": ("octagon", 0),
    UNSTATED: ("triangle", 0),
}
_INK: Final = "28,43,45,255"
_HEAD: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
_LABELS: Final = (
    '<labeling type="simple"><settings calloutType="simple">'
    '<text-style fieldName="{field}" isExpression="0" fontSize="9" fontSizeUnit="Point"'
    ' fontFamily="Noto Sans" fontWeight="50" textColor="28,43,45,255" textOpacity="1">'
    '<text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM"'
    ' bufferColor="255,255,255,255" bufferOpacity="0.85"/></text-style>'
    '<text-format wrapChar="" autoWrapLength="32" useMaxLineLengthForAutoWrap="1"/>'
    '<placement placement="{placement}" dist="1.5" distUnits="MM" priority="5"/>'
    '<rendering drawLabels="1" obstacle="1" scaleVisibility="0"/></settings></labeling>'
)
_AROUND, _ALONG, _INSIDE = 6, 2, 1
Category = tuple[str, str, str]
"""A value, its French label, its symbol."""


def style(dataset: Dataset) -> str:
    """Write the default style of a layer: symbols by profile or type, labels, French headers."""
    if dataset.shape == "MultiPolygon":
        body, placement = _single(_outline()), _INSIDE
    elif "partnership_kind" in dataset.names:
        body, placement = _categories("partnership_kind", _lines()), _ALONG
    elif "profile" in dataset.names:
        body, placement = _categories("profile", _points()), _AROUND
    else:
        body, placement = _single(_marker("star", 0, marks()["institution"].fill)), _AROUND
    labels = _LABELS.format(field=title_column(dataset), placement=placement)
    return (
        f'{_HEAD}<qgis version="3.22.0" labelsEnabled="1" styleCategories="AllStyleCategories">'
        f"{body}{labels}<aliases>{''.join(_aliases(dataset))}</aliases></qgis>"
    )


def _points() -> Iterator[Category]:
    for code in (*vocabularies()["any_profile"].ids(), ""):
        mark = marks().get(code, marks()[UNSTATED])
        shape, turn = _SHAPES.get(code, _SHAPES[UNSTATED])
        yield code, label("any_profile", code), _marker(shape, turn, mark.fill)


def _lines() -> Iterator[Category]:
    for code in (*vocabularies()["any_partnership"].ids(), ""):
        line = line_of(code)
        yield code, label("any_partnership", code), _line(line.colour, line.dashes, line.width)


def _categories(field: str, categories: Iterable[Category]) -> str:
    entries = list(categories)
    listed = "".join(
        f'<category render="true" value={quoteattr(value)} symbol="{at}" label={quoteattr(label)}/>'
        for at, (value, label, _) in enumerate(entries)
    )
    symbols = "".join(symbol.replace("{at}", str(at)) for at, (_, _, symbol) in enumerate(entries))
    return (
        f'<renderer-v2 type="categorizedSymbol" attr="{field}" symbollevels="0">'
        f"<categories>{listed}</categories><symbols>{symbols}</symbols></renderer-v2>"
    )


def _single(symbol: str) -> str:
    symbol_xml = symbol.replace("{at}", "0")
    return f'<renderer-v2 type="singleSymbol"><symbols>{symbol_xml}</symbols></renderer-v2>'


def _symbol(kind: str, layer: str, options: dict[str, str]) -> str:
    """Write a symbol of one layer; « {at} » stands for its number."""
    listed = "".join(
        f'<Option name={quoteattr(name)} type="QString" value={quoteattr(value)}/>'
        for name, value in options.items()
    )
    return (
        f'<symbol type="{kind}" name="{{at}}" alpha="1"><layer class="{layer}" enabled="1"'
        f' pass="0" locked="0"><Option type="Map">{listed}</Option></layer></symbol>'
    )


def _rgb(hexadecimal: str) -> str:
    return ",".join(str(int(hexadecimal[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"


def _marker(shape: str, turn: int, colour: str) -> str:
    options = {"name": shape, "angle": str(turn), "color": _rgb(colour), "size": "3.6"}
    white = {"outline_color": "255,255,255,255", "outline_width": "0.3", "size_unit": "MM"}
    return _symbol("marker", "SimpleMarker", options | white)


def _line(colour: str, dashes: tuple[int, ...], width: float) -> str:
    options = {"line_color": _rgb(colour), "line_width": f"{width * 0.3:g}"}
    options |= {"line_width_unit": "MM", "capstyle": "flat"}
    if dashes:
        # Dashes go by pairs; ours are in pixels, about 0.26 mm each.
        pattern = ";".join(f"{dash * 0.26:g}" for dash in dashes)
        options |= {"use_custom_dash": "1", "customdash": pattern, "customdash_unit": "MM"}
    return _symbol("line", "SimpleLine", options)


def _outline() -> str:
    options = {"style": "solid", "color": "0,96,143,18", "outline_color": _INK}
    return _symbol("fill", "SimpleFill", options | {"outline_width": "0.5"})


def _aliases(dataset: Dataset) -> Iterator[str]:
    for column in dataset.columns:
        name = "fictif" if column.name == "fictive" else column.name
        yield f'<alias field="{name}" index="0" name={quoteattr(column.label)}/>'
        if column.vocabulary:
            alias = quoteattr(f"{column.label} (en clair)")
            yield f'<alias field="{label_name(column)}" index="0" name={alias}/>'
