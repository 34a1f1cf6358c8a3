"""Tie the codes of a table to the territories of today, and say what was done to each."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

from geo.directory.importing.codes import whole
from geo.directory.indicators.report import OVERSEAS, UNMATCHED, Report
from geo.reference import france
from geo.reference.kinds import kind_of
from geo.reference.overseas import overseas_code
from geo.reference.territory import COMMUNE
from geo.settings import settings

OWN: Final = "own"
FORMER: Final = "former"
PART: Final = "arrondissement"


def known_codes(kind: str) -> set[str]:
    """Return the codes of every territory of a kind."""
    if kind == COMMUNE:
        return {*france.communes().index.tolist()}
    return {*france.territories().loc[kind].index.tolist()}


def match_codes(codes: pd.Series, kind: str, report: Report) -> pd.DataFrame:
    """Find the territory of each code.

    Returns
    -------
    One row per code found, by the index given: ``territory_code``, and ``through``: how it was
    found ("own", "former", "arrondissement"). What is not found is in the report.
    """
    written = codes.astype("str").str.strip()
    today = _today(kind, settings().reference)
    at = today.index.get_indexer(pd.Index(written))
    full = written
    if (at < 0).any():  # nearly all are codes of today as they stand
        strange = written[at < 0]
        full = written.mask(
            at < 0, strange.map({one: _full(one, kind) for one in strange.unique()})
        )
        at = today.index.get_indexer(pd.Index(full))
    found = today.take(at).set_axis(codes.index)
    lost = pd.Series(at < 0, codes.index)
    beyond = [code for code in full[lost].unique() if overseas_code(code)]
    far = full.isin(beyond)
    report.tell(OVERSEAS, written[lost & far].to_list())
    report.tell(UNMATCHED, written[lost & ~far].to_list())
    report.tell("recovered", written[~lost & (full != written)].to_list())
    return found[~lost].assign(written=full[~lost])


def _full(text: str, kind: str) -> str:
    """Put back what a spreadsheet takes away: « 1004 » and « 1004.0 » are « 01004 »."""
    known = kind_of(kind)
    if known.text_code:
        return text
    code, width = whole(text), known.digits
    return code.zfill(width) if re.fullmatch(r"\d+", code) and len(code) == width - 1 else code


@lru_cache(maxsize=16)
def _today(kind: str, _reference: Path) -> pd.DataFrame:
    """List the territory of each code that is or was one, and how it is found, by that code."""
    own = {code: (code, OWN) for code in known_codes(kind)}
    known = {**_earlier(), **own} if kind == COMMUNE else own
    return pd.DataFrame.from_dict(known, "index", columns=["territory_code", "through"])


def _earlier() -> dict[str, tuple[str, str]]:
    former = {old: (new, FORMER) for old, new in france.former_codes().items()}
    return {**former, **{part: (city, PART) for part, city in france.arrondissements().items()}}
