"""What an indicator is, and the table it is read from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUM: Final = "somme"
MEAN: Final = "moyenne pondérée"
RATIO: Final = "rapport"
NONE: Final = "aucune"
RULES: Final = (SUM, MEAN, RATIO, NONE)
MISSING: Final = ("s", "nd", "n/d", "n/a", "na", "nc", "-", "…", "...")
"""How official tables write that a figure is secret or unknown, when a preset says nothing."""


@dataclass(frozen=True)
class Provenance:
    """Who publishes a table, under what licence, of what vintage, and where it is to be had."""

    title: str
    publisher: str
    licence: str
    vintage: str = ""
    url: str = ""


@dataclass(frozen=True)
class Indicator:
    """One figure of a territory, and the rule that carries it upward.

    ``columns`` names where it is read; « {aa} » in a name stands for two digits of a year. A
    ``rapport`` divides ``numerator`` by ``denominator``, times ``factor``; a « moyenne pondérée »
    is weighted by the indicator ``weight``. ``partial`` lets it be told of a territory some
    communes of which are unknown, with the share of the population that is covered. One that is
    not ``listed`` only serves another, and is offered nowhere; one that is not ``printed`` is
    left out of the sheet of a territory, which holds on a page.
    """

    code: str
    label: str
    rule: str
    source: Provenance
    unit: str = ""
    decimals: int = 0
    columns: tuple[str, ...] = ()
    year: str = ""
    weight: str = ""
    numerator: str = ""
    denominator: str = ""
    factor: float = 1.0
    partial: bool = False
    listed: bool = True
    printed: bool = True
    negative: bool = False

    def needs(self) -> tuple[str, ...]:
        """Name the other indicators it is computed from."""
        return tuple(code for code in (self.numerator, self.denominator, self.weight) if code)


@dataclass(frozen=True)
class IndicatorPreset:
    """How to read one table; ``reference`` says that it is the project's own, not a file."""

    path: Path
    title: str
    kind: str
    indicators: tuple[Indicator, ...]
    source: Provenance
    file: str = ""
    code: str = ""
    year: str = ""
    year_column: str = ""
    separator: str = ";"
    encoding: str = ""
    skip: int = 0
    missing: tuple[str, ...] = MISSING
    verified: str = ""
    reference: bool = False

    @property
    def name(self) -> str:
        """Name it as the operator does: its file, without what follows the point."""
        return self.path.stem
