"""Which commune a name means, beside a postcode and the départements that its row states.

A name is one of today or before. One that several communes have or had is settled by what the row
says, or they are listed to choose from; a name that looks like another is taken only in the right
postcode, above ``_SURE``: below, the postcode alone places the row, or nothing does.
"""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from geo.directory.importing.agreement import named
from geo.directory.importing.dry_run import INFO, WARNING
from geo.french import quoted
from geo.reference import france, gazetteer
from geo.reference.gazetteer import FoundPlace
from geo.reference.gazetteer.spelling import fold, loosen
from geo.reference.overseas import OverseasPlace, overseas_name, overseas_postcode
from geo.reference.postcodes import postcodes_of, same_departement

_CLOSE: Final = 3
_HOMONYMS: Final = 60  # More than any name has.
_LISTED: Final = 6
_COMMUNE: Final = ("commune",)
_EXACT: Final = frozenset(("exact", "code"))
_WHOLE: Final = _EXACT | {"postcode"}
_SURE: Final = 61.0
"""Least score of a name misspelt, in the right postcode: one mistake in eight letters."""
_LARGER: Final = 20
"""How many times larger than those that bore its name once a commune is to be meant by it."""


# « Ville de Vichy », « Vichy, France »: of what kind it is, and where, beside its name.
_AROUND: Final = re.compile(
    r"^\s*(?:ville|commune|mairie)\s(?:de\s|d['’])|\s*[,(]\s*(?:france|commune)\s*\)?\s*$",
    re.IGNORECASE,
)


class Row(NamedTuple):
    """What a row says of its commune; ``areas`` are the départements it may be in, any if none."""

    town: str
    postcode: str
    areas: frozenset[str] = frozenset()


class Found(NamedTuple):
    """Answer of the gazetteer: a code or none, what to say of it, how serious it is.

    ``among`` are the codes to choose from when several communes may be meant.
    """

    code: str = ""
    message: str = ""
    severity: str = WARNING
    among: tuple[str, ...] = ()


def by_name(town: str, postcode: str, areas: frozenset[str] = frozenset()) -> Found:
    """Find a commune by its name, its postcode and the départements it may be in.

    A name that looks like another is taken only in the right postcode, above ``_SURE``; below, or
    for a name unknown or in part, the postcode alone decides when one commune has it.
    """
    if far := overseas_postcode(postcode):
        return _overseas(far)
    town = _AROUND.sub("", town)
    if not town:
        return _by_postcode(postcode)
    sure = _official().get((fold(town), postcode))
    if sure:
        return Found(sure)
    exact = _homonyms(town)
    if not postcode:
        return _named_only(town, exact, areas)
    return _in_postcode(town, postcode, exact) or _elsewhere(town, postcode, exact, areas)


def _in_postcode(town: str, postcode: str, exact: tuple[FoundPlace, ...]) -> Found | None:
    """Find the commune of that name in its postcode, well enough written to be certain."""
    if any(same_departement(postcode, p.departement_code or "?") for p in exact):
        here = [place for place in exact if postcode in place.postcodes]
    else:
        places = _as_written_once(town, gazetteer.search(f"{town} {postcode}", _CLOSE, _COMMUNE))
        here = [p for p in places if postcode in p.postcodes and _certain(p, postcode)]
    if len(here) == 1 or (here and here[0].match_kind in _EXACT and _in_force(here[0])):
        return _as_written(here[0])
    return None


def _certain(place: FoundPlace, postcode: str) -> bool:
    """Tell a name well enough written; a part of one may be a locality of any commune around."""
    if place.match_kind == "fuzzy":
        return place.score >= _SURE
    return place.match_kind in _WHOLE or _by_postcode(postcode).code == place.code


def _as_written_once(town: str, places: list[FoundPlace]) -> list[FoundPlace]:
    return [p for p in places if _in_force(p) or not _beside_small_words(town, p.matched_name)]


def _beside_small_words(town: str, name: str) -> bool:
    """Tell two names that are the same but for their small words."""
    written, known = fold(town), fold(name)
    return written != known and loosen(written) == loosen(known)


def _in_force(place: FoundPlace) -> bool:
    return place.matched_name == place.name


@lru_cache(maxsize=50_000)
def _homonyms(town: str) -> tuple[FoundPlace, ...]:
    """List the communes that have a name or had it, each once, those that have it first.

    An old name counts as it was written: « Le Bourg » is no commune that was called « Bourg ».
    """
    places = gazetteer.search(town, _CLOSE, _COMMUNE)
    if all(place.match_kind in _EXACT for place in places):
        places = gazetteer.search(town, _HOMONYMS, _COMMUNE)
    exact = [p for p in _as_written_once(town, places) if p.match_kind in _EXACT]
    once = {place.code: place for place in sorted(exact, key=_in_force)}
    return tuple(sorted(once.values(), key=lambda place: (not _in_force(place), -place.population)))


def _named_only(town: str, exact: tuple[FoundPlace, ...], areas: frozenset[str]) -> Found:
    near = [p for p in exact if p.departement_code in areas] if areas else [*exact]
    among = tuple(place.code for place in near or exact)
    if len(near) == 1:
        by = "son nom et son département" if len(exact) > 1 else "son seul nom"
        return Found(near[0].code, f"Commune trouvée par {by} : {near[0].label}.", INFO, among)
    if best := _largest(near):
        message = f"Commune trouvée par son seul nom : {best.label}. Autrefois, ce nom fut aussi"
        return Found(best.code, f"{message} celui de {_listed(near[1:])}.", INFO, among)
    if near:
        message = f"Plusieurs communes portent ce nom ou l’ont porté ({_listed(near)})"
        return Found("", f"{message} : ajoutez le code postal ou le département.", among=among)
    if not (areas and exact) and (far := overseas_name(town)):
        return _overseas(far)
    if exact:
        where = "n’est pas dans le département ou la région de la ligne, mais ailleurs"
        message = f"{quoted(town[:60])} {where} ({_listed(exact)}) : vérifiez."
        return Found("", message, among=among)
    message = "Commune introuvable : vérifiez son nom ou donnez son code."
    return Found("", message, among=_alike(town))


def _largest(near: list[FoundPlace]) -> FoundPlace | None:
    """Return the one commune that has the name, if far larger than all those that had it."""
    others = max((place.population for place in near[1:]), default=0)
    alone = len(near) > 1 and _in_force(near[0]) and not any(map(_in_force, near[1:]))
    return near[0] if alone and near[0].population >= _LARGER * others else None


def _alike(town: str) -> tuple[str, ...]:
    """List what a misspelt name may be, for the row's own point to choose from."""
    places = gazetteer.search(town, _LISTED, _COMMUNE)
    return tuple(place.code for place in places if place.score >= _SURE)


def _listed(places: tuple[FoundPlace, ...] | list[FoundPlace]) -> str:
    labels = [place.label for place in places]
    return ", ".join(labels[:_LISTED] + ["…"] * (len(labels) > _LISTED))


def label(code: str) -> str:
    """Name a commune so that two of one name differ: « Saint-Denis (93) »."""
    row = france.communes().loc[code]
    return f"{row['commune_name']} ({row['departement_code']})"


@cache
def _official() -> dict[tuple[bytes, str], str]:
    """Map every official name, of today or before, and postcode to its commune, if one only."""
    home, found = postcodes_of(), dict[tuple[bytes, str], set[str]]()
    for text, code in named():
        for postcode in home.get(code, ()):
            found.setdefault((text, postcode), set()).add(code)
    return {key: next(iter(some)) for key, some in found.items() if len(some) == 1}


def _as_written(place: FoundPlace) -> Found:
    if place.match_kind in _WHOLE:
        return Found(place.code)
    return Found(place.code, f"Commune comprise comme {quoted(place.name)}.", INFO)


def _elsewhere(
    town: str, postcode: str, exact: tuple[FoundPlace, ...], areas: frozenset[str]
) -> Found:
    """Choose the commune of that name in the département of the postcode, or of the row.

    A name that no commune has is a locality: the postcode alone places it. One that another
    commune has elsewhere contradicts the postcode: nothing places it, but the row's own point.
    """
    near = [p for p in exact if same_departement(postcode, p.departement_code or "?")]
    stated = [p for p in exact if p.departement_code in areas]
    for some, by in ((near, "son nom"), (stated, "son nom et son département")):
        best = some[0] if len(some) == 1 else _largest(some)
        if best:
            message = f"Le code postal {postcode} n’est pas celui de {best.label}, gardée par {by}."
            severity = INFO if some is near else WARNING
            return Found(best.code, message, severity, tuple(place.code for place in some))
    alone = _by_postcode(postcode)
    unknown = f"{quoted(town[:60])} n’a pas le code postal {postcode}"
    if alone.code and not exact:
        message = f"{unknown}, que seule {label(alone.code)} a : placée par le code postal."
        return Found(alone.code, message)
    among = (*alone.among, *(place.code for place in exact))
    if near:
        message = f"Plusieurs communes portent ce nom ou l’ont porté ({_listed(near)})"
        return Found(
            "", f"{message}, aucune n’a le code postal {postcode} : vérifiez.", among=among
        )
    return Found("", f"Commune introuvable : {unknown}.", among=among)


def _by_postcode(postcode: str) -> Found:
    places = [
        place for place in gazetteer.search(postcode, _HOMONYMS, _COMMUNE)
        if postcode in place.postcodes
    ]  # fmt: skip
    codes = tuple(dict.fromkeys(place.code for place in places))
    if len(codes) == 1:
        message = f"Commune déduite du code postal : {label(codes[0])}."
        return Found(codes[0], message, INFO, codes)
    why = "Plusieurs communes ont" if places else "Aucune commune n’a"
    message = f"{why} le code postal {postcode} : ajoutez le nom de la commune."
    return Found("", message, among=codes)


def _overseas(place: OverseasPlace) -> Found:
    return Found("", f"{place.sentence} : laissée sans commune.")
