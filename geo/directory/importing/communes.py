"""Which commune each record is in: by code, former code, name and postcode, or postcode."""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from geo.directory.importing.codes import five
from geo.directory.importing.desk import Desk, Texts, each, where
from geo.directory.importing.draft import INFO, WARNING
from geo.french import quoted
from geo.reference import france, gazetteer
from geo.reference.gazetteer import Place
from geo.reference.gazetteer.spelling import fold, fold_lines

_CLOSE: Final = 3
_COMMUNE: Final = ("commune",)


class Found(NamedTuple):
    """Answer of the gazetteer: a code or none, what to say of it, how serious it is."""

    code: str = ""
    message: str = ""
    severity: str = WARNING


def communes(desk: Desk) -> tuple[Texts, Texts]:
    """Give the commune of today and the postcode of each record, empty when unknown."""
    postcodes = five(desk, "postcode")
    codes = _by_code(desk)
    towns = desk.texts("town")
    keys = pd.Series(
        [(town.strip(), postcode) for town, postcode in zip(towns, postcodes, strict=True)],
        dtype=object,
    ).to_numpy()
    lacking = (codes == "") & ((towns != "") | (postcodes != ""))
    answers = {key: by_name(*key) for key in set(keys[lacking])}
    found = [answers[key] if lack else Found() for key, lack in zip(keys, lacking, strict=True)]
    named = np.array([*(one.code for one in found), ""], dtype=object)[:-1]
    field = "town" if desk.has("town") else "postcode"
    for severity in (INFO, WARNING):
        told = np.array([bool(a.message) and a.severity == severity for a in found], dtype=bool)
        read = np.array([" ".join(key).strip() for key in keys], dtype=object)
        desk.tell(told, field, lambda at: found[at].message, (read, named), severity)
    codes = np.where(lacking, named, codes)
    _disagreeing(desk, codes, postcodes, ~lacking)
    return codes, postcodes


def _by_code(desk: Desk) -> Texts:
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
    """Give the commune of today for a code in force, former or of an arrondissement."""
    if not code or code in france.communes().index:
        return code
    if code in france.former_codes():
        return france.former_codes()[code]
    names = gazetteer.gazetteer().names
    rows = [*names.with_unit_code(code)]
    return str(names.codes[rows[0]]) if rows else ""


def by_name(town: str, postcode: str) -> Found:
    """Find a commune by its name and postcode, by either when the other is missing."""
    if not town:
        return _by_postcode(postcode)
    sure = _official().get((fold(town), postcode))
    if sure:
        return Found(sure)
    places = gazetteer.search(f"{town} {postcode}".strip(), _CLOSE, _COMMUNE)
    if not places and postcode:
        places = gazetteer.search(town, _CLOSE, _COMMUNE)
    here = [place for place in places if postcode in place.postcodes]
    if here:
        return _as_written(here[0])
    exact = [place for place in places if place.match_kind == "exact"]
    return _elsewhere(town, postcode, exact) if postcode else _named_only(exact)


def _named_only(exact: list[Place]) -> Found:
    if len(exact) == 1:
        said = f"Commune trouvée par son seul nom : {exact[0].label}."
        return Found(exact[0].code, said, INFO)
    if exact:
        labels = ", ".join(place.label for place in exact)
        return Found("", f"Plusieurs communes portent ce nom ({labels}) : ajoutez le code postal.")
    return Found("", "Commune introuvable : vérifiez son nom ou donnez son code.")


@cache
def _official() -> dict[tuple[bytes, str], str]:
    """Map every official name, of today or before, and postcode to its commune, if one only."""
    names = gazetteer.gazetteer().names.table
    rows = names.filter(pc.equal(names["territory_kind"], "commune"))
    texts = fold_lines("\n".join(rows["name"].to_pylist())).split(b"\n")
    codes, home = rows["territory_code"].to_pylist(), postcodes_of()
    found: dict[tuple[bytes, str], set[str]] = {}
    for text, code in zip(texts, codes, strict=True):
        for postcode in home.get(code, ()):
            found.setdefault((text, postcode), set()).add(code)
    return {key: next(iter(some)) for key, some in found.items() if len(some) == 1}


def _as_written(place: Place) -> Found:
    if place.match_kind in {"exact", "code", "postcode"}:
        return Found(place.code)
    return Found(place.code, f"Commune comprise comme {quoted(place.name)}.", INFO)


def _elsewhere(town: str, postcode: str, exact: list[Place]) -> Found:
    """Choose the commune of that name in the département of the postcode."""
    near = [p for p in exact if same_departement(postcode, p.departement_code or "?")]
    if len(near) == 1:
        said = f"Le code postal {postcode} n’est pas celui de {near[0].label}, gardée par son nom."
        return Found(near[0].code, said, INFO)
    return Found(
        "", f"Commune introuvable : {quoted(town[:60])} n’a pas le code postal {postcode}."
    )


def _by_postcode(postcode: str) -> Found:
    places = [
        place for place in gazetteer.search(postcode, _CLOSE, _COMMUNE)
        if postcode in place.postcodes
    ]  # fmt: skip
    if len(places) == 1:
        return Found(places[0].code, f"Commune déduite du code postal : {places[0].label}.", INFO)
    why = "Plusieurs communes ont" if places else "Aucune commune n’a"
    return Found("", f"{why} le code postal {postcode} : ajoutez le nom de la commune.")


def same_departement(postcode: str, departement: str) -> bool:
    """Tell whether a postcode may be one of a département: Corsica's begin with 20."""
    return postcode.startswith("20" if departement in {"2A", "2B"} else departement)


@cache
def postcodes_of() -> dict[str, frozenset[str]]:
    """List the postcodes of each commune."""
    table = france.communes()["postcodes"]
    return {str(code): frozenset(some) for code, some in table.items()}


@cache
def _all_postcodes() -> frozenset[str]:
    return frozenset().union(*postcodes_of().values())


def _disagreeing(desk: Desk, codes: Texts, postcodes: Texts, given: Texts) -> None:
    """Tell the postcodes of another commune; an unknown one of the département is a CEDEX."""
    home, departements = postcodes_of(), france.communes()["departement_code"].to_dict()
    known = _all_postcodes()

    def wrong(key: str) -> bool:
        code, postcode = key.split()
        if postcode in home[code]:
            return False
        return postcode in known or not same_departement(postcode, departements[code])

    both = given & (codes != "") & (postcodes != "")
    keys = np.where(both, codes + " " + postcodes, "")
    bad = where(keys, lambda key: bool(key) and wrong(key))

    def said(at: int) -> str:
        return (
            f"Le code postal {postcodes[at]} n’est pas celui de la commune {codes[at]} : "
            "les deux sont gardés, à vérifier."
        )

    desk.tell(bad, "postcode", said, (postcodes, postcodes))
