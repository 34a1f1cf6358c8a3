"""Which commune each record is in: by code, then by all that its row says of where it is.

The name settles it with the postcode, of its column or of the address; with the département or the
région beside it; with the row's own point. What several communes may be is listed, never guessed.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from geo.crs import Floats
from geo.directory.importing.addresses import postcode_and_town
from geo.directory.importing.agreement import named
from geo.directory.importing.codes import five
from geo.directory.importing.dry_run import INFO, WARNING
from geo.directory.importing.row_batch import Mask, RowBatch, Texts, each, where
from geo.french import quoted
from geo.reference import france, gazetteer
from geo.reference.coast_margin import margin
from geo.reference.gazetteer import FoundPlace
from geo.reference.gazetteer.spelling import fold
from geo.reference.postcodes import all_postcodes, numbers_of, postcodes_of, same_departement
from geo.reference.shores import NOWHERE

_CLOSE: Final = 3
_HOMONYMS: Final = 60  # More than any name has.
_LISTED: Final = 6
_COMMUNE: Final = ("commune",)
_EXACT: Final = frozenset(("exact", "code"))
_WHOLE: Final = _EXACT | {"postcode"}
_SURE: Final = 61.0
"""Least score of a name misspelt, in the right postcode: one mistake in eight letters."""


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


@dataclass
class Communes:
    """The commune of today and the postcode of each record, empty when unknown.

    ``found`` is the answer to what each row says, for those without a code of their own.
    """

    codes: Texts
    postcodes: Texts
    rows: list[Row]
    found: dict[int, Found]

    @property
    def coded(self) -> Mask:
        """Mark the records whose own code gives their commune."""
        sought = np.isin(np.arange(len(self.rows)), list(self.found))
        return np.asarray((self.codes != "") & ~sought, dtype=bool)

    def settle(self, lon: Floats, lat: Floats) -> None:
        """Choose among homonyms by the row's own point (degrees, WGS 84)."""
        at = [row for row, one in self.found.items() if one.among and not np.isnan(lon[row])]
        holders, _ = margin().holders(lon[at], lat[at])
        known = france.communes().index
        for row, holder in zip(at, holders.tolist(), strict=True):
            code = known[holder] if holder != NOWHERE else ""
            if code in self.found[row].among and not self.codes[row]:
                said = f"Commune choisie par le point de la ligne : {_label(code)}."
                self.found[row] = Found(code, said, INFO)
                self.codes[row] = code

    def tell(self, desk: RowBatch) -> None:
        """Note what was understood of the names, and the postcodes that contradict a code."""
        field = "town" if desk.has("town") else "postcode"
        read = np.array([*(f"{r.town} {r.postcode}".strip() for r in self.rows), ""], dtype=object)
        for severity in (INFO, WARNING):
            said = ((at, one) for at, one in self.found.items() if one.message)
            some = [at for at, one in said if one.severity == severity]
            told = np.isin(np.arange(len(self.rows)), some)
            desk.tell(
                told, field, lambda at: self.found[at].message, (read[:-1], self.codes), severity
            )
        _disagreeing(desk, self.codes, self.postcodes, self.coded)


def communes(desk: RowBatch, areas: list[frozenset[str]]) -> Communes:
    """Read the commune of each record.

    Parameters
    ----------
    areas
        Départements that the row's own columns name, for each record; none when they name none.
    """
    postcodes, codes, towns = five(desk, "postcode"), _by_code(desk), desk.texts("town")
    rows = []
    sent = zip(towns, postcodes, desk.texts("address"), areas, strict=True)
    for at, (town, postcode, address, near) in enumerate(sent):
        written = postcode_and_town(address) if not (town.strip() and postcode) else ("", "")
        postcodes[at] = postcode or written[0]
        # A town of the address goes with the postcode of the address.
        own = town.strip() or (written[1] if postcodes[at] == written[0] else "")
        rows.append(_row(own, postcodes[at], near))
        postcodes[at] = rows[at].postcode
    lacking = [at for at, row in enumerate(rows) if not codes[at] and (row.town or row.postcode)]
    answers = {row: by_name(*row) for row in {rows[at] for at in lacking}}
    found = {at: answers[rows[at]] for at in lacking}
    for at in lacking:
        codes[at] = found[at].code
    return Communes(codes, postcodes, rows, found)


def _row(town: str, postcode: str, areas: frozenset[str]) -> Row:
    """Return what a row says, the numbers that its town holds taken for what they are."""
    name, within, departement = numbers_of(town)
    if within:
        return Row(name if postcode in {"", within} else town, postcode or within, areas)
    known = departement in france.territories().loc["departement"].index
    return Row(town, postcode, areas or (frozenset((departement,)) if known else areas))


def _by_code(desk: RowBatch) -> Texts:
    read = five(desk, "commune_code")
    kept = each(read, today)
    old = (kept != read) & (kept != "")

    def said(at: int) -> str:
        return f"Ancien code ou arrondissement : {read[at]} est dans la commune {kept[at]}."

    desk.tell(old, "commune_code", said, (read, kept), INFO)
    unknown = (read != "") & (kept == "")
    desk.tell(unknown, "commune_code", "Code de commune inconnu du code officiel.", (read, kept))
    return kept


@cache
def today(code: str) -> str:
    """Return the commune of today for a code in force, former or of an arrondissement."""
    if not code or code in france.communes().index:
        return code
    if code in france.former_codes():
        return france.former_codes()[code]
    names = gazetteer.gazetteer().names
    rows = [*names.with_unit_code(code)]
    return str(names.codes[rows[0]]) if rows else ""


def by_name(town: str, postcode: str, areas: frozenset[str] = frozenset()) -> Found:
    """Find a commune by its name, its postcode and the départements it may be in.

    A name that looks like another is taken only in the right postcode, above ``_SURE``; below, or
    for a name unknown or in part, the postcode alone decides when one commune has it.
    """
    if not town:
        return _by_postcode(postcode)
    sure = _official().get((fold(town), postcode))
    if sure:
        return Found(sure)
    places = gazetteer.search(f"{town} {postcode}".strip(), _CLOSE, _COMMUNE)
    here = [p for p in places if postcode in p.postcodes and _certain(p, postcode)]
    if len(here) == 1 or (here and here[0].match_kind in _EXACT):
        return _as_written(here[0])
    exact = _homonyms(town)
    return _elsewhere(town, postcode, exact) if postcode else _named_only(town, exact, areas)


def _certain(place: FoundPlace, postcode: str) -> bool:
    """Tell a name well enough written; a part of one may be a locality of any commune around."""
    if place.match_kind == "fuzzy":
        return place.score >= _SURE
    return place.match_kind in _WHOLE or _by_postcode(postcode).code == place.code


def _homonyms(town: str) -> list[FoundPlace]:
    """List the communes of a name, those of today unless only old ones bore it."""
    places = gazetteer.search(town, _CLOSE, _COMMUNE)
    if all(place.match_kind in _EXACT for place in places):
        places = gazetteer.search(town, _HOMONYMS, _COMMUNE)
    exact = [place for place in places if place.match_kind in _EXACT]
    return [p for p in exact if p.matched_name == p.name] or exact


def _named_only(town: str, exact: list[FoundPlace], areas: frozenset[str]) -> Found:
    near = [p for p in exact if p.departement_code in areas] if areas else exact
    if len(near) == 1:
        by = "son nom et son département" if len(exact) > 1 else "son seul nom"
        return Found(near[0].code, f"Commune trouvée par {by} : {near[0].label}.", INFO)
    if near:
        return Found(
            "",
            f"Plusieurs communes portent ce nom ({_listed(near)}) : ajoutez le code postal ou le "
            "département.",
            among=tuple(place.code for place in near),
        )
    if exact:
        return Found(
            "",
            f"{quoted(town[:60])} n’est pas dans le département ou la région de la ligne, mais "
            f"ailleurs ({_listed(exact)}) : vérifiez.",
            among=tuple(place.code for place in exact),
        )
    return Found("", "Commune introuvable : vérifiez son nom ou donnez son code.")


def _listed(places: list[FoundPlace]) -> str:
    labels = [place.label for place in places]
    return ", ".join(labels[:_LISTED] + ["…"] * (len(labels) > _LISTED))


def _label(code: str) -> str:
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


def _elsewhere(town: str, postcode: str, exact: list[FoundPlace]) -> Found:
    """Choose the commune of that name in the département of the postcode.

    A name that no commune has is a locality: the postcode alone places it. One that another
    commune has elsewhere contradicts the postcode: nothing places it, but the row's own point.
    """
    near = [p for p in exact if same_departement(postcode, p.departement_code or "?")]
    if len(near) == 1:
        said = f"Le code postal {postcode} n’est pas celui de {near[0].label}, gardée par son nom."
        return Found(near[0].code, said, INFO)
    alone = _by_postcode(postcode)
    unknown = f"{quoted(town[:60])} n’a pas le code postal {postcode}"
    if alone.code and not exact:
        said = f"{unknown}, que seule {_label(alone.code)} a : placée par le code postal."
        return Found(alone.code, said)
    among = (*alone.among, *(place.code for place in exact))
    return Found("", f"Commune introuvable : {unknown}.", among=among)


def _by_postcode(postcode: str) -> Found:
    places = [
        place for place in gazetteer.search(postcode, _HOMONYMS, _COMMUNE)
        if postcode in place.postcodes
    ]  # fmt: skip
    codes = tuple(dict.fromkeys(place.code for place in places))
    if len(codes) == 1:
        said = f"Commune déduite du code postal : {_label(codes[0])}."
        return Found(codes[0], said, INFO, codes)
    why = "Plusieurs communes ont" if places else "Aucune commune n’a"
    said = f"{why} le code postal {postcode} : ajoutez le nom de la commune."
    return Found("", said, among=codes)


def _disagreeing(desk: RowBatch, codes: Texts, postcodes: Texts, given: Mask) -> None:
    """Tell the postcodes of another commune; an unknown one of the département is a CEDEX."""
    home, departements = postcodes_of(), france.communes()["departement_code"].to_dict()
    known = all_postcodes()

    def wrong(key: str) -> bool:
        code, postcode = key.split()
        if postcode in home[code]:
            return False
        return postcode in known or not same_departement(postcode, departements[code])

    both = given & (postcodes != "")
    keys = np.where(both, codes + " " + postcodes, "")
    bad = where(keys, lambda key: bool(key) and wrong(key))

    def said(at: int) -> str:
        return (
            f"Le code postal {postcodes[at]} n’est pas celui de la commune {codes[at]} : "
            "les deux sont gardés, à vérifier."
        )

    desk.tell(bad, "postcode", said, (postcodes, postcodes))
