"""Two maps of the report: how far inhabitants are today, and once the places proposed are there."""

from typing import Final

from geo.analysis.siting.siting import Siting
from geo.french import count
from geo.output.maps.proposed import proposed_bounds
from geo.output.maps.territories import LEFT_OUT, Scale, class_counts, scale_for
from geo.output.sheet.blocks import Block, Columns, Heading, Picture, Sign, Text
from geo.output.sheet.drawing import LAND
from geo.output.siting import before_after, far_by_territory, gap_sentence, goal_sentence
from geo.output.svg_maps import shapes
from geo.output.svg_maps.pins import pin, pins
from geo.output.svg_maps.shades import Values, fills, known
from geo.output.svg_maps.view import View, view_of
from geo.palette import colour

_KIND: Final = "departement"
_WIDTH, _HEIGHT, _MARGIN = 1000.0, 900.0, 12.0
_PIN: Final = 58.0
_FONT: Final = "Libertinus Serif,Liberation Serif,Georgia,serif"
_NOTE: Final = "Distance moyenne d’un habitant au plus proche, par département (km)."


def before_and_after(answer: Siting) -> list[Block]:
    """Draw the départements before and after on one scale, side by side, with what each shows."""
    before = known(far_by_territory(answer, _KIND, "before"))
    after = known(far_by_territory(answer, _KIND))
    scale = scale_for(before, "km")
    today = (Heading("Aujourd’hui", 3), _picture(answer, before, scale, ""))
    words = (Text(goal_sentence(answer)), Text(gap_sentence(answer)))
    if answer.places.empty:
        return [Columns((today, words))]
    places = count(len(answer.places), "lieu", "lieux")
    proposal = (
        Heading(f"Avec {places} de plus", 3),
        _picture(answer, after, scale, f"Lieu proposé, à son rang ({places})"),
    )
    return [Columns((today, proposal)), Text(before_after(answer)), *words]


def _picture(answer: Siting, values: Values, scale: Scale, proposed: str) -> Picture:
    view = view_of(proposed_bounds(answer), _WIDTH, _HEIGHT, _MARGIN)
    legend = _legend(values, scale)
    if proposed:
        legend += (_sign(pin(30, "#000"), proposed),)
    when = "avec les lieux proposés" if proposed else "aujourd’hui"
    pins_svg = pins(answer.places, view, _PIN, "#000", _FONT) if proposed else ""
    alt = f"Carte de France par département, {when}. {_NOTE}"
    return Picture(_svg(view, values, scale, pins_svg), alt, legend, _NOTE)


def _svg(view: View, values: Values, scale: Scale, above: str) -> str:
    land = shapes.land(view).replace(colour("cream"), LAND).replace(colour("coast"), "#000")
    areas = shapes.areas(_KIND, view, fills(_KIND, values, scale))
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH:g} {_HEIGHT:g}'>"
        f"<rect width='{_WIDTH:g}' height='{_HEIGHT:g}' fill='#fff'/>{land}{areas}{above}</svg>"
    )


def _legend(values: Values, scale: Scale) -> tuple[Sign, ...]:
    counts = class_counts(_KIND, values, scale)
    colours = (*scale.colours(), colour("hatch"))
    named = zip(colours, (*scale.labels(), LEFT_OUT), counts, strict=True)
    return tuple(
        _sign(f"<rect y='6' width='32' height='20' fill='{fill}' stroke='#000'/>", f"{label} ({n})")
        for fill, label, n in named
        if n
    )


def _sign(content: str, label: str) -> Sign:
    return Sign(
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1 -1 34 34'>{content}</svg>", label
    )
