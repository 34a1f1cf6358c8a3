"""What was decided on a pair: merged, kept apart, left aside, taken back; remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final, Literal

from geo.directory.schema import MERGE
from geo.directory.store.changes import Changes

Record = dict[str, Any]
Verdict = Literal["distinct", "ignored"]
MERGED: Final = "merged"
UNDONE: Final = "undone"


@dataclass(frozen=True)
class Pair:
    """Two records that may be one, as they were found; who decides, and when (now, if unsaid)."""

    one_id: str
    other_id: str
    score: float | None = None
    reasons: Sequence[str] = ()
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Outcome:
    """Changes to write, and what the person who asks for them must know, in French."""

    changes: Changes
    remarks: list[str] = field(default_factory=list)


def decide(pair: Pair, decision: Verdict) -> Changes:
    """Keep both records of a pair, or leave the pair aside: it is not proposed again."""
    return Changes.one("merge", entry(pair, decision))


def entry(pair: Pair, decision: str, before: str = "") -> Record:
    """Write a decision down."""
    return {
        **MERGE.blank(),
        "merge_id": f"doublon-{token_hex(8)}",
        "kept_id": pair.one_id,
        "other_id": pair.other_id,
        "decision": decision,
        "score": pair.score,
        "reasons": list(pair.reasons),
        "before": before,
        "decided_by": pair.by,
        "decided_at": pair.at or datetime.now(UTC).isoformat(timespec="seconds"),
        "status": "publiee",
    }
