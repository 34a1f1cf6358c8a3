"""Two records become one: fields, sources and everything that named the one that goes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from geo.directory.duplicates.decisions import MERGED, Outcome, Pair, entry
from geo.directory.duplicates.fields import Choices, Record, combined
from geo.directory.duplicates.references import LISTS, Book, naming, pointed, title
from geo.directory.schema import ACTOR, KINDS
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain
from geo.errors import BadRecordError
from geo.french import count, quoted

_LEAST: Final = 2


def merge(
    survivor: Record,
    other: Record,
    book: Book,
    choices: Choices | None = None,
    pair: Pair | None = None,
) -> Outcome:
    """Merge two actors under the id of the first; the second goes, nothing of it is lost.

    Alliances, projects, actions, contacts, ecosystems and decisions that named the second name
    the first. An alliance left with one member is kept, and told. The decision keeps what was
    before, for ``undo``.

    Parameters
    ----------
    choices
        Which record each field comes from, where someone chose; see ``fields.groups``.
    pair
        The pair as it was proposed, for its score, its reasons and who decides.

    Raises
    ------
    BadRecordError
        Both are one and the same record.
    """
    survivor, other = plain(survivor), plain(other)
    ids = str(survivor[ACTOR.id]), str(other[ACTOR.id])
    if ids[0] == ids[1]:
        raise BadRecordError("Une fiche ne se fusionne pas avec elle-même : choisissez-en deux.")
    result = combined(survivor, other, choices or {})
    moved = [(kind, row, pointed(kind, row, ids[1], ids[0])) for kind, row in naming(ids[1], book)]
    before = json.dumps(_journal(survivor, other, result, moved), ensure_ascii=False)
    found = replace(pair or Pair(*ids), one_id=ids[0], other_id=ids[1])
    decision = entry(found, MERGED, before)
    changes = Changes.one("actor", result) + Changes.removal_as_read("actor", other)
    for kind, row, fields in moved:
        changes += Changes.one(kind, row | fields)
    return Outcome(
        changes + Changes.one("merge", decision), list(_remarks(survivor, other, moved, book))
    )


def _journal(
    survivor: Record, other: Record, result: Record, moved: list[tuple[str, Record, Record]]
) -> dict[str, Any]:
    """Write what changes, before and after: whole for the record that goes, else field by field.

    What is withheld is written though it stays: ``undo`` has to know what was withheld since.
    """
    changed = {
        name: survivor[name]
        for name in result
        if result[name] != survivor[name] or name == "withheld"
    }
    return {
        "other": other,
        "kept": {"before": changed, "after": {name: result[name] for name in changed}},
        "moved": [
            {
                "kind": kind,
                "id": row[KINDS[kind].id],
                "before": {name: row[name] for name in fields},
                "after": fields,
            }
            for kind, row, fields in moved
        ],
    }


def merged_away(merges: pd.DataFrame) -> list[tuple[Record, str]]:
    """Return each record that a merge in force took away, and the id that answers for it now."""
    return [(journal["other"], heir) for journal, heir in _in_force(merges)]


def replaced(merges: pd.DataFrame) -> list[tuple[Record, str]]:
    """Return the fields that each merge in force replaced in the record it kept, as they were."""
    return [(journal["kept"]["before"], heir) for journal, heir in _in_force(merges)]


def _in_force(merges: pd.DataFrame) -> Iterator[tuple[dict[str, Any], str]]:
    """Return the journal of each merge in force, and the id of the record that is left."""
    there = merges[(merges["decision"] == MERGED) & (merges["before"] != "")]
    heir = dict(zip(there["other_id"], there["kept_id"], strict=True))
    for text, kept_id in zip(there["before"], there["kept_id"], strict=True):
        seen, last = set(), kept_id
        while last in heir and last not in seen:  # merged in its turn
            seen.add(last)
            last = heir[last]
        yield json.loads(text), str(last)


def _remarks(
    survivor: Record, other: Record, moved: list[tuple[str, Record, Record]], book: Book
) -> Iterator[str]:
    """Say what a merge does beside the two records."""
    for kind, row, fields in moved:
        if kind == "alliance" and len(fields[LISTS[kind]]) < _LEAST:
            yield (
                f"L’alliance {quoted(title(kind, row))} n’a plus qu’un membre : elle est gardée, "
                "complétez-la ou supprimez-la."
            )
    if survivor["fictive"] != other["fictive"]:
        yield "L’une des deux fiches est fictive : la fiche gardée sera marquée fictive."
    proposals = book.get("proposal")
    if proposals is not None:
        waiting = (proposals["record_id"] == other[ACTOR.id]) & (proposals["decision"] == "pending")
        if waiting.any():
            yield (
                f"{count(int(waiting.sum()), 'proposition')} en attente sur la fiche qui "
                "disparaît : à examiner dans Modération."
            )
