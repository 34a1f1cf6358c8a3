"""Which resources answer a need: by practice, step, goal, profile, maturity, kind and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Self

import pandas as pd

from geo.directory.ecosystems.rows import where
from geo.french import NBSP, count, quoted, typeset
from geo.query import parameters as p
from geo.query.parameter import Parameter, in_address
from geo.query.query import Query
from geo.query.values import ItemValue
from geo.reference.gazetteer.spelling import fold_lines
from geo.vocabulary import UNSTATED, label

_LISTS: Final = {"practices": p.PRACTICE, "profiles": p.PROFILE}
_ONES: Final[dict[str, Parameter[str]]] = {
    "nature": p.NATURE,
    "step": p.STEP,
    "odd": p.ODD,
    "maturity": p.MATURITY,
}
_COLUMNS: Final = {
    "practices": "practices",
    "profiles": "profiles",
    "nature": "resource_kind",
    "step": "steps",
    "odd": "odd",
    "maturity": "maturity",
}


@dataclass(frozen=True)
class ResourceChoice:
    """Filters on resources; an empty one means « all ».

    A resource is kept by what its source states: one that says nothing of a practice answers no
    question about practices, but the one about those that say nothing.
    """

    practices: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    nature: str = ""
    step: str = ""
    odd: str = ""
    maturity: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: Query) -> Self:
        """Return the choice that an address asks for."""
        return cls(
            practices=query[p.PRACTICE],
            profiles=query[p.PROFILE],
            nature=query[p.NATURE],
            step=query[p.STEP],
            odd=query[p.ODD],
            maturity=query[p.MATURITY],
            text=query[p.TEXT],
        )

    def keep(self, resources: pd.DataFrame) -> pd.DataFrame:
        """Keep the resources that answer every filter, in their order."""
        found = resources
        for name, column in _COLUMNS.items():
            if wanted := self._wanted(name):
                found = where(found, (_states(value, wanted) for value in found[column]))
        return _with_words(found, self.text)

    def _wanted(self, name: str) -> set[str]:
        value = getattr(self, name)
        return {value} - {""} if isinstance(value, str) else {*value}

    def to_url(self) -> dict[str, str | list[str]]:
        """Return the parameters of the address that opens this choice again."""
        values: dict[Parameter[Any], Any] = {
            one: getattr(self, name) for name, one in _LISTS.items()
        }
        values |= {one: getattr(self, name) for name, one in _ONES.items()}
        return in_address(values | {p.TEXT: self.text})

    def filters(self) -> list[str]:
        """Say each active filter in French."""
        parts = [one.in_words(getattr(self, n)) for n, one in _LISTS.items() if getattr(self, n)]
        for name, one in _ONES.items():
            if (code := getattr(self, name)) and isinstance(one.kind, ItemValue):
                number = f"{code}. " if name in {"odd", "step"} else ""
                parts.append(
                    f"{one.label.lower() if name != 'odd' else one.label}{NBSP}: "
                    f"{number}{label(one.kind.vocabulary, code)}"
                )
        return parts + ([f"texte{NBSP}: {quoted(self.text)}"] if self.text else [])

    def in_words(self) -> str:
        """Say all active filters in French, « sans filtre » for none."""
        return f"{NBSP}; ".join(self.filters()) or "sans filtre"

    def sentence(self, found: int) -> str:
        """Say the choice and how many resources it keeps."""
        who = count(found, "ressource") if found else "Aucune ressource"
        return f"{who} ({self.in_words()})." if self.filters() else f"{who}, sans filtre."


def _states(value: str | list[str], wanted: set[str]) -> bool:
    stated = {value} - {""} if isinstance(value, str) else {*value}
    return bool((stated or {UNSTATED}) & wanted)


def _with_words(resources: pd.DataFrame, typed: str) -> pd.DataFrame:
    words = fold_lines(typed).split()
    if not words:
        return resources
    texts = resources["resource_name"] + " " + resources["publisher"] + " " + resources["note"]
    lines = [fold_lines(" " + text.replace("\n", " ")) for text in texts]
    return where(resources, (all(b" " + word in line for word in words) for line in lines))


def silent(resources: pd.DataFrame, name: str) -> int:
    """Count the resources whose source says nothing of one filter: « maturity », « practices »."""
    return sum(not value for value in resources[_COLUMNS[name]])


@dataclass(frozen=True)
class Need:
    """What a territory looks for, and the resources that say they answer it."""

    label: str
    choice: ResourceChoice
    found: int


def needs(
    resources: pd.DataFrame,
    practices: Iterable[str] = (),
    steps: Iterable[str] = (),
    odd: Iterable[str] = (),
) -> list[Need]:
    """Count the resources that answer each practice, step of a project, goal."""
    choices = [
        *((label("practice", one), ResourceChoice(practices=(one,))) for one in practices),
        *(
            (f"Étape {one}, {label('project_step', one)}", ResourceChoice(step=one))
            for one in steps
        ),
        *((f"ODD {one}, {typeset(label('odd', one))}", ResourceChoice(odd=one)) for one in odd),
    ]
    return [Need(title, choice, len(choice.keep(resources))) for title, choice in choices]
