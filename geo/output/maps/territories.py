"""Territories on a map: one perimeter, or every territory of a kind, plain or shaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from geo.output.maps import symbols
from geo.output.maps.borders import borders_url
from geo.output.maps.outlines import MEMBERS_IN_FULL, outline_codes, outline_url, territory_url
from geo.output.maps.places import Bounds
from geo.palette import colour
from geo.reference import france
from geo.reference.place import Place
from geo.reference.territory import COMMUNE, member_codes
from geo.vocabulary import plural

Layer = dict[str, Any]
# From pale to deep in even steps of lightness: it also holds in grey and with colour blindness.
SEQUENCE: Final = tuple(colour(f"shade-{step}") for step in range(1, 7))
NO_DATA: Final = "Non disponible"
LEFT_OUT: Final = "Hors du calcul"
"""What has no value because nobody asked for it: the question bears upon other territories."""
_NBSP: Final = "\u00a0"
_THIN: Final = "\u202f"


@dataclass(frozen=True)
class Scale:
    """Classes of a shaded map.

    A class runs from its own bound, included, to the next one, excluded; the last is open.

    Parameters
    ----------
    bounds
        Lower bound of each class, growing; the first is the least possible value.
    unit
        What is counted, in French, written after the number.
    decimals
        Digits after the comma.
    without
        What to call those that have no value.
    """

    bounds: tuple[float, ...]
    unit: str = ""
    decimals: int = 0
    without: str = NO_DATA

    def colours(self) -> list[str]:
        """Pick one colour per class, the first pale and the last deep."""
        steps = np.linspace(0, len(SEQUENCE) - 1, max(len(self.bounds), 2)).round().astype(int)
        return [SEQUENCE[step] for step in steps[: len(self.bounds)]]

    def labels(self) -> list[str]:
        """Say each class in French: « 1 à 2,9 », « 10 et plus », « 0 »."""
        return [self._label(index) for index in range(len(self.bounds))]

    def _label(self, index: int) -> str:
        step = 10**-self.decimals
        low = self.bounds[index]
        if index == len(self.bounds) - 1:
            return f"{self._format(low)} et plus"
        if index == 0 and self.bounds[1] > step:
            return f"moins de {self._format(self.bounds[1])}"
        high = self.bounds[index + 1] - step
        return (
            self._format(low)
            if high <= low + step / 2
            else f"{self._format(low)} à {self._format(high)}"
        )

    def _format(self, value: float) -> str:
        return f"{value:,.{self.decimals}f}".replace(",", _THIN).replace(".", ",")


def scale_for(values: Mapping[str, float | None], unit: str, *, decimals: int = 0) -> Scale:
    """Choose up to five classes holding about as many territories each, with readable bounds.

    Zero, when present, is a class of its own: « none » is not « few ». Where some values are
    negative, zero is a value among others.
    """
    known = np.array([v for v in values.values() if v is not None and isfinite(v)], dtype=float)
    if (known < 0).any():
        return Scale(_evenly(known, decimals), unit, decimals)
    positive = known[known > 0]
    step = 10.0**-decimals
    cuts = np.quantile(positive, [0.25, 0.5, 0.75]) if positive.size else np.array([])
    # A floor on the first bound keeps the zero class free of small positive values.
    first = [0.0, step] if (known == 0).any() else [0.0]
    later = sorted({float(np.round(cut, decimals)) for cut in cuts} - {0.0, step})
    return Scale((*first, *later), unit, decimals)


def _evenly(known: npt.NDArray[np.float64], decimals: int) -> tuple[float, ...]:
    """Cut values of any sign in up to five classes of about as many, from the least one."""
    cuts = np.quantile(known, [0, 0.2, 0.4, 0.6, 0.8])
    return tuple(sorted({float(cut) + 0.0 for cut in np.round(cuts, decimals)}))


def territory_layer(kind: str, code: str, name: str) -> Layer:
    """Draw one perimeter and, faint, the communes in it; both name themselves on hover."""
    layer = {"type": "territory", "url": territory_url(kind, code), "name": name}
    if len(member_codes(kind, code)) > MEMBERS_IN_FULL:
        layer["borders"] = borders_url(COMMUNE)
    return layer


def outline_layer(kind: str, link: str = "") -> Layer:
    """Draw every territory of a kind as an outline; each opens its own page."""
    return {
        "type": "areas",
        "url": outline_url(kind),
        "borders": borders_url(kind),
        "link": link,
        "values": None,
    }


def outline_legend(kind: str) -> Markup:
    """Name the kind of territory whose outlines a map draws, as HTML."""
    line = Markup('<i style="border: 2px solid {}"></i>').format(colour("petrol"))
    return symbols.legend("Contours", [symbols.legend_entry(line, plural(kind))])


def choropleth_layer(
    kind: str, values: Mapping[str, float | None], scale: Scale, *, link: str = ""
) -> Layer:
    """Shade every territory of a kind; a missing value is hatched, never shown as zero.

    Parameters
    ----------
    values
        Value by territory code; a code left out, or None, has no data.
    link
        Start of the address of a territory's page; its code is added.
    """
    return {
        "type": "areas",
        "url": outline_url(kind),
        "borders": borders_url(kind),
        "link": link,
        "values": [_number(values.get(code), scale.decimals) for code in outline_codes(kind)],
        "bounds": list(scale.bounds),
        "colours": scale.colours(),
        "unit": scale.unit,
        "decimals": scale.decimals,
    }


def member_choropleth(
    place: Place, values: Mapping[str, float | None], scale: Scale, *, link: str = ""
) -> Layer:
    """Shade the communes of one territory; see ``choropleth_layer``."""
    layer = choropleth_layer("region", {}, scale, link=link)
    numbers = [_number(values.get(code), scale.decimals) for code in sorted(member_codes(*place))]
    # The file of a territory gives its perimeter first, which is not shaded.
    return {**layer, "url": territory_url(*place), "values": [None, *numbers]}


def _number(value: float | None, decimals: int) -> float | None:
    if value is None or not isfinite(value):
        return None
    rounded = round(float(value), decimals)
    return int(rounded) if decimals == 0 else rounded


def choropleth_legend(
    title: str,
    kind: str,
    values: Mapping[str, float | None],
    scale: Scale,
    codes: Sequence[str] = (),
) -> Markup:
    """Explain the shades as HTML: colour, bounds in figures, number of territories in each.

    ``codes``: only these territories; all of the kind when left out.
    """
    counts = class_counts(kind, values, scale, codes)
    labels = [*scale.labels(), scale.without]
    drawings = [_swatch(colour) for colour in scale.colours()] + [_swatch("")]
    entries = [
        symbols.legend_entry(drawing, f"{label}{_NBSP}({count})")
        for drawing, label, count in zip(drawings, labels, counts, strict=True)
        if count or label != scale.without
    ]
    unit = "" if scale.unit in title else f" ({scale.unit})"
    return symbols.legend(f"{title}{unit}, et nombre de {plural(kind)}", entries)


def class_counts(
    kind: str, values: Mapping[str, float | None], scale: Scale, codes: Sequence[str] = ()
) -> Sequence[int]:
    """Count the territories of each class, then those without data; adds up to the kind."""
    every = codes or outline_codes(kind)
    numbers = [_number(values.get(code), scale.decimals) for code in every]
    known = [number for number in numbers if number is not None]
    classes = np.searchsorted(scale.bounds, known, side="right") - 1
    counts = np.bincount(np.maximum(classes, 0).astype(int), minlength=len(scale.bounds))
    return [*counts.tolist(), len(numbers) - len(known)]


def _swatch(colour: str) -> Markup:
    if not colour:
        return Markup('<i class="hachure"></i>')
    return Markup('<i style="background:{}"></i>').format(colour)


def territory_bounds(kind: str, code: str) -> Bounds:
    """Return the box that holds one territory, degrees."""
    west, south, east, north = france.geometry(kind, code).bounds
    return west, south, east, north
