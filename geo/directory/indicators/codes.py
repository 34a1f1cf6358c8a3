"""Tie the codes of a table to the territories of today, and say what was done to each."""

import re
from typing import Final

import pandas as pd

from geo.directory.importing.codes import whole
from geo.directory.indicators.report import OVERSEAS, UNMATCHED, Report
from geo.reference import france
from geo.reference.kinds import kind_of
from geo.reference.overseas import overseas_code
from geo.reference.territory import COMMUNE

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
    written = codes.str.strip()
    today = _today(kind)
    # Nearly all are codes of today as they stand: those alone that are not are looked into.
    known = {text: text if text in today else _full(text, kind) for text in written.unique()}
    full = written.map(known)
    places = [today.get(code, ("", "")) for code in full.to_numpy(object)]
    found = pd.DataFrame(
        {"territory_code": [code for code, _ in places], "through": [how for _, how in places]},
        index=codes.index,
    )
    lost = found["territory_code"] == ""
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


def _today(kind: str) -> dict[str, tuple[str, str]]:
    own = {code: (code, OWN) for code in known_codes(kind)}
    return {**_earlier(), **own} if kind == COMMUNE else own


def _earlier() -> dict[str, tuple[str, str]]:
    former = {old: (new, FORMER) for old, new in france.former_codes().items()}
    return {**former, **{part: (city, PART) for part, city in france.arrondissements().items()}}
