"""One ecosystem, or a whole book, as it was at a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from geo.analysis.ecosystem import Ecosystem, ecosystem, joined, touching
from geo.analysis.past.maturity import level_on, maturity_levels
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.standing import existing
from geo.directory.ecosystems import Book
from geo.directory.ecosystems.rows import among, where
from geo.directory.past import changes_since, past_book, snapshot_of
from geo.directory.store.store import Store
from geo.directory.store.worlds import world


@dataclass(frozen=True, eq=False)
class Sight:
    """What a reader may see today of a store, of ``readable_book``; ``drafts`` among it or not."""

    store: Store
    seen: Book
    drafts: bool = False


@dataclass(frozen=True)
class BookThen:
    """The tables at a date, what they leave out, and whether the base was there.

    ``undated``: ids by kind that nothing places at that date; ``unnamed``: how many records of
    each kind the base held then, and that may not be seen today; ``begun``: false where the base
    was not written yet.
    """

    book: Book
    undated: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unnamed: dict[str, int] = field(default_factory=dict)
    begun: bool = True


@dataclass(frozen=True)
class EcosystemThen:
    """An ecosystem at a date. ``undated``: how many of its records of today nothing places then."""

    question: PastQuestion
    found: Ecosystem
    now: Ecosystem
    undated: dict[str, int]
    unnamed: dict[str, int]
    begun: bool = True


def book_then(sight: Sight, question: PastQuestion) -> BookThen:
    """Return the tables at the date asked; those of now where none is.

    Raises
    ------
    UnknownCodeError
        The history does not reach so far back any more.
    """
    if not question.date:
        return BookThen(sight.seen)
    if question.of_base:
        past = past_book(sight.store, sight.seen, question.day, drafts=sight.drafts)
        return BookThen(past.book, {}, past.unnamed, past.snapshot is not None)
    dated = existing(sight.seen, question.day)
    return BookThen({**sight.seen, **dated.kept}, dated.undated)


def ecosystem_then(
    sight: Sight, ecosystem_id: str, question: PastQuestion, now: Ecosystem | None = None
) -> EcosystemThen:
    """Put one ecosystem together at the date asked; where it lies and its places are of today.

    ``now`` spares putting it together as it is today.

    Raises
    ------
    UnknownCodeError
        No such ecosystem, or the history does not reach so far back any more.
    """
    now = now or ecosystem(ecosystem_id, sight.seen, drafts=sight.drafts)
    if not question.date:
        return EcosystemThen(question, now, now, {}, {})
    return (_from_history if question.of_base else _from_dates)(sight, now, question)


def _from_dates(sight: Sight, now: Ecosystem, question: PastQuestion) -> EcosystemThen:
    records = {"actor": now.actors, "alliance": now.alliances, "project": now.projects}
    dated = existing(records, question.day)
    levels = maturity_levels(sight.store, sight.seen, now.record["ecosystem_id"])
    # A level is of its own date, not of today.
    found = _with_records(now, dated.kept, level_on(levels, question.day))
    return EcosystemThen(
        question, found, now, {kind: len(x) for kind, x in dated.undated.items()}, {}
    )


def _with_records(now: Ecosystem, records: Mapping[str, pd.DataFrame], maturity: str) -> Ecosystem:
    projects = records["project"]
    return replace(
        now,
        record=now.record | {"maturity": maturity},
        actors=records["actor"],
        alliances=records["alliance"],
        projects=projects,
        actions=now.actions[now.actions["project_id"].isin(projects.index)],
    )


def _from_history(sight: Sight, now: Ecosystem, question: PastQuestion) -> EcosystemThen:
    """Put back what changed since, and only that: the rest of today was the same."""
    ecosystem_id, seen = now.record["ecosystem_id"], sight.seen
    partial_book = {**seen, "actor": now.everyone, **_candidates(sight, now, question)}
    partial_book["ecosystem"] = seen["ecosystem"].loc[[ecosystem_id]]
    past = past_book(sight.store, seen, question.day, drafts=sight.drafts, part=partial_book)
    everyone, book = past.book["actor"], past.book
    actors = everyone[among(everyone, now.actors.index)]
    actors = actors.assign(tie=now.actors["tie"].reindex(actors.index))
    alliances = touching(book["alliance"], actors)
    own_projects = joined(book["project"], {ecosystem_id}, actors, alliances, elsewhere=False)
    records = {
        "actor": actors,
        "alliance": alliances,
        "project": where(book["project"], own_projects),
    }
    found = _with_records(now, records, str(book["ecosystem"]["maturity"].iloc[0]))
    found = replace(found, everyone=everyone, actions=now.actions.iloc[:0])
    return EcosystemThen(question, found, now, {}, past.unnamed, past.snapshot is not None)


def _candidates(sight: Sight, now: Ecosystem, question: PastQuestion) -> dict[str, pd.DataFrame]:
    """Keep the alliances and projects that are of it today, or changed since: no other may be."""
    snapshot = snapshot_of(sight.store, question.day)
    found = {}
    if snapshot is None:  # nothing was known yet
        return {kind: sight.seen[kind].iloc[:0] for kind in ("alliance", "project")}
    changed = changes_since(sight.store, snapshot)
    for kind, own in (("alliance", now.alliances), ("project", now.projects)):
        frame = sight.seen[kind]
        ids = {*own.index, *(changed[kind].index if kind in changed else ())}
        found[kind] = frame[among(frame, ids)]
    return world(found, now.record["ecosystem_id"])
