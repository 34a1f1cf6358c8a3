"""Read a title of column in several ways: without what wraps it, glues it or names its owner."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from geo.directory.importing.fields import TARGETS, names_of, plain
from geo.reference.kinds import kind_codes

SMALL: Final = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "et", "ou", "en"]
)
# What a title says of whose it is, or of its length, and not of what it holds.
_LOOSE: Final = frozenset(
    ["structure", "lieu", "association", "organisme", "acteur", "etablissement", "votre", "vos",
     "notre", "nos", "phrase", "longue", "courte", "coor", "coord", "unite", "legale", "position",
     "organization", "organisation", "your", "tiers", "geo", "implantation", "adm", "siege",
     "localisation", "location", "deleguee", "nouvelle", "business", "billing", "company", "bureau"]
)  # fmt: skip
# What a form asks with, around what it asks.
_ASKED: Final = frozenset(
    ["quel", "quelle", "quels", "quelles", "est", "sont", "dans", "etes", "vous", "implante",
     "implantee", "situe", "situee", "indiquez", "precisez", "merci", "renseignez", "donnez",
     "s", "il", "elle", "t", "plait", "avez", "a", "ou", "se", "trouve", "trouvez", "situer",
     "comment", "appelle", "appelez", "nomme", "votre", "vos", "son", "sa",
     "what", "which", "where", "is", "are", "the", "of", "your", "please", "enter", "in", "located"]
)  # fmt: skip
# What a form begins with when it asks for a text.
_TELL_US: Final = frozenset(["presentez", "decrivez", "decrire", "resumez", "racontez"])
_ASIDE: Final = re.compile(
    r"^\s*(?:[Qq]?\d{1,2}|[A-Za-z]{1,3}\d\w{0,6}(?:\[\w{1,12}\])?)\s*[.):–-]+\s*"
    r"|\([^)]*\)|\[[^\]]*\]|^[^:]{3,40}:\s+(?=\w)"
)
_PART: Final = re.compile(r"[\[(]([^\[\]()]{2,60})[\])]\s*[*?:]?\s*$")
"""The part asked for, at the end: « Adresse [Code postal] »."""
# « group/question », « acf.ville », « addr:city »: what holds a title stands before it.
_PATH: Final = re.compile(r"(?!.*(?:://|@))(?:(.*[^\W\d_]) ?/ ?|([^\s/]*\w)[.:])([^\W\d][^/.:]*)")
_OWNER: Final = re.compile(r"(\w[^?]{1,40}?)\s(?:du|de la|de l['’]|des)\s?(.{3,60})", re.IGNORECASE)
_FIRST_OF: Final = re.compile(r"(?<=\w) 1 - ")
"""The first of several, in an address book: « Organization 1 - Name »."""
_NEUTRAL: Final = re.compile(r"\.(?:rendered|value|valeur|label|text|raw|fr|\d+)$")
_OF_OTHERS: Final = frozenset(kind_codes()) | frozenset(
    ["mairie", "interco", "porteur", "porteuse", "parent", "gestionnaire", "contact", "user",
     "auteur", "author", "owner", "createur", "geojson", "type", "types", "profil", "categorie",
     "categories", "statut"]
)  # fmt: skip
"""What holds the name of somebody or something else than the actor."""
_NAMES: Final = frozenset(
    ["nom", "name", "titre", "title", "denomination", "raison", "intitule", "libelle", "enseigne"]
)
_HUMP: Final = re.compile(r"(?:(?<=[a-zà-ÿ])|(?<=[a-zà-ÿ]\d))(?=[A-Z])")
_WRAP: Final = re.compile(
    r"(?:fields|properties|attributes|record|address|adresse|geo\w*|location|localisation|"
    r"coordonnees|coordinates|position)\.(.+)|(?:adrs|adresse|address)_(.+)|contactpoint\.(email|telephone)",
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
    column = _FIRST_OF.sub(".", column[:_LONGEST])
    short = column.removeprefix(prefix)
    wrapped = _WRAP.fullmatch(column)
    inner = next(filter(None, wrapped.groups())) if wrapped else short
    part = _PART.search(column)
    bare = _ASIDE.sub("", _ASIDE.sub("", column))  # « 2. Votre ville ? (code postal + ville) »
    for title in dict.fromkeys((column, short, inner, part[1] if part else column, bare)):
        yield from _of_title(title)
    owner = _OWNER.fullmatch(bare)  # « Adresse du café »: of whom it is says no more
    if owner and not _OF_OTHERS & {*title_words(owner[2])}:
        yield from (one for one in _of_title(owner[1]) if one != "actor_name")
    yield from _inside(column)
    if len(column) == _CUT:
        yield from _cut(column)


def _of_title(title: str) -> Iterator[str]:
    """Return the fields that a title names: whole, by its main words, without what asks."""
    exact, cores, glued = _known()
    words = plain(_HUMP.sub(" ", title))
    core = _core(words)
    without = [_LOOSE, _LOOSE | _ASKED, _ASKED]
    yield from (
        field
        for field in (
            exact.get(words),
            cores.get(core),
            *(cores.get(tuple(word for word in core if word not in some)) for some in without),
            glued.get(words) if len(words) >= _GLUED else None,
            "description" if core and core[0] in _TELL_US else None,
        )
        if field
    )


def _inside(column: str) -> Iterator[str]:
    """Return the fields that the end of a path names: « identite/ville », « acf.ville ».

    A name is one of the actor only when the path says so, and is no other's: « epci.nom ».
    """
    found = _PATH.fullmatch(_NEUTRAL.sub("", column))
    if not found:
        return
    holders = {*title_words(found[1] or found[2])}
    if ":" in column:  # « contact:phone » of OpenStreetMap is the place's own
        holders.discard("contact")
    if _OF_OTHERS & holders:
        return
    last = found[3]
    named = bool(_NAMES & {*title_words(last)})
    yield from (one for one in _of_title(last) if named or one != "actor_name")


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
