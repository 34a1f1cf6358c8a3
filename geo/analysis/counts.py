"""How much there is: the counts that pages and the health answer give."""

import pandas as pd

from geo.directory.directory import Directory
from geo.reference import france
from geo.reference.kinds import kind_codes
from geo.vocabulary import UNSTATED, choices


def territory_counts() -> dict[str, int]:
    """Count the territories of each kind, communes first."""
    others = france.territories().index.get_level_values("territory_kind").value_counts()
    counts = {"commune": len(france.communes())}
    return counts | {kind: int(others[kind]) for kind in kind_codes() if kind in others}


def evidence_counts(directory: Directory) -> pd.DataFrame:
    """Count the catalysts by kind of evidence, placed or not; « non_renseigne » if there are."""
    placed = directory.frame["longitude"].notna().map({True: "placed", False: "unplaced"})
    table = pd.crosstab(directory.frame["evidence"].replace("", UNSTATED), placed)
    index = [code for code in choices("evidence") if code != UNSTATED or code in table.index]
    return table.reindex(index=index, columns=["placed", "unplaced"], fill_value=0)
