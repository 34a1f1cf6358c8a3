"""What a row says of its commune, département and région, told where it contradicts itself."""

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import pyarrow.compute as pc

from geo.directory.importing.row_batch import Mask, RowBatch, Texts, where
from geo.french import quoted
from geo.reference import france, gazetteer
from geo.reference.gazetteer.spelling import fold, fold_lines
from geo.reference.postcodes import numbers_of

_NOUNS: Final = {
    "departement": "Le département n’est pas celui",
    "region": "La région n’est pas celle",
}
_HOMONYMS: Final = 60  # More than any name has.
_EXACT: Final = ("exact", "code")


def agreeing(
    batch: RowBatch, codes: Texts, coded: Mask, stated: dict[str, Texts]
) -> dict[str, Texts]:
    """Return the département and région of each record: of its commune, else those it states.

    What the row states otherwise is told. A région that is not that of the département is left
    out: of two areas that exclude each other, the smaller is kept.

    Parameters
    ----------
    codes
        Commune of today, empty when unknown.
    coded
        Marks the records whose own code gives their commune.
    stated
        Codes by kind, « departement » and « region », empty when the row states none.
    """
    homes = france.communes().reindex(codes)
    codes_by_kind = {}
    for kind, mine in stated.items():
        known = homes[f"{kind}_code"].to_numpy(dtype=object)
        wrong = (codes != "") & (mine != "") & (mine != known)
        batch.tell(wrong, f"{kind}_code", _disagreement(_NOUNS[kind], codes), (None, known))
        codes_by_kind[kind] = np.where(codes == "", mine, known)
    elsewhere = where(np.where(coded, codes + "\n" + batch.texts("town"), ""), _elsewhere)
    batch.tell(elsewhere, "town", _disagreement("La ville n’est pas le nom", codes), (None, codes))
    return codes_by_kind | {
        "region": _region(batch, codes_by_kind["departement"], codes_by_kind["region"])
    }


def _disagreement(what: str, codes: Texts) -> Callable[[int], str]:
    names = france.communes()["commune_name"]
    return lambda at: (
        f"{what} de la commune {quoted(names[codes[at]])} ({codes[at]}), qui est gardée : vérifiez."
    )


def _region(batch: RowBatch, departements: Texts, regions: Texts) -> Texts:
    """Return the régions, that of the département where another is stated beside it."""
    homes = france.communes().groupby("departement_code")["region_code"].first()
    own = homes.reindex(departements).fillna("").to_numpy(dtype=object)
    apart = (own != "") & (regions != "") & (regions != own)
    message = "La région n’est pas celle du département, qui est gardé avec la sienne : vérifiez."
    batch.tell(apart, "region_code", message, (None, own))
    return np.where(apart, own, regions)


def _elsewhere(key: str) -> bool:
    """Tell a code beside the name of other communes; a name that none has is a locality."""
    code, _, town = key.partition("\n")
    name = numbers_of(town)[0]
    if not code or not name.strip() or (fold(name), code) in named():
        return False
    if fold(france.communes()["commune_name"][code]).startswith(fold(name)):
        return False  # « Saint-Ouen » for « Saint-Ouen-sur-Seine »
    places = gazetteer.search(name, _HOMONYMS, ("commune",))
    # A name that a commune had and has no more may well be a locality of this one.
    known = [place for place in places if place.matched_name == place.name]
    exact = {place.code for place in known if place.match_kind in _EXACT}
    return bool(exact) and code not in exact


@cache
def named() -> frozenset[tuple[bytes, str]]:
    """Pair every official name, of today or before, with the commune of today."""
    names = gazetteer.gazetteer().names.table
    rows = names.filter(pc.equal(names["territory_kind"], "commune"))
    texts = fold_lines("\n".join(rows["name"].to_pylist())).split(b"\n")
    return frozenset(zip(texts, rows["territory_code"].to_pylist(), strict=True))
