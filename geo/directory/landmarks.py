"""Dated figures of public studies: what was measured, on whom, by whom; facts in our own words.

Where two sources contradict each other the figure is not kept at all, only why it is not.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from geo.errors import BadFileError, MissingDataError
from geo.french import NBSP, number
from geo.settings import settings

CONTRADICTED: Final = "contradictoires"
_AGREEMENTS: Final = ("concordantes", "une seule source", CONTRADICTED)
_NATURES: Final = {
    "pratique": "Pratique",
    "opinion": "Opinion",
    "décompte": "Décompte",
}


@dataclass(frozen=True)
class Landmark:
    """One figure, or the reason why it is not shown.

    ``respondents``: the population asked. ``agreement``: whether several sources say the same.
    ``why_not``: what its sources disagree on; the value is then empty.
    """

    figure_id: str
    topic: str
    label: str
    value: str
    unit: str
    respondents: str
    nature: str
    year: str
    source_title: str
    source_url: str
    other_source_url: str
    source_date: str
    agreement: str
    why_not: str

    @property
    def is_shown(self) -> bool:
        """Return whether its sources agree, or there is only one."""
        return self.agreement != CONTRADICTED

    @property
    def value_text(self) -> str:
        """Write the figure with its unit."""
        return number(float(self.value)) + (f"{NBSP}{self.unit}" if self.unit else "")

    @property
    def nature_label(self) -> str:
        """Say what kind of figure it is: an opinion is no practice."""
        return _NATURES[self.nature]


def landmarks() -> tuple[Landmark, ...]:
    """Read the figures that ship, in the order of their file.

    Raises
    ------
    MissingDataError, BadFileError
        The file is absent, or is no such table.
    """
    path = settings().data / "landmarks.csv"
    if not path.is_file():
        raise MissingDataError(f"Le fichier des repères manque : {path}. Rétablissez-le.")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> tuple[Landmark, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        try:
            found = tuple(Landmark(**row) for row in csv.DictReader(file))
        except TypeError as fault:
            raise BadFileError(f"{path} n’est pas une liste de repères : {fault}.") from fault
    bad = [one.figure_id for one in found if _wrong(one)]
    if bad:
        raise BadFileError(f"{path} : repères mal remplis ({', '.join(bad)}).")
    return found


def _wrong(one: Landmark) -> bool:
    known = one.agreement in _AGREEMENTS and one.nature in _NATURES
    sourced = bool(one.source_title and one.source_url and one.year and one.respondents)
    return not (known and sourced and one.is_shown == bool(one.value) != bool(one.why_not))
