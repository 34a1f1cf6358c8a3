"""What a sheet prints of time: two dates side by side, what changed between, the maturity."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.analysis.past.changes import Gathered, PastChanges, frames
from geo.analysis.past.maturity import MaturityLevel
from geo.analysis.past.question import PastQuestion
from geo.dates import in_words
from geo.directory.schema import KINDS
from geo.french import number
from geo.output.past import (
    HEADER,
    LEVEL_HEADER,
    change_rows,
    change_sentence,
    change_title,
    level_rows,
    level_sentence,
    meaning,
)
from geo.output.sheet.blocks import Block, Grid, Heading, Text

_ROWS: Final = 150
"""Changes printed, beyond which a sheet would be a file: the export holds them all."""


@dataclass(frozen=True)
class PastSection:
    """What a sheet says of time.

    ``limits``: what the date leaves out, in French; ``states``: the records of the date shown and
    of the one it is compared with, the earlier first, each with its day in words.
    """

    question: PastQuestion
    limits: Sequence[str]
    states: Sequence[tuple[str, Gathered]]
    changes: PastChanges | None
    levels: Sequence[MaturityLevel]

    @property
    def dated(self) -> bool:
        """Return whether a date is shown, or now beside another."""
        return bool(self.question.date)


def time_blocks(past: PastSection | None) -> list[Block]:
    """Write the section; nothing where no date is asked."""
    if past is None:
        return []
    text = " ".join([meaning(past.question), *past.limits] if past.dated else [])
    note = [Text(text)] if text else []
    return [Heading("Dans le temps"), *note, *_states(past), *_changes(past), *_levels(past)]


def _states(past: PastSection) -> list[Block]:
    states = [frames(one) for _, one in past.states]
    rows = tuple(
        (KINDS[kind].plural.capitalize(), *(number(len(state[kind])) for state in states))
        for kind in ("actor", "alliance", "project")
    )
    header = ("Fiches", *(f"Au {day}" for day, _ in past.states))
    widths = (3, *(2.0 for _ in states))
    numeric = tuple(range(1, len(header)))
    return [Grid("Fiches à chaque date", header, rows, widths, numeric)]


def _changes(past: PastSection) -> list[Block]:
    if past.changes is None:
        return []
    head: list[Block] = [
        Heading(change_title(past.changes), 3),
        Text(change_sentence(past.changes)),
    ]
    rows = change_rows(past.changes)
    if not rows:
        return head
    remaining = len(rows) - _ROWS
    more = [Text(f"{number(remaining)} autres changements sont dans l’export.", "note")]
    grid = Grid("Changements, un par un", HEADER, tuple(rows[:_ROWS]), (4, 5, 4))
    return [*head, grid, *(more if remaining > 0 else [])]


def _levels(past: PastSection) -> list[Block]:
    head = Heading("La maturité dans le temps", 3)
    note = Text(level_sentence(past.levels), "note")
    if not past.levels:
        return [head, note]
    rows = tuple(level_rows(past.levels))
    return [head, Grid("Maturité dans le temps", LEVEL_HEADER, rows, (3, 3, 5)), note]


def states_of(
    question: PastQuestion, shown: Gathered, other: Gathered | None
) -> list[tuple[str, Gathered]]:
    """Order two states by their days; only one where nothing is compared."""
    day = in_words(question.day.isoformat())
    if other is None or question.days is None:
        return [(day, shown)]
    first, last = (in_words(day.isoformat()) for day in question.days)
    pair = [(day, shown), (first if day == last else last, other)]
    return pair[::-1] if day == last else pair
