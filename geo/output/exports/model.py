"""An export: a table, the layers beside it, and the description that the file carries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from geo.directory.schema import FLAG, TEXT, TEXTS, WHOLE
from geo.output.caption import CONTENT, NOUNS, Caption, count_of
from geo.output.datasets.table import Column, Dataset
from geo.vocabulary import name_of

STEP: Final = 2_000
"""Rows written at once: what a file holds in memory does not grow with it."""
FICTIVE: Final = "fictif"
_BARRED: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Export:
    """One file about to leave.

    ``datasets``: the subject first; the others are more layers or sheets, which a format that
    holds one table leaves out. ``with_unplaced``: GeoJSON and KML write what has no place too.
    ``whole``: nothing may be left out, so that a format of one table refuses it.
    """

    datasets: tuple[Dataset, ...]
    caption: Caption
    name: str
    with_unplaced: bool = False
    whole: bool = False

    @property
    def main(self) -> Dataset:
        """Return the table that the file is about."""
        return self.datasets[0]

    @property
    def alone(self) -> "Export":
        """Return the same without what a format of one table leaves out, nor its filters."""
        filters = self.caption.filters
        if self.main.subject == "catalysts":
            filters = self.caption.alone or filters
        return replace(
            self, datasets=self.datasets[:1], caption=replace(self.caption, filters=filters)
        )

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Describe what the file is: its layers counted, those placed of its subject."""
        contents = [
            count_of(dataset.subject, len(dataset.frame))
            for dataset in self.datasets
            if dataset.subject in NOUNS
        ]
        facts = self.caption.facts(len(self.main.frame), self.main.placed_count)
        return [(term, ", ".join(contents) if term == CONTENT else text) for term, text in facts]

    def file_name(self, suffix: str) -> str:
        """Name the file; one that holds made-up data says so first."""
        return f"{self.caption.mark}{self.name}.{suffix}"


def steps(dataset: Dataset) -> Iterator[slice]:
    """Cut the rows of a dataset in pieces."""
    for start in range(0, len(dataset.frame), STEP):
        yield slice(start, start + STEP)


def file_names(columns: Sequence[Column]) -> list[str]:
    """Name the columns as files do: the mark of what is made up is « fictif » or nothing."""
    return [FICTIVE if column.name == "fictive" else column.name for column in columns]


def values(dataset: Dataset, column: Column, part: slice) -> list[Any]:
    """Return a column as plain values: lists, whole numbers, None for what is missing."""
    found = dataset.frame[column.name].iloc[part].tolist()
    if column.name == "fictive":
        return [FICTIVE if one else "" for one in found]
    if column.type == TEXT:
        return found
    if column.type == TEXTS:
        return [list(one) for one in found]
    if column.type == WHOLE:
        return [None if pd.isna(one) else int(one) for one in found]
    if column.type == FLAG:
        return [None if pd.isna(one) else bool(one) for one in found]
    return [None if one != one else one for one in found]  # noqa: PLR0124 - NaN


def label_name(column: Column) -> str:
    """Name the column that says in French what a column of codes holds."""
    return f"{column.name.removesuffix('_kind')}_label"


def coded(dataset: Dataset) -> list[Column]:
    """List the columns whose codes have a French label beside them."""
    return [column for column in dataset.columns if column.vocabulary]


def in_words(column: Column, value: Any) -> str:
    """Return a code, or a list of codes, in French."""
    if isinstance(value, list):
        names = [name_of(column.vocabulary, one) for one in value]
        return ", ".join(names) or name_of(column.vocabulary, "")
    return name_of(column.vocabulary, value)


def cell_text(column: Column, value: Any) -> str:
    """Write a value for a person: the label of a code, « oui » or « non », "" for none."""
    if value is None or value in ("", []):
        return ""
    if column.vocabulary:
        return in_words(column, value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return ", ".join(value) if isinstance(value, list) else str(value)


def xml_text(text: str) -> str:
    """Leave out of a text what XML 1.0 cannot hold, whatever is done to it."""
    return _BARRED.sub("", text)


def title_column(dataset: Dataset) -> str:
    """Name the column that a person reads as the name of a row."""
    if dataset.subject == "links":
        return "alliance_name"  # not the name of one of its ends
    return next(name for name in dataset.names if name.endswith("_name"))
