"""From a table's cells to figures by territory and year, every doubt counted and said."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from geo.directory.indicators.codes import FORMER, OWN, PART, match_codes
from geo.directory.indicators.model import SUM, Indicator, IndicatorPreset
from geo.directory.indicators.numbers import is_missing, parse_number
from geo.directory.indicators.report import Report
from geo.directory.indicators.separated import of_its_own
from geo.directory.indicators.table import raw_table
from geo.reference import france

Years = dict[str, "pd.Series[float]"]
"""Known figures by year, each by territory code; what is unknown is absent."""
_KEY = ["territory_code", "year"]


@dataclass(frozen=True)
class Loaded:
    """What one table gives: figures by indicator, and what was found, or the fault, in reading."""

    preset: IndicatorPreset
    figures: dict[str, Years] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    fault: str = ""


def load(preset: IndicatorPreset, path: Path | None) -> Loaded:
    """Read a table by its preset; ``path`` is None for the project's own.

    Raises
    ------
    BadFileError
        The file is not the table that the preset describes.
    """
    if path is None:
        return _from_reference(preset)
    report = Report()
    raw = raw_table(preset, path)
    report.row_count = len(raw.cells)
    rows = _known_rows(preset, raw.cells, report)
    figures = {}
    for one in preset.indicators:
        columns = raw.columns[one.code]
        if not columns and one.columns:
            report.columns.append(" ou ".join(one.columns))
        found = [
            of_its_own(_figures(preset, one, rows, column, report), rows, report)
            for column in columns
        ]
        figures[one.code] = _by_year(found)
    return Loaded(preset, figures, report)


def _from_reference(preset: IndicatorPreset) -> Loaded:
    table = france.communes()
    figures: dict[str, Years] = {
        one.code: {one.year or preset.year: table[one.columns[0]].astype(float)}
        for one in preset.indicators
        if one.columns
    }
    return Loaded(preset, figures, Report(len(table)))


def _known_rows(preset: IndicatorPreset, cells: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Keep the rows of known territories, each with its code, its year and how it was found."""
    rows = cells.join(match_codes(cells[preset.code], preset.kind, report), how="inner")
    rows["year"] = rows[preset.year_column].str.strip() if preset.year_column else ""
    if preset.year_column:
        good = rows["year"].str.fullmatch(r"\d{4}")
        report.tell("year", rows.loc[~good, preset.year_column].to_list())
        rows = rows[good]
    repeated = rows.drop(columns=preset.code).duplicated()
    report.tell("duplicate", rows.loc[repeated, "written"].to_list())
    return _of_today(rows[~repeated], report)


def _of_today(rows: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Drop the parts of a commune whose whole is there, or which do not make the whole."""
    keys = pd.MultiIndex.from_frame(rows[_KEY])
    has_own = keys.isin(keys[rows["through"] == OWN])
    former, part = rows["through"] == FORMER, rows["through"] == PART
    every = pd.Series(list(france.arrondissements().values()), dtype=object).value_counts()
    present = rows[part].groupby(_KEY)["written"].transform("nunique").reindex(rows.index)
    complete = part & ~has_own & (present == rows["territory_code"].map(every))
    findings = {
        "followed": former & has_own,
        "incomplete": (former | part) & ~has_own & ~complete,
        "arrondissement": complete,
        "arrondissement_unused": part & has_own,
    }
    for what, those in findings.items():
        report.tell(what, rows.loc[those, "written"].to_list())
    return rows[~findings["incomplete"] & ~findings["arrondissement_unused"]]


def _figures(
    preset: IndicatorPreset,
    one: Indicator,
    rows: pd.DataFrame,
    column: tuple[str, str],
    report: Report,
) -> pd.DataFrame:
    """Return ``territory_code``, ``year``, ``value`` for one column, unknown ones missing."""
    name, year = column
    table = rows[[*_KEY, "written"]].assign(value=_numbers(preset, one, rows[name], report))
    table = _without_conflicts(table, report)
    fixed = year or (one.year or preset.year if not preset.year_column else "")
    if not table.duplicated(_KEY).any():
        known = table.dropna(subset="value").sort_values(_KEY, ignore_index=True)[[*_KEY, "value"]]
        return known.assign(year=fixed) if fixed else known
    groups = table.groupby(_KEY)["value"]
    totals = groups.sum().where(groups.count() == groups.size())
    if one.rule != SUM:
        merged = groups.size() > 1
        report.tell("merged", [code for code, _ in totals[merged].index])
        totals = totals[~merged]
    known = totals.dropna().reset_index()
    return known.assign(year=fixed) if fixed else known


def _numbers(
    preset: IndicatorPreset, one: Indicator, cells: "pd.Series[str]", report: Report
) -> "pd.Series[float]":
    missing = {word.strip().casefold() for word in preset.missing}
    absent = cells.map({text: is_missing(text, missing) for text in cells.unique()}).astype(bool)
    read = {text: parse_number(text) for text in cells[~absent].unique()}
    values = cells.map(read).astype(float)
    negative = values < 0 if not one.negative else values.isin([])
    report.tell("missing", cells[absent].to_list())
    report.tell("unreadable", cells[~absent & values.isna()].to_list())
    report.tell("negative", cells[negative].to_list())
    return values.mask(negative)


def _without_conflicts(table: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Let rows of one code that differ give no figure: nobody knows which is right."""
    key = ["written", "year"]
    again = table.duplicated(key, keep=False)
    if not again.any():
        return table
    differ = table[again].groupby(key)["value"].transform("nunique", dropna=False) > 1
    wrong = differ.reindex(table.index, fill_value=False)
    once = table.assign(value=table["value"].mask(wrong)).drop_duplicates(key)
    report.tell("conflict", table.loc[wrong, "written"].to_list())
    return once


def _by_year(found: list[pd.DataFrame]) -> Years:
    if not found:
        return {}
    every = pd.concat(found).drop_duplicates(_KEY)
    return {
        str(year): rows.set_index("territory_code")["value"]
        for year, rows in every.groupby("year", sort=True)
    }
