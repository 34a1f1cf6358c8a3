"""One ecosystem, or a whole book, as it was at a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from geo.analysis.ecosystem import Ecosystem, ecosystem, joined, touching
from geo.analysis.past.maturity import level_on, maturity_levels
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.standing import existing
from geo.directory.ecosystems import Book
from geo.directory.ecosystems.rows import where
from geo.directory.past import changes_since, past_book, snapshot_of
from geo.directory.store.lookup import among
from geo.directory.store.store import Store
from geo.directory.store.worlds import world


@dataclass(frozen=True, eq=False)
class Reader:
    """What a reader may see today of a store, of ``readable_book``; ``drafts`` among it or not."""

    store: Store
    book: Book
    drafts: bool = False


@dataclass(frozen=True)
class PastTables:
    """The tables at a date, what they leave out, and whether the base was there.

    ``undated``: ids by kind that nothing places at that date; ``unnamed``: how many records of
    each kind the base held then, and that may not be seen today; ``base_existed``: false where the
    base was not written yet.
    """

    book: Book
    undated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unnamed: dict[str, int] = field(default_factory=dict)
    base_existed: bool = True


@dataclass(frozen=True)
class PastEcosystem:
    """An ecosystem at a date. ``undated``: how many of its records of today nothing places then."""

    question: PastQuestion
    ecosystem: Ecosystem
    current: Ecosystem
    undated: dict[str, int]
    unnamed: dict[str, int]
    base_existed: bool = True


def book_at(reader: Reader, question: PastQuestion) -> PastTables:
    """Return the tables at the date asked; those of now where none is.

    Raises
    ------
    UnknownCodeError
        The history does not reach so far back any more.
    """
    if not question.date:
        return PastTables(reader.book)
    if question.of_base:
        past = past_book(reader.store, reader.book, question.day, drafts=reader.drafts)
        return PastTables(past.book, {}, past.unnamed, past.snapshot is not None)
    dated = existing(reader.book, question.day)
    return PastTables({**reader.book, **dated.frames}, dated.undated)


def ecosystem_at(
    reader: Reader, ecosystem_id: str, question: PastQuestion, current: Ecosystem | None = None
) -> PastEcosystem:
    """Build one ecosystem at the date asked; its territory and its places are those of today.

    ``current``: the ecosystem as it is today, built here when absent.

    Raises
    ------
    UnknownCodeError
        No such ecosystem, or the history does not reach so far back any more.
    """
    current = current or ecosystem(ecosystem_id, reader.book, drafts=reader.drafts)
    if not question.date:
        return PastEcosystem(question, current, current, {}, {})
    return (_from_history if question.of_base else _from_dates)(reader, current, question)


def _from_dates(reader: Reader, current: Ecosystem, question: PastQuestion) -> PastEcosystem:
    records = {"actor": current.actors, "alliance": current.alliances, "project": current.projects}
    dated = existing(records, question.day)
    levels = maturity_levels(reader.store, reader.book, current.record["ecosystem_id"])
    # A level is of its own date, not of today.
    found = _with_records(current, dated.frames, level_on(levels, question.day))
    return PastEcosystem(
        question, found, current, {kind: len(x) for kind, x in dated.undated.items()}, {}
    )


def _with_records(
    current: Ecosystem, records: Mapping[str, pd.DataFrame], maturity: str
) -> Ecosystem:
    projects = records["project"]
    return replace(
        current,
        record=current.record | {"maturity": maturity},
        actors=records["actor"],
        alliances=records["alliance"],
        projects=projects,
        actions=current.actions[current.actions["project_id"].isin(projects.index)],
    )


def _from_history(reader: Reader, current: Ecosystem, question: PastQuestion) -> PastEcosystem:
    """Restore only what changed since the date: everything else was as it is today."""
    ecosystem_id, readable = current.record["ecosystem_id"], reader.book
    partial_book = {**readable, "actor": current.everyone, **_candidates(reader, current, question)}
    partial_book["ecosystem"] = readable["ecosystem"].loc[[ecosystem_id]]
    past = past_book(reader.store, readable, question.day, drafts=reader.drafts, part=partial_book)
    everyone, book = past.book["actor"], past.book
    actors = everyone[among(everyone, current.actors.index)]
    actors = actors.assign(tie=current.actors["tie"].reindex(actors.index))
    alliances = touching(book["alliance"], actors)
    own_projects = joined(book["project"], {ecosystem_id}, actors, alliances, elsewhere=False)
    records = {
        "actor": actors,
        "alliance": alliances,
        "project": where(book["project"], own_projects),
    }
    found = _with_records(current, records, str(book["ecosystem"]["maturity"].iloc[0]))
    found = replace(found, everyone=everyone, actions=current.actions.iloc[:0])
    return PastEcosystem(question, found, current, {}, past.unnamed, past.snapshot is not None)


def _candidates(
    reader: Reader, current: Ecosystem, question: PastQuestion
) -> dict[str, pd.DataFrame]:
    """Keep the alliances and projects that are of it today, or changed since: no other may be."""
    snapshot = snapshot_of(reader.store, question.day)
    found = {}
    if snapshot is None:  # nothing was known yet
        return {kind: reader.book[kind].iloc[:0] for kind in ("alliance", "project")}
    changed = changes_since(reader.store, snapshot)
    for kind, own in (("alliance", current.alliances), ("project", current.projects)):
        frame = reader.book[kind]
        ids = {*own.index, *(changed[kind].index if kind in changed else ())}
        found[kind] = frame[among(frame, ids)]
    return world(found, current.record["ecosystem_id"])
