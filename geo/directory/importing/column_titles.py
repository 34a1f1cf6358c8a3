"""Read a title of column in several ways: without what wraps it, glues it or names its owner."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from geo.directory.importing.fields import TARGETS, names_of, plain

SMALL: Final = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "et", "ou", "en"]
)
# What a title says of whose it is, or of its length, and not of what it holds.
_LOOSE: Final = frozenset(
    ["structure", "lieu", "association", "organisme", "acteur", "etablissement", "votre", "vos",
     "notre", "nos", "phrase", "longue", "courte", "coor", "coord", "unite", "legale"]
)  # fmt: skip
# What a form asks with, around what it asks.
_ASKED: Final = frozenset(
    ["quel", "quelle", "quels", "quelles", "est", "sont", "dans", "etes", "vous", "implante",
     "implantee", "situe", "situee", "indiquez", "precisez", "merci", "renseignez", "donnez",
     "s", "il", "plait", "avez", "a", "ou", "se", "trouve", "trouvez"]
)  # fmt: skip
_ASIDE: Final = re.compile(
    r"^\s*[Qq]?\d{1,2}\s*[.):–-]+\s*|\([^)]*\)|\[[^\]]*\]|^[^:]{3,40}:\s+(?=\w)"
)
_HUMP: Final = re.compile(r"(?:(?<=[a-zà-ÿ])|(?<=[a-zà-ÿ]\d))(?=[A-Z])")
_WRAP: Final = re.compile(
    r"(?:fields|properties|attributes|record|address|adresse|geo\w*|location|localisation|"
    r"coordonnees|coordinates|position)\.(.+)|adrs_(.+)|contactpoint\.(email|telephone)",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(r"([a-z]{1,8}_)[a-z]")
_SHARED: Final = 0.8
_LONGEST: Final = 1_000
"""Letters of a title that are gone through: a form's longest question has fewer."""
_GLUED, _CUT = 8, 10


def shared_prefix(columns: Iterable[str]) -> str:
    """Return what most titles begin with, as « c_ » in « c_nom », else nothing."""
    listed = [*columns]
    found = Counter(match[1] for one in listed if (match := _PREFIX.match(one)))
    prefix, times = max(found.items(), key=lambda pair: pair[1], default=("", 0))
    return prefix if times > 2 and times >= _SHARED * len(listed) else ""  # noqa: PLR2004


def readings(column: str, prefix: str) -> Iterator[str]:
    """Return the fields that a title may name, the surest first."""
    exact, cores, glued = _known()
    column = column[:_LONGEST]
    short = column.removeprefix(prefix)
    wrapped = _WRAP.fullmatch(column)
    inner = next(filter(None, wrapped.groups())) if wrapped else short
    asked = _ASIDE.sub("", _ASIDE.sub("", column))  # « 2. Votre ville ? (code postal + ville) »
    for title in dict.fromkeys((column, short, inner, asked)):
        words = plain(_HUMP.sub(" ", title))
        core = _core(words)
        yield from (
            field
            for field in (
                exact.get(words),
                cores.get(core),
                cores.get(tuple(word for word in core if word not in _LOOSE)),
                cores.get(tuple(word for word in core if word not in _LOOSE | _ASKED)),
                glued.get(words) if len(words) >= _GLUED else None,
            )
            if field
        )
    if len(column) == _CUT:
        yield from _cut(column)


@cache
def _cut(column: str) -> tuple[str, ...]:
    """Return the field of a title that a Shapefile cut at ten letters: « raison_soc »."""
    exact, _, _ = _known()
    begins = plain(column)
    fields = {field for alias, field in exact.items() if alias.startswith(begins)}
    return tuple(fields) if len(fields) == 1 else ()


def title_words(column: str) -> list[str]:
    """Return the words of a title, plain: « typeStructure » has two."""
    return plain(_HUMP.sub(" ", column)).split()


def _core(words: str) -> tuple[str, ...]:
    found = (re.sub(r"(?<=[a-z])\d+$", "", word) for word in words.split())
    return tuple(word for word in found if word not in SMALL)


@cache
def _known() -> tuple[dict[str, str], dict[tuple[str, ...], str], dict[str, str]]:
    """Index the aliases of the fields: whole, by their main words, without a space."""
    exact: dict[str, str] = {}
    for target in TARGETS:
        for alias in names_of(target):
            exact.setdefault(alias, target.name)
    cores: dict[tuple[str, ...], str] = {}
    for alias, field in exact.items():
        if core := _core(alias):
            cores.setdefault(core, field)
    return exact, cores, {alias.replace(" ", ""): field for alias, field in exact.items()}
