"""The records of a territory at the date that its sheet is asked for, and what changed."""

from dataclasses import replace

from geo.analysis.past.ecosystem import changes_of
from geo.analysis.past.maturity import maturity_levels
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader, book_at
from geo.analysis.report_local import Local, local, own_ecosystems
from geo.directory.ecosystems import visible_rows
from geo.directory.past import snapshot_of
from geo.output.past import base_limits, dated_limits
from geo.output.sheet.time_section import PastSection, states_of
from geo.reference.territory import Territory


def territory_past(
    reader: Reader, found: Territory, question: PastQuestion
) -> tuple[Local, PastSection | None]:
    """Gather the public records tied to a territory, at the date asked, and the section on time.

    Raises
    ------
    UnknownCodeError
        The history of the base does not reach so far back any more.
    """
    current = local(found, reader.book)
    if question.is_now:
        return current, None

    def gather(question: PastQuestion) -> Local:
        return local(found, book_at(reader, question).book) if question.date else current

    records = gather(question)
    other = gather(replace(question, date=question.compared)) if question.days else None
    changes = changes_of(reader.store, question, current, gather)
    limits = _limits(reader, question, current)
    levels = [
        level
        for ecosystem_id in sorted(own_ecosystems(found, visible_rows(reader.book["ecosystem"])))
        for level in maturity_levels(reader.store, reader.book, ecosystem_id)
    ]
    states = states_of(question, records, other)
    return records, PastSection(question, limits, states, changes, levels)


def _limits(reader: Reader, question: PastQuestion, current: Local) -> list[str]:
    if not question.date:
        return []
    state = book_at(reader, question)
    if question.of_base:
        base_existed = snapshot_of(reader.store, question.day) is not None
        return base_limits(state.unnamed, base_existed=base_existed)
    frames = {"actor": current.actors, "alliance": current.alliances, "project": current.projects}
    undated_counts = {
        kind: int(frame.index.isin(state.undated.get(kind, ())).sum())
        for kind, frame in frames.items()
    }
    return dated_limits(undated_counts)
