"""The dry run: every cell read, every problem told, nothing written."""

import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.directory.ecosystems.rules import LONGEST, LONGEST_NOTE
from geo.directory.importing.agreement import agreeing
from geo.directory.importing.boundaries import draws_areas, perimeters
from geo.directory.importing.codes import area, areas
from geo.directory.importing.column_titles import readings, shared_prefix
from geo.directory.importing.communes import communes
from geo.directory.importing.date_text import iso
from geo.directory.importing.dates import dates
from geo.directory.importing.declare import declare
from geo.directory.importing.dry_run import ERROR, INFO, DryRun, Problem
from geo.directory.importing.fields import CONTACT, EXTERNAL_ID, GEOMETRY, plain
from geo.directory.importing.identifiers import siret
from geo.directory.importing.limits import Limits
from geo.directory.importing.links import links
from geo.directory.importing.mapping import Mapping
from geo.directory.importing.people import people
from geo.directory.importing.phones import phones
from geo.directory.importing.points import points
from geo.directory.importing.row_batch import Mask, RowBatch, Texts, each, where
from geo.directory.importing.table import Table
from geo.directory.importing.term_columns import many_terms, one_term
from geo.directory.importing.text_cleaning import words
from geo.directory.schema import ACTOR, FLAG, REAL, TEXTS, Field
from geo.french import quoted, typeset
from geo.reference import france

Progress = Callable[[int, int], None]
Columns = dict[str, Any]
FILE, AT_COMMUNE = "fichier", "commune"
"""Where a point comes from: the file itself, or the point of its commune."""
_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,120}")
_LIMITS: Final = Limits()
_PUBLISHED: Final = "publiee"
_NAMELESS: Final = "Nom vide : la ligne est laissée de côté."
_UNNAMED: Final = (
    "Aucune colonne ne nomme une organisation (une personne n’en est pas une) : la ligne est "
    "laissée de côté ; dites quelle colonne la nomme."
)
_YES: Final = frozenset(("fictif", "fictive", "oui", "vrai", "true", "1"))


def validate(  # noqa: PLR0913 - what a caller knows of its file, all by name
    table: Table,
    mapping: Mapping,
    *,
    progress: Progress | None = None,
    source_title: str = "",
    source_date: str = "",
    limits: Limits = _LIMITS,
) -> DryRun:
    """Read a table as its mapping says, and tell everything that is not as it should be.

    Parameters
    ----------
    progress
        Called with the steps done and their number.
    source_title, source_date
        Where the file comes from and its date; what the mapping says of all rows when empty, else
        the name of the file.
    """
    title = source_title or mapping.about.source(table.name)
    date = iso(source_date) or mapping.about.source_date
    if draws_areas(table):
        return perimeters(table, mapping, title, date, limits)
    batch = RowBatch(table, mapping)
    steps = (_named, _described, _placed, _reached, _others)
    columns: Columns = {"source_title": title, "source_date": date}
    for done, step in enumerate(steps):
        _say(progress, done, len(steps))
        step(batch, columns)
    draft = _draft(batch, columns)
    _say(progress, len(steps), len(steps))
    return draft


def _say(progress: Progress | None, done: int, total: int) -> None:
    if progress:
        progress(done, total)


def _named(batch: RowBatch, columns: Columns) -> None:
    """Read ids and names; a record without a name cannot be kept."""
    columns["actor_name"] = _names(batch)
    why = _NAMELESS if batch.has("actor_name") else _UNNAMED
    batch.tell(columns["actor_name"] == "", "actor_name", why, severity=ERROR)
    read = batch.texts("actor_id")
    columns["actor_id"] = each(read, lambda text: text if _ID.fullmatch(text) else "")
    bad = (read != "") & (columns["actor_id"] == "")
    batch.tell(bad, "actor_id", "Identifiant mal formé : un autre sera donné.")
    doubled = _doubled(columns["actor_id"])
    batch.tell(doubled, "actor_id", "Identifiant en double dans le fichier : un autre sera donné.")
    columns["actor_id"] = np.where(doubled, "", columns["actor_id"])
    external_ids = words(batch, EXTERNAL_ID)
    again = _doubled(external_ids)
    batch.tell(again, EXTERNAL_ID, "Identifiant en double dans le fichier : la première ligne le "
              "garde.")  # fmt: skip
    external_ids = np.where(again, "", external_ids)
    prefix = batch.mapping.dataset or "fichier"
    columns["external_ids"] = [[f"{prefix}:{value}"] if value else [] for value in external_ids]


def _names(batch: RowBatch) -> Texts:
    """Return the names; where the column of names is blank, another that names actors gives it."""
    names = words(batch, "actor_name")
    if not batch.has("actor_name") or not (names == "").any():
        return names
    prefix = shared_prefix(batch.table.columns)
    for column in batch.mapping.unmapped(batch.table):
        if next(readings(column, prefix), "") != "actor_name":
            continue
        other = batch.table.cells[column].str.strip().to_numpy(dtype=object)
        from_other = (names == "") & where(other, lambda text: text and not text.isdigit())
        names = np.where(from_other, other, names)
        message = f"Nom pris dans la colonne {quoted(column)}."
        batch.tell(from_other, "actor_name", message, (other, other), INFO)
    return names


def _doubled(texts: Texts) -> npt.NDArray[np.bool_]:
    series = pd.Series(texts, dtype=object)
    return np.asarray(series.duplicated() & (series != ""))


def _described(batch: RowBatch, columns: Columns) -> None:
    """Read what the actors are and do."""
    for name in ("description", "address", "scope", "note", "town"):
        columns[name] = words(batch, name)
    for name in ("profile", "object_kind", "evidence", "practices_basis"):
        columns[name] = one_term(batch, name)
    columns["practices"] = many_terms(batch, "practices")
    basis = zip(columns["practices_basis"], columns["practices"], strict=True)
    columns["practices_basis"] = np.array(
        [*(its or ("stated" if some else "") for its, some in basis), ""], dtype=object
    )[:-1]
    declare(batch, columns)
    columns["fictive"] = _yes(batch, "fictive")
    columns["siret"] = siret(batch)
    columns["website"] = links(batch, "website")
    own_url = links(batch, "source_url")
    columns["source_url"] = np.where(own_url == "", batch.mapping.about.source_url, own_url)
    if batch.has("source_title"):
        own = words(batch, "source_title")
        columns["source_title"] = np.where(own == "", columns["source_title"], own)
    if batch.has("source_date"):
        own = dates(batch, "source_date")
        columns["source_date"] = np.where(own == "", columns["source_date"], own)


def _placed(batch: RowBatch, columns: Columns) -> None:
    """Read where they are.

    Precision: a point of the file is « adresse » beside an address with a number, « rue » beside
    one without, « commune » without an address, unless the file states it. Without a point, the
    commune's is taken, else none.
    """
    stated_areas = {kind: area(batch, kind) for kind in ("departement", "region")}
    read = communes(batch, areas(batch, stated_areas))
    known = france.communes()["departement_code"].reindex(read.codes).to_numpy(dtype=object)
    x, y = points(batch, np.where(read.codes == "", stated_areas["departement"], known))
    read.settle(x, y)
    read.tell(batch)
    codes, columns["postcode"] = read.codes, read.postcodes
    homes = france.communes().reindex(codes)
    columns["commune_code"] = codes
    for kind, area_codes in agreeing(batch, codes, read.coded, stated_areas).items():
        columns[f"{kind}_code"] = area_codes
    names = homes["commune_name"].to_numpy(dtype=object)
    # « 63000 Clermont-Ferrand »: the postcode has a field of its own.
    vague = where(columns["town"], lambda text: not text or re.search(r"\d{2} ?\d{3}", text))
    columns["town"] = np.where(vague & (codes != ""), names, columns["town"])
    own = ~np.isnan(x)
    columns["longitude"] = np.where(own, x, homes["longitude"].to_numpy(np.float64))
    columns["latitude"] = np.where(own, y, homes["latitude"].to_numpy(np.float64))
    columns["location_source"] = np.where(own, FILE, np.where(codes == "", "", AT_COMMUNE))
    numbered = where(columns["address"], lambda text: re.search(r"\d", text))
    fine = np.where(numbered, "adresse", np.where(columns["address"] == "", "commune", "rue"))
    stated = one_term(batch, "location_precision")
    fine = np.where(stated == "", fine, stated)
    coarse = np.where(columns["departement_code"] == "", "unknown", "departement")
    unplaced = np.where(codes == "", coarse, "commune")
    columns["location_precision"] = np.where(own, fine, unplaced)


def _reached(batch: RowBatch, columns: Columns) -> None:
    """Read how to reach the organisations, and part the people from them."""
    columns["phone"] = phones(batch, "phone")
    names = columns["actor_name"] + " " + columns["town"]
    columns["email"], columns["contacts"] = people(batch, names)


def _others(batch: RowBatch, columns: Columns) -> None:
    """Read the fields that nothing above reads, each as its kind is."""
    for field in ACTOR.fields:
        if field.is_imported and field.name not in columns:
            columns[field.name] = _read(batch, field)


def _read(batch: RowBatch, field: Field) -> Any:
    if field.vocabulary:
        return (many_terms if field.type == TEXTS else one_term)(batch, field.name)
    if field.type == FLAG:
        return _yes(batch, field.name)
    most = LONGEST_NOTE if field.long else LONGEST
    return dates(batch, field.name) if field.date else words(batch, field.name, most)


def _yes(batch: RowBatch, name: str) -> Mask:
    return where(batch.texts(name), lambda text: plain(text) in _YES)


def _draft(batch: RowBatch, columns: Columns) -> DryRun:
    table, contacts = batch.table, columns.pop("contacts")
    actors = _frame(batch, columns)
    named = set(actors.index)
    unmapped = batch.mapping.unmapped(table)
    whole = [
        Problem(0, name, "", typeset(f"Colonne non reprise : {quoted(name)}."), severity=INFO)
        for name in unmapped
    ]
    return DryRun(
        name=table.name,
        dataset=batch.mapping.dataset,
        actors=actors,
        contacts=[contact for contact in contacts if contact["row"] in named],
        stated_fields=_stated_fields(batch),
        declared=batch.declared,
        problems=[*whole, *sorted(batch.problems, key=lambda problem: problem.row)],
        unmapped=unmapped,
        notices=table.notices,
        rows_read=len(table),
    )


def _frame(batch: RowBatch, columns: Columns) -> pd.DataFrame:
    """Lay the fields of an actor in order, rows without a name left out."""
    size = len(batch)
    made: Columns = {}
    for field in ACTOR.fields:
        value = columns.get(field.name, field.empty)
        if field.type == TEXTS:
            value = value or [[] for _ in range(size)]
            value = np.array([*value, None], dtype=object)[:-1]
        if field.type == REAL and value is None:
            value = np.full(size, np.nan)
        made[field.name] = value
    made["status"] = _PUBLISHED
    frame = pd.DataFrame(made, index=batch.table.rows)
    texts = [name for name in frame if isinstance(frame[name].dtype, pd.StringDtype)]
    frame = frame.astype(dict.fromkeys(texts, object))
    return frame[frame["actor_name"] != ""]


def _stated_fields(batch: RowBatch) -> frozenset[str]:
    """Name the fields of an actor that the file speaks of, alone or by what follows from them."""
    fed = (set(batch.mapping.fields) | batch.declared.keys()) - set(CONTACT)
    if EXTERNAL_ID in fed:
        fed = {*fed, "external_ids"} - {EXTERNAL_ID}
    if fed & {"longitude", "latlon", "lonlat"} or batch.table.geometry is not None:
        fed = {*fed, "longitude", "latitude"}
    if "commune_code" in fed:
        fed |= {"departement_code", "region_code"}
    return frozenset(fed - {"latlon", "lonlat", GEOMETRY, "actor_id"})
