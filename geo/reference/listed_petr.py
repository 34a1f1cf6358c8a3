"""The PETR that are known by name only: their communes are in no list that ships.

They are never drawn nor counted; a search names them and says what is not known of them.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from geo.reference import france
from geo.reference.gazetteer.spelling import fold_lines
from geo.reference.parquet import parquet
from geo.settings import settings

KIND: Final = "petr"
SOURCE: Final = "BANATIC 2023"
_SMALL: Final = frozenset(b"petr pays pole du de des la le les l d et en territorial".split())
_MOST_MATCHES: Final = 3


@dataclass(frozen=True)
class ListedPetr:
    """One PETR of the official list of names: ``code`` is its SIREN."""

    code: str
    name: str
    departement_code: str
    region_code: str

    @property
    def remark(self) -> str:
        """Explain in French what is known of it, and what is not."""
        return (
            f"{self.name} ({self.departement_code}) est connu par son nom seulement ({SOURCE}) : "
            "ses communes membres ne sont pas connues ici, il n’est donc ni dessiné ni compté. "
            "Cherchez plutôt une de ses communes."
        )


def listed() -> tuple[ListedPetr, ...]:
    """List the PETR that have a name and no members here, by name."""
    return _unmapped_petr(settings().reference)


@lru_cache(maxsize=2)
def _unmapped_petr(folder: Path) -> tuple[ListedPetr, ...]:
    path = folder / "petr_listed.parquet"
    if not path.is_file():  # a reference built without that list: nothing is known by name only
        return ()
    table = parquet(path).read().to_pylist()
    mapped_codes = {code for kind, code in france.territories().index if kind == KIND}
    unmapped = [ListedPetr(**row) for row in table if row["code"] not in mapped_codes]
    return tuple(sorted(unmapped, key=lambda one: one.name.casefold()))


def of_code(code: str) -> ListedPetr | None:
    """Return the PETR of a SIREN that is known by name only; None where there is none."""
    return next((one for one in listed() if one.code == code), None)


def named(text: str) -> list[ListedPetr]:
    """Find the PETR whose name holds every word of a text, the first few of them.

    Words that most of their names hold do not count: « pays » alone names none.
    """
    words = [word for word in fold_lines(text).split() if word not in _SMALL]
    if not words:
        return []
    if text.strip().isdigit():
        return [one for one in listed() if one.code == text.strip()]
    candidates = listed()
    folded = (
        fold_lines("\n".join(candidate.name for candidate in candidates)).split(b"\n")
        if candidates
        else []
    )
    pairs = zip(candidates, folded, strict=True)
    matches = [one for one, name in pairs if all(word in name.split() for word in words)]
    return matches[:_MOST_MATCHES]
