"""The kinds of territory, each with all that sets it apart: every list of kinds derives from here.

A new kind is one entry below, its words in ``data/vocabulary.toml`` and its rows in the reference.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class TerritoryKind:
    """One kind of territory.

    Parameters
    ----------
    code
        Its name in addresses, in the reference and in the vocabulary.
    noun
        What a French sentence calls one of them.
    collection, description
        Id of its collection in the API, and what that collection holds, in French.
    limits
        Id of the source of its limits.
    search_rank
        Place of the kind among equally good answers of a search.
    menu_rank
        Place among the kinds whose outlines a map draws together; None: too many to be drawn.
    digits
        Digits of a code that a spreadsheet may have shortened by its first zero; 0: none is.
    text_code
        Its codes are words, taken as they are written.
    noun_needed
        Its names do not say what they name: a search adds the noun.
    noun_with_code
        A search reads the noun followed by a code: « département 44 ».
    institutions
        Words that name what governs it, plain, as a regular expression: « mairie », « ville ».
    division
        It divides the country: a name typed alone may be that of a commune as well.
    group
        A commune is in one at most, written in a column of the table of communes.
    reported
        The national report compares its territories.
    signed
        Its members signed a contract: who did is known.
    overlapping
        Two of them may share communes.
    """

    code: str
    noun: str
    collection: str
    description: str
    limits: str = "insee-cog"
    search_rank: int
    menu_rank: int | None
    digits: int = 0
    text_code: bool = False
    noun_needed: bool = False
    noun_with_code: bool = False
    institutions: str = ""
    division: bool = False
    group: bool = False
    reported: bool = False
    signed: bool = False
    overlapping: bool = False


KINDS: Final = (
    TerritoryKind(
        code="commune",
        noun="commune",
        collection="communes",
        description="Communes de France, outre-mer compris",
        search_rank=1,
        menu_rank=None,
        digits=5,
        noun_with_code=True,
        institutions="mairie|(?:hotel de )?ville|commune|village|conseil municipal|ccas",
    ),
    TerritoryKind(
        code="epci",
        noun="EPCI",
        collection="epci",
        description="Intercommunalités à fiscalité propre",
        limits="dgcl-epci",
        search_rank=4,
        menu_rank=4,
        noun_with_code=True,
        group=True,
    ),
    TerritoryKind(
        code="ept",
        noun="EPT",
        collection="ept",
        description="Établissements publics territoriaux du Grand Paris",
        limits="insee-ept",
        search_rank=5,
        menu_rank=5,
        noun_needed=True,
        group=True,
    ),
    TerritoryKind(
        code="petr",
        noun="PETR",
        collection="petr",
        description="Pôles d’équilibre territorial et rural",
        search_rank=6,
        menu_rank=6,
    ),
    TerritoryKind(
        code="crte",
        noun="CRTE",
        collection="crte",
        description="Contrats pour la réussite de la transition écologique",
        limits="anct-crte",
        search_rank=7,
        menu_rank=3,
        text_code=True,
        noun_with_code=True,
        reported=True,
        signed=True,
        overlapping=True,
    ),
    TerritoryKind(
        code="departement",
        noun="département",
        collection="departements",
        description="Départements",
        search_rank=2,
        menu_rank=2,
        digits=2,
        noun_needed=True,
        noun_with_code=True,
        division=True,
        reported=True,
        institutions="departement|conseil departemental|conseil general|prefecture",
    ),
    TerritoryKind(
        code="region",
        noun="région",
        collection="regions",
        description="Régions",
        search_rank=3,
        menu_rank=1,
        digits=2,
        noun_needed=True,
        noun_with_code=True,
        division=True,
        reported=True,
        institutions="region|conseil regional|collectivite(?: territoriale| unique)?",
    ),
)
"""From the smallest to the largest."""


def kind_codes() -> tuple[str, ...]:
    """List the codes of every kind, from the smallest to the largest."""
    return tuple(kind.code for kind in KINDS)


def kind_of(code: str) -> TerritoryKind:
    """Return the kind that has a code known to be one."""
    return next(kind for kind in KINDS if kind.code == code)


def drawn_kinds() -> tuple[str, ...]:
    """List the kinds whose outlines a map draws together, as a menu offers them."""
    ranks = {kind.menu_rank: kind.code for kind in KINDS if kind.menu_rank is not None}
    return tuple(ranks[rank] for rank in sorted(ranks))


def undrawn_kinds() -> tuple[str, ...]:
    """List the kinds that no map draws whole: a file may hold them all."""
    return tuple(kind.code for kind in KINDS if kind.menu_rank is None)


def reported_kinds() -> tuple[str, ...]:
    """List the kinds that the national report compares, in the order of menus."""
    return tuple(code for code in drawn_kinds() if kind_of(code).reported)


def searched_kinds() -> tuple[str, ...]:
    """List every kind, in the order given to equally good answers of a search."""
    return tuple(kind.code for kind in sorted(KINDS, key=lambda kind: kind.search_rank))


def any_kind() -> str:
    """Name every kind in French: « Commune, EPCI, … ou région »."""
    *nouns, last = (kind.noun for kind in KINDS)
    first = ", ".join(nouns)
    return f"{first[0].upper()}{first[1:]} ou {last}"
