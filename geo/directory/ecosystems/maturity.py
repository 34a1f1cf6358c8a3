"""A territory judges its own maturity: five questions, a stated rule, kept dated.

The four levels are named by Le RAMEAU, which gives neither their order nor their criteria: the
questions and the rule, in ``data/maturity.toml``, are this site's own. A territory is compared
with itself in time, never with another.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.directory.ecosystems.rows import Book, frame_of, row_of
from geo.directory.ecosystems.rules import (
    Values,
    accepted,
    completed,
    faults_of,
    new_id,
    strangers,
)
from geo.directory.schema import ASSESSMENT
from geo.directory.store.changes import Changes
from geo.directory.store.rows import plain_rows
from geo.errors import BadFileError, BadRecordError, MissingDataError
from geo.settings import settings

_NONE: Final = frame_of("assessment")
MOST: Final = 2
"""Points of the highest answer; the lowest gives none."""


@dataclass(frozen=True)
class Question:
    """One question, its answers from none to ``MOST`` points, the practice or step it is about."""

    id: str
    label: str
    answers: tuple[str, ...]
    practice: str = ""
    step: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """Questions, and the least total of each level, the highest first."""

    questions: tuple[Question, ...]
    levels: tuple[tuple[str, int], ...]

    def level(self, answers: Mapping[str, int]) -> str:
        """Return the level of a total of points.

        Raises
        ------
        BadRecordError
            A question has no answer, or one that is none of its own.
        """
        bad = [one.label for one in self.questions if answers.get(one.id) not in range(MOST + 1)]
        if bad:
            raise BadRecordError(f"Répondez à chaque question ; il manque : {' '.join(bad)}")
        total = sum(answers[one.id] for one in self.questions)
        return next(name for name, least in self.levels if total >= least)

    @property
    def most(self) -> int:
        """Return the highest total."""
        return MOST * len(self.questions)


def grid() -> Questionnaire:
    """Read the questions and the rule.

    Raises
    ------
    MissingDataError, BadFileError
        The file is absent, or is no such grid.
    """
    path = settings().data / "maturity.toml"
    if not path.is_file():
        raise MissingDataError(f"Le fichier de la maturité manque : {path}. Rétablissez-le.")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> Questionnaire:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        questions = [
            Question(**one | {"answers": tuple(one["answers"])}) for one in data["question"]
        ]
        levels = tuple((str(one["maturity"]), int(one["least"])) for one in data["level"])
    except (ValueError, KeyError, TypeError) as fault:
        raise BadFileError(f"{path} n’est pas une grille de maturité : {fault}.") from fault
    return Questionnaire(tuple(questions), levels)


def assess(book: Book, ecosystem_id: str, answers: Mapping[str, int], values: Values) -> Changes:
    """Keep an assessment, dated, and give its level to the ecosystem; one of that date is replaced.

    Parameters
    ----------
    values
        ``assessed_on``, ISO, and ``note``.

    Raises
    ------
    UnknownCodeError
        There is no such ecosystem.
    BadRecordError
        A question has no answer, or the date is none.
    """
    ecosystem = row_of(book, "ecosystem", ecosystem_id)
    name = f"Maturité de {ecosystem['ecosystem_name']}, {values['assessed_on']}"
    past = history(book, ecosystem_id)
    same = next((one for one in past if one["assessed_on"] == values["assessed_on"]), {})
    record = checked_assessment(
        {
            "assessment_id": new_id("maturite", name),
            **same,
            "assessment_name": name,
            "ecosystem_id": ecosystem_id,
            "answers": [f"{one.id}:{answers.get(one.id, '')}" for one in grid().questions],
            "source_title": "Auto-évaluation de l’équipe",
            "fictive": ecosystem["fictive"],
            **values,
        },
        book,
    )
    latest = [one["assessed_on"] for one in past][-1:]
    changes = Changes.one("assessment", record)
    if latest and latest[0] > record["assessed_on"]:  # a past one is kept, today's stays
        return changes
    return changes + Changes.one("ecosystem", ecosystem | {"maturity": record["maturity"]})


def checked_assessment(values: Values, book: Book) -> dict[str, Any]:
    """Return a whole assessment, its level being what its answers give.

    Raises
    ------
    BadRecordError
        A question has no answer, the date is none, the ecosystem is not there; in one sentence.
    """
    record = completed(ASSESSMENT, values)
    record["maturity"] = grid().level(points(record))
    faults = faults_of(ASSESSMENT, record)
    faults += strangers("Écosystème", [record["ecosystem_id"]], book["ecosystem"].index)
    if not record["assessed_on"]:
        faults.append("donnez la date de l’auto-évaluation")
    return accepted(ASSESSMENT, record, faults)


def points(record: Values) -> dict[str, int]:
    """Read the answers of an assessment: points by question; what cannot be read is left out."""
    pairs = (str(one).partition(":") for one in record["answers"])
    return {name: int(text) for name, _, text in pairs if text.isdecimal()}


def history(book: Book, ecosystem_id: str) -> list[dict[str, Any]]:
    """List the assessments of one ecosystem, the oldest first."""
    frame = book.get("assessment", _NONE)
    mine = plain_rows(frame[frame["ecosystem_id"] == ecosystem_id])
    return sorted(mine, key=lambda row: (row["assessed_on"], row["assessment_id"]))
