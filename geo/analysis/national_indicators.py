"""Official indicators for France whole: regions added up, or divided, where all are known."""

from dataclasses import dataclass

from geo.analysis.indicators import figures, indicators, value_sentence
from geo.directory.indicators.model import RATIO, SUM, Indicator, Provenance

_KIND = "region"


@dataclass(frozen=True)
class NationalFigure:
    """One indicator, the régions together; ``value_text``: « non disponible » at worst."""

    indicator: Indicator
    year: str
    value: float | None
    source: Provenance

    @property
    def value_text(self) -> str:
        """Say the figure in French with its unit."""
        return value_sentence(self.indicator, self.value)


def national_figures() -> list[NationalFigure]:
    """Read every indicator in force for France; a mean or a rate that no rule adds is unknown."""
    return [_national(one) for one in indicators()]


def _national(one: Indicator) -> NationalFigure:
    seen = figures(one.code, _KIND)
    return NationalFigure(one, seen.year, _value(one), seen.source)


def _value(one: Indicator) -> float | None:
    if one.rule == SUM:
        return _total(one.code)
    if one.rule == RATIO:
        above, below = _total(one.numerator), _total(one.denominator)
        return above / below * one.factor if above is not None and below else None
    return None


def _total(code: str) -> float | None:
    found = [*figures(code, _KIND).by_code.values()]
    known = [one for one in found if one is not None]
    return sum(known) if found and len(known) == len(found) else None
