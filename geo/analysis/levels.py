"""An indicator at one level and one year: given as published, or carried up from communes."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.indicators.catalogue import Catalogue
from geo.directory.indicators.codes import known_codes
from geo.directory.indicators.model import MEAN, NONE, RATIO, SUM, Indicator, Provenance
from geo.reference import france
from geo.reference.territory import COMMUNE
from geo.settings import settings

_WHOLE: Final = 1 - 1e-9


@dataclass(frozen=True)
class Level:
    """Known figures of every territory of a kind, by code.

    ``published_codes``: those published at this level, which win over the computed; ``covered``:
    share of the population that a computed figure covers, 1 if every commune is known; ``source``:
    who published what was used; ``how``: the rule in French, without its communes.
    """

    figures: "pd.Series[float]"
    published_codes: frozenset[str]
    covered: "pd.Series[float]"
    source: Provenance
    how: str


def years(book: Catalogue, code: str, kind: str) -> list[str]:
    """List the years an indicator is known for at a level, the oldest first."""
    one = book.indicators()[code]
    found = book.years(code, kind)
    if kind != COMMUNE and one.rule in {SUM, MEAN}:
        found |= book.years(code, COMMUNE)
    if one.rule == RATIO and years(book, one.denominator, kind):
        found |= set(years(book, one.numerator, kind))
    return sorted(found)


def _published_values(
    book: Catalogue, code: str, kind: str, year: str
) -> tuple["pd.Series[float]", Provenance | None]:
    """Put together what tables of a level publish: of two that speak, the first is believed."""
    values, source = pd.Series(dtype=float), None
    for table in book.holding(code):
        figures = table.figures.get(code, {}).get(year)
        if figures is None or table.preset.kind != kind:
            continue
        source = source or next(o.source for o in table.preset.indicators if o.code == code)
        values = figures if values.empty else values.combine_first(figures)
    return values, source


@lru_cache(maxsize=512)
def level(book: Catalogue, code: str, kind: str, year: str) -> Level:
    """Return an indicator for every territory of a kind that it is known for."""
    one = book.indicators()[code]
    published_values, source = _published_values(book, code, kind, year)
    computed = _computed(book, one, kind, year)
    values = (
        published_values if computed is None else published_values.combine_first(computed.figures)
    )
    return Level(
        figures=values[_known(kind, settings().reference).get_indexer(values.index) >= 0],
        published_codes=frozenset(published_values.index),
        covered=pd.Series(dtype=float) if computed is None else computed.covered,
        source=source or (one.source if computed is None else computed.source),
        how="" if computed is None else computed.how,
    )


@lru_cache(maxsize=16)
def _known(kind: str, _reference: Path) -> pd.Index:
    """Index the codes of a kind once: to look 35,000 of them up in a set takes a while."""
    return pd.Index(sorted(known_codes(kind)))


def _computed(book: Catalogue, one: Indicator, kind: str, year: str) -> Level | None:
    if one.rule == RATIO:
        return _divided(book, one, kind, year)
    if one.rule == NONE or kind == COMMUNE:
        return None
    return _carried(book, one, kind, year)


def _divided(book: Catalogue, one: Indicator, kind: str, year: str) -> Level | None:
    """Divide two figures: whole ones, or known of the same communes where it may be partial."""
    below = years(book, one.denominator, kind)
    if not below or year not in years(book, one.numerator, kind):
        return None
    below_year = year if year in below else below[-1]
    above = level(book, one.numerator, kind, year)
    under = level(book, one.denominator, kind, below_year)
    alike = _alike(above, under) if one.partial else pd.Series(dtype=float)
    top, bottom = (_entire(found, alike.index) for found in (above, under))
    values = (top / bottom.where(bottom != 0) * one.factor).dropna()
    covered = alike.reindex(values.index).fillna(1.0)
    labels = [book.indicators()[code].label for code in (one.numerator, one.denominator)]
    dated = "" if below_year == year else f" ({below_year})"
    how = f"rapport : {labels[0]} ÷ {labels[1]}{dated}"
    return Level(values, frozenset(), covered, one.source, how)


def _alike(above: Level, under: Level) -> "pd.Series[float]":
    """Return the share of people that two partial figures cover, where it is the same share."""
    both = above.covered.to_frame("above").join(under.covered.rename("under"), how="inner")
    same = (both["above"] < _WHOLE) & np.isclose(both["above"], both["under"])
    return both.loc[same, "above"]


def _entire(found: Level, alike: pd.Index) -> "pd.Series[float]":
    """Leave out the partial figures, but those that may be divided."""
    partial = found.covered[found.covered < _WHOLE].index.difference(list(found.published_codes))
    return found.figures.drop(partial.difference(alike), errors="ignore")


def _carried(book: Catalogue, one: Indicator, kind: str, year: str) -> Level | None:
    """Carry the figures of communes up: their sum, or their weighted mean."""
    values, source = _published_values(book, one.code, COMMUNE, year)
    if values.empty or source is None:
        return None
    rows = members_of(kind)
    rows["value"] = values.reindex(rows["commune"]).to_numpy()
    rows["weight"], how = _weights(book, one, year, rows["commune"])
    # A commune without weight changes no mean: its figure is not waited for.
    rows["known"] = rows["value"].notna() & rows["weight"].notna() | (rows["weight"] == 0)
    rows["product"] = (rows["value"] * rows["weight"]).where(rows["known"])
    rows["weighed"] = rows["weight"].where(rows["known"])
    rows["people_known"] = rows["people"].where(rows["known"], 0)
    rows["used"] = rows["product"].notna()
    sums = rows.groupby("code")[["product", "weighed", "people", "people_known", "used"]].sum()
    whole = rows.groupby("code")["known"].all()
    found = sums["product"] / (sums["weighed"].replace(0, np.nan) if one.rule == MEAN else 1)
    covered = (sums["people_known"] / sums["people"].replace(0, np.nan)).fillna(0).mask(whole, 1.0)
    covered = covered.where(whole | (covered < _WHOLE), _WHOLE - 1e-9)
    valid = (sums["used"] > 0) & (whole | one.partial)
    return Level(found[valid].dropna(), frozenset(), covered, source, how)


def members_of(kind: str) -> pd.DataFrame:
    """List the communes of every territory of a kind: ``code``, ``commune``, ``people``."""
    pairs = france.membership()
    pairs = pairs[pairs["territory_kind"] == kind]
    people = france.communes()["population"].reindex(pairs["commune_code"])
    return pd.DataFrame(
        {
            "code": pairs["territory_code"].to_numpy(),
            "commune": pairs["commune_code"].to_numpy(),
            "people": people.to_numpy(float),
        }
    )


def _weights(
    book: Catalogue, one: Indicator, year: str, communes: "pd.Series[str]"
) -> tuple[npt.NDArray[np.floating[Any]], str]:
    if one.rule == SUM:
        return np.ones(len(communes)), "somme"
    known = years(book, one.weight, COMMUNE)
    if not known:
        return np.full(len(communes), np.nan), ""
    weight_year = year if year in known else known[-1]
    weights = level(book, one.weight, COMMUNE, weight_year).figures
    label = book.indicators()[one.weight].label.lower()
    return weights.reindex(communes).to_numpy(), f"moyenne pondérée par {label} ({weight_year})"
