"""What an address asks of the past of one ecosystem: its state, and what changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from geo.analysis.ecosystem import Ecosystem
from geo.analysis.past.changes import Gathered, PastChanges, dated_changes, noted_changes
from geo.analysis.past.maturity import MaturityLevel, maturity_levels
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import PastEcosystem, Reader, ecosystem_at
from geo.directory.past import changes_since, snapshot_of
from geo.directory.store.store import Store


@dataclass(frozen=True)
class Past:
    """An ecosystem at a date, what changed between it and another, if asked, and its maturity."""

    state: PastEcosystem
    changes: PastChanges | None
    levels: tuple[MaturityLevel, ...] = ()


def ecosystem_past(
    reader: Reader, ecosystem_id: str, question: PastQuestion, current: Ecosystem | None = None
) -> Past:
    """Answer the whole question; see ``ecosystem_at`` for what is refused."""
    state = ecosystem_at(reader, ecosystem_id, question, current)

    def gather(at_question: PastQuestion) -> Gathered:
        if at_question.date == question.date:
            return state.ecosystem
        return ecosystem_at(reader, ecosystem_id, at_question, state.current).ecosystem

    levels = () if question.is_now else maturity_levels(reader.store, reader.book, ecosystem_id)
    return Past(state, changes_of(reader.store, question, state.current, gather), tuple(levels))


def changes_of(
    store: Store,
    question: PastQuestion,
    current: Gathered,
    gather: Callable[[PastQuestion], Gathered],
) -> PastChanges | None:
    """Compare the two dates asked; None where there are not two.

    ``gather``: gives the records of another date, for the history of the base.
    """
    if question.days is None:
        return None
    first, last = question.days
    if not question.of_base:
        return dated_changes(current, first, last)
    states = [
        replace(question, date=day, compared="") for day in (question.compared, question.date)
    ]
    earlier, later = sorted(states, key=lambda one: one.day)
    snapshot = snapshot_of(store, first)
    written = {} if snapshot is None else changes_since(store, snapshot)
    ids = {kind: frame.index for kind, frame in written.items()}
    found = noted_changes(gather(earlier), gather(later), question.days, ids)
    return replace(found, base_existed=snapshot is not None)
