"""What stands for each actor of a graph: the mark of its profile, or the shape of its group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd
from markupsafe import Markup

from geo.output.html import svg_image
from geo.output.maps import symbols
from geo.output.maps.actors import mark_of, marks
from geo.output.network import profile_label
from geo.palette import colour

_GROUP_COLOURS: Final = tuple(
    map(colour, ("blue", "orange", "green", "plum", "brown", "indigo", "crimson", "violet"))
)
_SHAPES: Final = (
    '<circle cx="16" cy="16" r="13" fill="{0}"/>',
    '<path d="M3.500 3.500H28.500V28.500H3.500Z" fill="{0}"/>',
    '<path d="M16 2L30 28H2Z" fill="{0}"/>',
    '<path d="M16 1L31 16L16 31L1 16Z" fill="{0}"/>',
    '<path d="M2 9H30L16 31Z" fill="{0}"/>',
    '<path d="M11 2H21V11H30V21H21V30H11V21H2V11H11Z" fill="{0}"/>',
    '<path d="M9 3H23L30 16L23 29H9L2 16Z" fill="{0}"/>',
    '<path d="M16 2L31 13L25 30H7L1 13Z" fill="{0}"/>',
)
"""A shape for each group beside its colour, in a box of 32 units."""
_REST: Final = '<circle cx="16" cy="16" r="9" fill="{0}"/>'
_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="{1}" height="{1}">{0}</svg>'
)


@dataclass(frozen=True)
class Symbols:
    """What stands for each actor: ``key_of`` gives the key of each, ``legend`` the keys in order.

    ``legend``: the name of a key and its drawing, an SVG element.
    """

    key_of: Mapping[str, str] = field(default_factory=dict)
    legend: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def profile_symbols(actors: pd.DataFrame) -> Symbols:
    """Assign to each actor the mark of its profile."""
    actor_marks = {str(one): mark_of(str(profile)) for one, profile in actors["profile"].items()}
    present = set(actor_marks.values())
    every = {
        code: (profile_label(code), str(symbols.mark_svg(marks()[code], 64))) for code in marks()
    }
    return Symbols(actor_marks, {code: every[code] for code in every if code in present})


def group_symbols(groups: Mapping[str, int], names: Sequence[str]) -> Symbols:
    """Assign to each actor the shape and colour of its group; small groups share one.

    Parameters
    ----------
    groups
        The group of each actor by id, 0 the largest; who has none is alone.
    names
        What each group is called, in order.
    """
    most = len(_SHAPES)
    group_keys = {one: str(group) if group < most else "rest" for one, group in groups.items()}
    legend = {
        str(number): (name, group_symbol(number, 64)) for number, name in enumerate(names[:most])
    }
    if len(names) > most:
        legend["rest"] = ("Autres groupes", group_symbol(most, 64))
    return Symbols(group_keys, legend)


def group_symbol(group: int, size: int) -> str:
    """Draw the sign of a group as an SVG element."""
    if group >= len(_SHAPES):
        return _SVG.format(_REST.format(colour("grey")), size)
    return _SVG.format(_SHAPES[group].format(_GROUP_COLOURS[group]), size)


def group_legend(names: Sequence[str]) -> Markup:
    """Explain, as HTML, the signs of groups."""
    shown = [*names[: len(_SHAPES)], *(["Autres groupes"] if len(names) > len(_SHAPES) else [])]
    entries = [
        symbols.legend_entry(svg_image(group_symbol(number, 22), 22, 22), name)
        for number, name in enumerate(shown)
    ]
    return symbols.legend("Groupe", entries)
