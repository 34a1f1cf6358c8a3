"""Names as words that weigh what they tell: a rare word much, « association » little.

A name is folded as the gazetteer folds it, common long forms are brought to one word, and the
words of the commune it stands in are made light: in Vincennes, « Vincennes » tells nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.reference.gazetteer.spelling import fold_lines, loosen_lines

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MAX_WORDS: Final = 12
MAX_LETTERS: Final = 200
SHORT: Final = 3  # letters
# Counts are taken as if the directory lay inside a larger one, so that a word is not called
# common because two records of ten hold it.
_REST_OF_THE_WORLD: Final = 1000
_LIGHT: Final = 0.06
_CORE: Final = 0.35

# One thing, written in several ways; each long form becomes one word (facts of usage).
_ONE_WORD: Final = (
    (" espaces france services ", " franceservices "),
    (" espace france services ", " franceservices "),
    (" espace france service ", " franceservices "),
    (" maison france services ", " franceservices "),
    (" maison france service ", " franceservices "),
    (" maison services public ", " franceservices "),
    (" maison services publics ", " franceservices "),
    (" france services ", " franceservices "),
    (" france service ", " franceservices "),
    (" maison departementale solidarites ", " mds "),
    (" maison departementale solidarite ", " mds "),
    (" maison solidarites ", " mds "),
    (" centre communal action sociale ", " ccas "),
    (" centre communal d action sociale ", " ccas "),
    (" centre intercommunal d action sociale ", " cias "),
    (" maison jeunes culture ", " mjc "),
    (" centres sociaux ", " centresocial "),
    (" centre social ", " centresocial "),
    (" centre socio culturel ", " centresocial "),
    (" centre socioculturel ", " centresocial "),
    (" espace public numerique ", " epn "),
    (" office tourisme ", " officetourisme "),
    (" mission locale ", " missionlocale "),
    (" bureau poste ", " poste "),
    (" point information jeunesse ", " pij "),
    (" bureau information jeunesse ", " pij "),
    (" hotel ville ", " mairie "),
    (" commune ", " mairie "),
    (" ville ", " mairie "),
    (" mediatheque ", " bibliotheque "),
    (" mediatheques ", " bibliotheque "),
    (" departement ", " conseildepartemental "),
    (" conseil departemental ", " conseildepartemental "),
    (" tiers lieux ", " tierslieu "),
    (" tiers lieu ", " tierslieu "),
    (" tierslieux ", " tierslieu "),
    (" co working ", " coworking "),
    (" co work ", " cowork "),
    (" fab lab ", " fablab "),
    (" asso ", " association "),
    (" assoc ", " association "),
    (" ass ", " association "),
)
KINDS: Final = {
    "mairie": "mairie",
    "franceservices": "France services",
    "ccas": "CCAS",
    "cias": "CIAS",
    "mjc": "MJC",
    "bibliotheque": "bibliothèque",
    "centresocial": "centre social",
    "ecole": "école",
    "college": "collège",
    "lycee": "lycée",
    "poste": "La Poste",
    "officetourisme": "office de tourisme",
    "missionlocale": "mission locale",
    "mds": "maison des solidarités",
    "pij": "information jeunesse",
    "conseildepartemental": "département",
    "cc": "intercommunalité",
    "ca": "intercommunalité",
    "petr": "intercommunalité",
    "prefecture": "préfecture",
    "bus": "bus",
}
"""Words that say what a place is, when two of them cannot be the same place."""
GUESTS: Final = frozenset(("France services", "La Poste", "bus"))
"""Kinds that stand under the roof of another: a town hall and what it houses are two."""
# Words that say little of who it is, with the most they may weigh.
_CAPS: Final[tuple[tuple[float, str], ...]] = (
    (0.05, "association associations loi 1901 sarl sas sasu scop scic sa eurl sci scm gie"),
    (0.10, "les ses son sa leur pour par sur dans avec the of"),
    (0.25, "maison espace centre pole lieu site antenne agence point service services bureau"),
    (0.25, "batiment salle social sociale numerique culturel culturelle local locale public"),
    (0.25, "federation union reseau groupe fondation cooperative collectif comite syndicat"),
    (0.30, "tierslieu coworking cowork fablab lab atelier ateliers fabrique territoire work"),
    (0.30, "developpement intercommunal intercommunale communautaire municipal municipale"),
    (0.40, " ".join(KINDS)),
)
_CAP: Final = {word: cap for cap, words in _CAPS for word in words.split()}


@dataclass(frozen=True)
class NameStatistics:
    """Words of every name, end to end: name ``i`` holds ``starts[i]:starts[i + 1]``."""

    vocabulary: list[str]
    starts: Ints
    words: Ints  # position in the vocabulary
    weights: Floats  # what the word tells of who it is, 0 to 1
    cores: list[str]  # the telling words, joined
    kinds: list[frozenset[str]]
    numbers: list[frozenset[str]]

    @property
    def counts(self) -> Ints:
        """Count the words of each name."""
        return np.diff(self.starts)

    @cached_property
    def lengths(self) -> Ints:
        """Count the letters of each word of the vocabulary; 0 for a number."""
        return np.array([0 if word.isdigit() else len(word) for word in self.vocabulary])

    @cached_property
    def heads(self) -> Ints:
        """Number the first three letters of each word of the vocabulary; -1 for a shorter one."""
        seen: dict[str, int] = {}
        return np.array(
            [
                seen.setdefault(word[:SHORT], len(seen)) if len(word) >= SHORT else -1
                for word in self.vocabulary
            ],
            dtype=np.int64,
        )

    @cached_property
    def core_lengths(self) -> Ints:
        """Count the letters of each core."""
        return np.array([len(core) for core in self.cores], dtype=np.int64)

    @cached_property
    def number_codes(self) -> Ints:
        """Number the sets of numbers that names hold, the same for the same."""
        seen: dict[frozenset[str], int] = {}
        codes = [seen.setdefault(own, len(seen)) for own in self.numbers]
        return np.array(codes, dtype=np.int64)

    @cached_property
    def letters(self) -> npt.NDArray[np.uint64]:
        """Return the letters that each word of the vocabulary holds, one bit for each."""
        return _letters(self.vocabulary)

    @cached_property
    def core_letters(self) -> npt.NDArray[np.uint64]:
        """Return the letters that each core holds, one bit for each."""
        return _letters(self.cores)

    def owners(self) -> Ints:
        """Give, for each word, the row of its name."""
        return np.repeat(np.arange(len(self.starts) - 1), self.counts)


def _letters(words: list[str]) -> npt.NDArray[np.uint64]:
    masks = [sum({1 << ord(letter) % 64 for letter in word}) for word in words]
    return np.array(masks, dtype=np.uint64)


def fold_names(names: Iterable[str]) -> list[list[str]]:
    """Fold names into words, long forms brought to one; a name of no letters has no word."""
    lines_in = [" ".join(name.split())[:MAX_LETTERS] for name in names]
    if not lines_in:
        return []
    lines = loosen_lines(fold_lines("\n".join(lines_in))).decode("ascii")
    for written, short in _ONE_WORD:
        lines = lines.replace(written, short)
    return [line.split()[:MAX_WORDS] for line in lines.split("\n")]


def read_names(names: Sequence[str], towns: Sequence[str]) -> NameStatistics:
    """Weigh the words of names, each in its town.

    A word's weight falls with the logarithm of how many names hold it, 1 when it is alone, near
    0 when all do; words of the town it stands in count for little, unless there is no other.
    """
    folded = fold_names(names)
    counts = np.array([len(words) for words in folded], dtype=np.int64)
    flat = [word for words in folded for word in words]
    vocabulary = sorted(set(flat))
    place = {word: position for position, word in enumerate(vocabulary)}
    words = np.array([place[word] for word in flat], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    weights = _rarity(vocabulary, words, len(folded))[words] * _away_from(folded, towns)
    telling = iter((weights > _CORE).tolist())
    cores = ["".join([word for word in own if next(telling)]) for own in folded]
    digits = {word: word for word in vocabulary if word.isdigit()}
    kinds, numbers = _sets(folded, KINDS), _sets(folded, digits)
    return NameStatistics(vocabulary, starts, words, weights, cores, kinds, numbers)


def _sets(folded: list[list[str]], known: dict[str, str]) -> list[frozenset[str]]:
    """Return what some words of each name stand for: most have none, and one set for all."""
    nothing: frozenset[str] = frozenset()
    return [
        nothing
        if known.keys().isdisjoint(own)
        else frozenset(known[word] for word in own if word in known)
        for own in folded
    ]


def _rarity(vocabulary: list[str], words: Ints, names: int) -> Floats:
    counts = np.bincount(words, minlength=len(vocabulary))
    world = names + _REST_OF_THE_WORLD
    rarity = np.log(world / (counts + 1)) / np.log(world / 2)
    caps = np.array([_CAP.get(word, 1.0) for word in vocabulary])
    return np.asarray(np.clip(np.minimum(rarity, caps), 0.02, 1), dtype=np.float64)


def _away_from(folded: list[list[str]], towns: Sequence[str]) -> Floats:
    """Return 1 to each word, less to those of its town."""
    known: dict[str, frozenset[str]] = {}
    unique = list(dict.fromkeys(towns))
    for town, own in zip(unique, fold_names(unique), strict=True):
        known[town] = frozenset(own)
    light = [
        _LIGHT if word in known[town] else 1.0
        for own, town in zip(folded, towns, strict=True)
        for word in own
    ]
    return np.array(light, dtype=np.float64)
