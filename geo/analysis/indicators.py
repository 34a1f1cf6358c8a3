"""Indicators of territories: which there are, and what each says of a territory or of a kind."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from geo.analysis import levels
from geo.directory.indicators.catalogue import Catalogue, catalogue
from geo.directory.indicators.codes import known_codes
from geo.directory.indicators.model import NONE, RATIO, Indicator, Provenance
from geo.errors import UnknownItemError
from geo.french import NBSP, count, number, typeset
from geo.reference.old_codes import once_one
from geo.reference.territory import COMMUNE, member_codes, territory
from geo.vocabulary import plural

UNKNOWN: Final = f"non{NBSP}disponible"
_PERCENT: Final = 100


@dataclass(frozen=True)
class Reading:
    """What an indicator says of one territory; ``rule``: how it was had, or why it is not.

    ``covered`` is the share of the population that the figure covers: 1 unless it is partial.
    """

    indicator: Indicator
    year: str
    value: float | None
    unit: str
    source: Provenance
    rule: str
    covered: float = 1.0

    @property
    def value_text(self) -> str:
        """Say the figure in French with its unit, or that it is not available."""
        return value_sentence(self.indicator, self.value)


@dataclass(frozen=True)
class Figures:
    """An indicator for every territory of a kind, None where it is not available.

    ``how``: in French, the rule that carries it to this level.
    """

    indicator: Indicator
    kind: str
    year: str
    by_code: dict[str, float | None]
    source: Provenance
    how: str


def value_sentence(indicator: Indicator, value: float | None) -> str:
    """Write one figure of an indicator: « 12 345 habitants », « non disponible »."""
    if value is None:
        return UNKNOWN
    unit = f"{NBSP}{indicator.unit}" if indicator.unit else ""
    return number(value, indicator.decimals) + unit


def indicators() -> tuple[Indicator, ...]:
    """List the indicators in force, those of the project first; not what only serves a ratio."""
    return tuple(one for one in catalogue().indicators().values() if one.listed)


def indicator(code: str) -> Indicator:
    """Return one indicator.

    Raises
    ------
    UnknownItemError
        There is none of that code.
    """
    known = catalogue().indicators()
    if code not in known:
        raise UnknownItemError(
            f"Indicateur inconnu : « {code[:60]} ». Indicateurs possibles : {', '.join(known)}."
        )
    return known[code]


def latest_year(code: str, kind: str) -> str:
    """Return the last year an indicator is known for at a level, empty when it is not known."""
    known = levels.years(catalogue(), indicator(code).code, kind)
    return known[-1] if known else ""


def figures(code: str, kind: str, year: str | None = None) -> Figures:
    """Return an indicator for every territory of a kind; not to be changed.

    Parameters
    ----------
    year
        The year asked for; the last one known when left out.

    Raises
    ------
    UnknownItemError
        There is no such indicator.
    """
    indicator(code)  # known, or refused
    return _figures(catalogue(), code, kind, year or latest_year(code, kind))


@lru_cache(maxsize=64)
def _figures(book: Catalogue, code: str, kind: str, when: str) -> Figures:
    one, seen = book.indicators()[code], levels.level(book, code, kind, when)
    found = seen.figures.to_dict()
    known = {place: found.get(place) for place in sorted(known_codes(kind))}
    return Figures(one, kind, when, known, seen.source, typeset(_how_all(seen, kind)))


def _how_all(seen: levels.Level, kind: str) -> str:
    """Say how the figures of a kind were had, and how many are partial."""
    if seen.published_codes or not seen.how:
        return f"publié au niveau des {plural(kind)}"
    partial = int((seen.covered.reindex(seen.figures.index) < 1).sum())
    suffix = f", partiel pour {count(partial, 'territoire')}" if partial else ""
    if seen.how.startswith(RATIO):
        return seen.how + suffix
    return f"{seen.how} des {plural(COMMUNE)}{suffix.replace('partiel', 'partielle')}"


def values(code: str, kind: str, year: str | None = None) -> dict[str, float | None]:
    """Return the values of ``figures`` alone, by territory code."""
    return figures(code, kind, year).by_code


def territory_indicators(kind: str, code: str) -> list[Reading]:
    """Read every indicator for one territory, at the last year known for its level.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    found = territory(kind, code)
    return [reading(one, found.kind, found.code) for one in indicators()]


def reading(one: Indicator, kind: str, code: str) -> Reading:
    """Read one indicator for one territory that exists."""
    book, year = catalogue(), latest_year(one.code, kind)
    seen = levels.level(book, one.code, kind, year)
    value = seen.figures.get(code)
    known = None if value is None else float(value)
    computed = known is not None and code not in seen.published_codes
    covered = float(seen.covered.get(code, 1.0)) if computed else 1.0
    rule = (
        _why_not(book, one, kind, code, year) if known is None else _how(seen, kind, code, covered)
    )
    return Reading(one, year, known, one.unit, seen.source, typeset(rule), covered)


def _how(seen: levels.Level, kind: str, code: str, covered: float) -> str:
    if code in seen.published_codes:
        return f"publié au niveau des {plural(kind)}"
    if seen.how.startswith(RATIO):
        suffix = f", partiel : communes de {_share(covered)} de la population"
        return seen.how + (suffix if covered < 1 else "")
    if covered < 1:
        return f"{seen.how}, partielle : communes de {_share(covered)} de la population"
    return f"{seen.how} de {count(len(member_codes(kind, code)), 'commune')}"


def _share(covered: float) -> str:
    return f"{number(min(covered * _PERCENT, 99.9), 1)}{NBSP}%"


def _why_not(book: Catalogue, one: Indicator, kind: str, code: str, year: str) -> str:
    """Say why a figure is not available: never published here, or communes unknown."""
    if kind == COMMUNE and (whole := once_one(code, year)):
        return whole
    kinds = sorted({table.preset.kind for table in book.holding(one.code)})
    if one.rule == NONE and kind not in kinds:
        where = " et des ".join(map(plural, kinds))
        return f"publié au niveau des {where} seulement, jamais agrégé"
    if one.rule == NONE or kind == COMMUNE:
        return "non publié pour ce territoire"
    if one.rule == RATIO:
        return "un des deux termes du rapport manque"
    return f"des {plural(COMMUNE)} sont sans donnée"
