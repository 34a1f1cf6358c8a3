"""Catalysts as a file gives them: read, checked whole, placed only as precisely as known."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from geo import vocabulary
from geo.directory.completeness import filled
from geo.errors import BadFileError, MissingDataError
from geo.french import CONTROLS
from geo.reference import france
from geo.reference.place import Place

REQUIRED: Final = (
    "catalyst_id",
    "catalyst_name",
    "profile",
    "practices",
    "commune_code",
    "location_precision",
    "evidence",
)
OPTIONAL: Final = (
    "practices_basis",
    "town",
    "departement_code",
    "region_code",
    "scope",
    "website",
    "source_title",
    "source_url",
    "source_date",
    "note",
    "fictif",
    "summary",
    "offers",
    "activities",
    "opening_hours",
)
STORED: Final = ("address", "email", "phone", "sources")
"""Columns that a store keeps of a file; no table of catalysts and no export carries them."""
EMAIL: Final = re.compile(r"[^@\s<>\"',;]+@[^@\s<>\"',;]+\.[^@\s<>\"',;.]{2,}")
_COLUMNS: Final = (*REQUIRED, *OPTIONAL, *STORED)
_BETWEEN_SOURCES: Final = "|"
FICTIVE_MARK: Final = "fictif"
_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,120}")
_SHOWN: Final = 3
_MEGABYTES: Final = 50
_LONGEST_SAID: Final = 60


def read_catalysts(path: Path) -> pd.DataFrame:
    """Read a file of catalysts: CSV, UTF-8, comma or semicolon, one row per catalyst.

    A catalyst known to the commune is given that commune's point; one known only to its
    département, région or country is given none.

    Returns
    -------
    One row per catalyst, in the order of the file: ``REQUIRED``, ``OPTIONAL`` and ``STORED``
    columns as text, others left out, ``practices`` and ``activities`` as lists of codes,
    ``sources`` as a list of lines (a bar between two of them), ``fictive`` (bool),
    ``longitude`` and ``latitude`` (degrees, WGS 84, NaN without a point), and ``filled``: how much
    each tells of what is useful.

    Raises
    ------
    MissingDataError
        There is no such file.
    BadFileError
        The file is no such table; one sentence gathers every fault found.
    """
    frame = _read(path)
    faults = [fault for check in _CHECKS for fault in check(frame)]
    if faults:
        raise BadFileError(f"Fichier {path.name} refusé : {' ; '.join(faults)}.")
    return _placed(frame)


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise MissingDataError(f"Le fichier de catalyseurs est introuvable : {path}.")
    if path.stat().st_size > _MEGABYTES * 1_000_000:
        raise BadFileError(f"Fichier {path.name} refusé : il dépasse {_MEGABYTES} Mo.")
    try:
        text = path.read_text(encoding="utf-8-sig")
        head = next((line for line in text.split("\n") if line.strip()), "")
        separator = ";" if head.count(";") > head.count(",") else ","
        frame = pd.read_csv(io.StringIO(text), sep=separator, dtype=str, keep_default_na=False)
    except UnicodeDecodeError:
        raise BadFileError(
            f"Fichier {path.name} refusé : il n’est pas en UTF-8. "
            "Enregistrez-le au format « CSV UTF-8 » et recommencez."
        ) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError):
        raise BadFileError(
            f"Fichier {path.name} refusé : ce n’est pas un tableau CSV lisible. "
            "Vérifiez les séparateurs et les guillemets."
        ) from None
    if not isinstance(frame.index, pd.RangeIndex):  # pandas takes a cell too many for an index
        raise BadFileError(f"Fichier {path.name} refusé : la ligne 2 a plus de cellules que la 1.")
    missing = [name for name in REQUIRED if name not in frame.columns]
    if missing:
        raise BadFileError(
            f"Fichier {path.name} refusé : colonne(s) manquante(s) {', '.join(missing)}."
        )
    if frame.empty:
        raise BadFileError(f"Fichier {path.name} refusé : il ne contient aucun catalyseur.")
    header = next(csv.reader([head], delimiter=separator))
    if doubled := [name for name in _COLUMNS if header.count(name) > 1]:
        raise BadFileError(
            f"Fichier {path.name} refusé : colonne(s) en double {', '.join(doubled)}."
        )
    # What an answer adds to a catalyst (rank, distance…) is not taken from a file.
    return pd.DataFrame({name: _cells(frame, name) for name in _COLUMNS})


def _cells(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame.columns:
        return pd.Series("", index=frame.index)
    return frame[name].str.replace(f"(?:{CONTROLS}| )+", " ", regex=True).str.strip()


def _named(column: str, bad: pd.Series, frame: pd.DataFrame, why: str) -> list[str]:
    """Say where a column is at fault: the first values, their lines, and how many."""
    rows = frame.loc[bad, column]
    if rows.empty:
        return []
    first = ", ".join(
        f"« {value[:_LONGEST_SAID]} » (ligne {line + 2})" for line, value in rows[:_SHOWN].items()
    )
    return [f"{column}, {len(rows)} valeur(s) {why} : {first}"]


def _bad_ids(frame: pd.DataFrame) -> list[str]:
    ids = frame["catalyst_id"]
    malformed = ~ids.map(lambda value: bool(_ID.fullmatch(value)))
    return _named("catalyst_id", malformed, frame, "non conforme(s)") + _named(
        "catalyst_id", ids.duplicated() & ~malformed, frame, "en double"
    )


def _bad_names(frame: pd.DataFrame) -> list[str]:
    return _named("catalyst_name", frame["catalyst_name"] == "", frame, "vide(s)")


def _outside(
    column: str, vocabulary_id: str, *, several: bool = False
) -> Callable[[pd.DataFrame], list[str]]:
    def check(frame: pd.DataFrame) -> list[str]:
        known = {*vocabulary.vocabularies()[vocabulary_id].ids(), ""}
        values = frame[column].map(lambda text: text.split(";") if several else [text])
        bad = ~values.map(lambda codes: all(code.strip() in known for code in codes))
        return _named(column, bad, frame, "hors vocabulaire")

    return check


def _bad_communes(frame: pd.DataFrame) -> list[str]:
    has_code = frame["commune_code"] != ""
    # Asked of the index: asked of the column, each of 34,875 codes is written anew every time.
    known = france.communes().index.get_indexer(pd.Index(frame["commune_code"])) >= 0
    pointless = (frame["location_precision"] == "commune") & ~has_code
    return _named(
        "commune_code", has_code & ~known, frame, "inconnue(s) du code officiel"
    ) + _named("catalyst_id", pointless, frame, "placé(s) à la commune sans commune_code")


def _bad_areas(kind: str) -> Callable[[pd.DataFrame], list[str]]:
    def check(frame: pd.DataFrame) -> list[str]:
        column = f"{kind}_code"
        known = {"", *france.territories().loc[kind].index}
        return _named(column, ~frame[column].isin(known), frame, "inconnue(s) du code officiel")

    return check


def _bad_scopes(frame: pd.DataFrame) -> list[str]:
    return _named("scope", ~frame["scope"].map(_scope_exists), frame, "inconnue(s)")


def _scope_exists(scope: str) -> bool:
    if scope in {"", "national"}:
        return True
    place = Place.parse(scope)
    if place.kind == "commune":
        return place.code in france.communes().index
    return place in france.territories().index


def _bad_emails(frame: pd.DataFrame) -> list[str]:
    bad = ~frame["email"].map(lambda text: not text or bool(EMAIL.fullmatch(text)))
    return _named("email", bad, frame, "mal écrite(s)")


def _mixed(frame: pd.DataFrame) -> list[str]:
    fictive = frame["fictif"] == FICTIVE_MARK
    if fictive.any() and not fictive.all():
        return ["données fictives et réelles mêlées : séparez-les en deux fichiers"]
    return _named("fictif", ~frame["fictif"].isin(["", FICTIVE_MARK]), frame, "hors vocabulaire")


_CHECKS: Final = (
    _bad_ids,
    _bad_names,
    _outside("profile", "profile"),
    _outside("practices", "practice", several=True),
    _outside("activities", "activity", several=True),
    _outside("practices_basis", "basis"),
    _outside("evidence", "evidence"),
    _outside("location_precision", "precision"),
    _bad_communes,
    _bad_areas("departement"),
    _bad_areas("region"),
    _bad_scopes,
    _bad_emails,
    _mixed,
)


def _placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each row its lists, its mark and, where the commune is known, its point."""
    communes = france.communes()
    at_commune = frame["location_precision"] == "commune"
    codes = frame["commune_code"].where(at_commune)
    homes = communes.reindex(codes)
    placed = frame.assign(
        practices=frame["practices"].map(_listed),
        activities=frame["activities"].map(_listed),
        sources=frame["sources"].map(lambda text: _listed(text, _BETWEEN_SOURCES)),
        website=frame["website"].map(web_link),
        source_url=frame["source_url"].map(web_link),
        fictive=frame["fictif"] == FICTIVE_MARK,
        departement_code=_filled(frame["departement_code"], homes["departement_code"]),
        region_code=_filled(frame["region_code"], homes["region_code"]),
        longitude=homes["longitude"].to_numpy(np.float64),
        latitude=homes["latitude"].to_numpy(np.float64),
    ).drop(columns="fictif")
    return placed.assign(filled=filled(placed))


def _listed(text: str, between: str = ";") -> list[str]:
    items = (item.strip() for item in text.split(between))
    return [*dict.fromkeys(item for item in items if item)]


def _filled(file_values: pd.Series, known: pd.Series) -> pd.Series:
    """Keep what the commune says, else what the file says."""
    return pd.Series(known.to_numpy(), index=file_values.index).fillna(file_values)


def web_link(text: str) -> str:
    """Keep an http or https address; anything else, a script for one, becomes empty."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.netloc else ""
