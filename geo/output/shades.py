"""What may shade territories: figures on catalysts, and the indicators in force."""

from dataclasses import dataclass
from typing import Final

from geo.analysis import indicators
from geo.analysis.coverage import OWN_FIGURES
from geo.french import NBSP, count, number


@dataclass(frozen=True)
class Shade:
    """One figure to shade by."""

    code: str
    label: str
    unit: str = ""
    decimals: int = 0

    @property
    def column(self) -> str:
        """Name its column in a coverage, empty for an indicator."""
        return OWN_FIGURES.get(self.code, "")


NOTHING: Final = Shade("", "Contours seuls")
_OWN: Final = (
    NOTHING,
    Shade("nombre", "Nombre de catalyseurs", "catalyseurs"),
    Shade("densite", "Catalyseurs pour 100\u202f000 habitants", "pour 100\u202f000 hab.", 2),
    Shade("distance", "Distance moyenne d’un habitant au plus proche", "km"),
)


def shades() -> dict[str, Shade]:
    """List what may shade, by code; the page's own codes win over an indicator of the same."""
    published = [Shade(o.code, o.label, o.unit, o.decimals) for o in indicators.indicators()]
    return {**{one.code: one for one in (*_OWN, *published)}, **{one.code: one for one in _OWN}}


def shade(code: str) -> Shade:
    """Return one shade; one that an operator has since taken away shades nothing."""
    return shades().get(code, NOTHING)


def is_indicator(code: str) -> bool:
    """Return whether a shade is an indicator of the territories, not a figure on catalysts."""
    return bool(code) and not shade(code).column and shade(code) != NOTHING


def figures_of(code: str, kind: str) -> indicators.Figures | None:
    """Read the indicator that shades, for every territory of the kind drawn."""
    return indicators.figures(code, kind) if kind and is_indicator(code) else None


def title_of(code: str, figures: indicators.Figures | None) -> str:
    """Name what shades, with its year."""
    year = f", {figures.year}" if figures and figures.year else ""
    return shade(code).label + year


def origin_of(figures: indicators.Figures) -> str:
    """Describe in one line who publishes an indicator, and how much of the kind it tells."""
    source = figures.source
    known, every = sum(v is not None for v in figures.by_code.values()), len(figures.by_code)
    return (
        f"{figures.indicator.label}{NBSP}: {source.publisher}, {source.title} "
        f"({source.licence}), {figures.how}. "
        f"Connu pour {count(known, 'territoire')} sur {number(every)}."
    )
