"""An ecosystem at a date as plain values, for the API and the terminal."""

from typing import Any, Final

from geo.analysis.past.changes import PastChange, frames
from geo.analysis.past.ecosystem import Past
from geo.directory.schema import KINDS
from geo.output.past import limits, meaning

_DATED: Final = ("since", "until")


def past_record(past: Past) -> dict[str, Any]:
    """Return the state, what changed and the history of maturity; ids, names and dates only."""
    state, question = past.state, past.state.question
    found = state.ecosystem
    changes = past.changes
    return {
        "ecosystem_id": found.record["ecosystem_id"],
        "ecosystem_name": found.record["ecosystem_name"],
        "date": question.day.isoformat(),
        "reading": question.reading,
        "meaning": meaning(question) if question.date else "",
        "maturity": found.record["maturity"],
        "fictive": found.fictive,
        "results": records_then(past),
        "undated": state.undated,
        "unnamed": state.unnamed,
        "limits": limits(state),
        "compared": [day.isoformat() for day in (changes.first, changes.last)] if changes else [],
        "changes": [_change(row) for row in changes.rows] if changes else [],
        "changes_undated": dict(changes.undated) if changes else {},
        "maturity_history": [
            {"since": level.since, "maturity": level.level, "judged": level.judged}
            for level in past.levels
        ],
    }


def records_then(past: Past) -> list[dict[str, str]]:
    """List the actors, alliances and projects of the date: kind, id, name, beginning and end."""
    rows = []
    for kind, frame in frames(past.state.ecosystem).items():
        known = KINDS[kind]
        for row in frame.to_dict("records"):
            named = {"kind": kind, "id": str(row[known.id]), "name": str(row[known.title])}
            rows.append(named | {name: str(row.get(name, "")) for name in _DATED})
    return rows


def _change(change: PastChange) -> dict[str, Any]:
    altered = [
        {"field": label, "before": before, "after": after}
        for label, before, after in change.altered
    ]
    return {
        "change": change.nature,
        "kind": change.kind,
        "id": change.record_id,
        "name": change.title,
        "when": change.when,
        "altered": altered,
    }
