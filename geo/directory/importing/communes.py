"""Which commune each record is in: by code, then by all that its row says of where it is.

The name settles it with the postcode, of its column or of the address; with the département or the
région beside it; with the row's own point. What several communes may be is listed, never guessed.
"""

from dataclasses import dataclass

import numpy as np

from geo.crs import Floats
from geo.directory.importing.addresses import postcode_and_town
from geo.directory.importing.codes import five
from geo.directory.importing.commune_names import Found, Row, by_name, label
from geo.directory.importing.dry_run import INFO, WARNING
from geo.directory.importing.row_batch import Mask, RowBatch, Texts, each, where
from geo.reference import france
from geo.reference.coast_margin import margin
from geo.reference.old_codes import commune_today, remark, shared_out
from geo.reference.overseas import overseas_code
from geo.reference.postcodes import (
    all_postcodes,
    departements_of_communes,
    numbers_of,
    postcodes_of,
    same_departement,
)
from geo.reference.shores import NOWHERE


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
            if code in self.found[row].among and code != self.codes[row]:
                message = f"Commune choisie par le point de la ligne : {label(code)}."
                self.found[row] = Found(code, message, INFO)
                self.codes[row] = code

    def tell(self, batch: RowBatch) -> None:
        """Note what was understood of the names, and the postcodes that contradict a code."""
        field = "town" if batch.has("town") else "postcode"
        read = np.array([*(f"{r.town} {r.postcode}".strip() for r in self.rows), ""], dtype=object)
        for severity in (INFO, WARNING):
            with_message = ((at, one) for at, one in self.found.items() if one.message)
            some = [at for at, one in with_message if one.severity == severity]
            mask = np.isin(np.arange(len(self.rows)), some)
            batch.tell(
                mask, field, lambda at: self.found[at].message, (read[:-1], self.codes), severity
            )
        _disagreeing(batch, self.codes, self.postcodes, self.coded)


def communes(batch: RowBatch, areas: list[frozenset[str]]) -> Communes:
    """Read the commune of each record.

    Parameters
    ----------
    areas
        Départements that the row's own columns name, for each record; none when they name none.
    """
    postcodes, codes, towns = five(batch, "postcode"), _by_code(batch), batch.texts("town")
    rows, beside = [], batch.texts("postcode")
    sent = zip(towns, postcodes, batch.texts("address"), areas, strict=True)
    for at, (town, postcode, address, near) in enumerate(sent):
        written = ("", "")
        if not (town.strip() and postcode):
            # « 63000 Clermont-Ferrand » in the column of postcodes, else in the address
            here = postcode_and_town(beside[at])
            written = here if here[1] else postcode_and_town(address)
        postcodes[at] = postcode or written[0]
        # A town of the address goes with the postcode of the address.
        own = town.strip() or (written[1] if postcodes[at] == written[0] else "")
        rows.append(_row(own, postcodes[at], near))
        postcodes[at] = rows[at].postcode
    far = where(batch.texts("commune_code"), lambda text: overseas_code(text.strip()))
    towns_or_postcodes = (row.town or row.postcode for row in rows)
    lacking = [
        at for at, one in enumerate(towns_or_postcodes) if one and not codes[at] and not far[at]
    ]
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
    # Looked for in its table only where there is one: a search of it for each row takes seconds.
    known = bool(departement) and departement in france.territories().loc["departement"].index
    return Row(town, postcode, areas or (frozenset((departement,)) if known else areas))


def _by_code(batch: RowBatch) -> Texts:
    read = five(batch, "commune_code")
    current_codes = each(read, commune_today)
    old = (current_codes != read) & (current_codes != "")
    batch.tell(old, "commune_code", lambda at: remark(read[at]), (read, current_codes), INFO)
    unknown = (read != "") & (current_codes == "")
    batch.tell(unknown, "commune_code", lambda at: _why_unknown(read[at]), (read, current_codes))
    return current_codes


def _why_unknown(code: str) -> str:
    """Say why a code gives no commune: shared out since, overseas, or in no list."""
    if shared := shared_out(code):
        return f"{shared} : laissée sans commune, choisissez."
    if place := overseas_code(code):
        return f"{place.sentence} : laissée sans commune."
    return "Code de commune inconnu du code officiel."


def _disagreeing(batch: RowBatch, codes: Texts, postcodes: Texts, coded: Mask) -> None:
    """Tell the postcodes of another commune; an unknown one of the département is a CEDEX."""
    home, known, departement_of = postcodes_of(), all_postcodes(), departements_of_communes()

    def wrong(key: str) -> bool:
        code, postcode = key.split()
        if postcode in home[code]:
            return False
        return postcode in known or not same_departement(postcode, departement_of[code])

    both = coded & (postcodes != "")
    keys = np.where(both, codes + " " + postcodes, "")
    bad = where(keys, lambda key: bool(key) and wrong(key))

    def message(at: int) -> str:
        return (
            f"Le code postal {postcodes[at]} n’est pas celui de la commune {codes[at]} : "
            "les deux sont gardés, à vérifier."
        )

    batch.tell(bad, "postcode", message, (postcodes, postcodes))
