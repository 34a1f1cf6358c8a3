"""Giving records a point: at their address, else at their commune; and saying what to check."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from geo.directory.geocoding.batch import BatchAnswers, Progress, ask
from geo.directory.geocoding.cache import Cache
from geo.directory.geocoding.commune import communes, stated_commune
from geo.directory.geocoding.geocoder import Geocoder
from geo.directory.geocoding.location_checks import OUTSIDE, outside
from geo.directory.geocoding.query import Answer, GeocodingQuery, question
from geo.french import decimal, quoted, typeset
from geo.reference.old_codes import commune_today

Record = dict[str, Any]

LOW_SCORE: Final = 0.6
"""Answers below this are to be checked.

Geocoders give the score to order their answers, not as a measure of truth: a right number in a
street written another way gets 0.71, a wrong street of the right town up to 0.52 (banR, 2021);
teams that use it daily stop at 0.6 (les-emplois, 2020).
"""
FROM_COMMUNE: Final = "commune"
CHECKED: Final = "vérifié"
PRECISIONS: Final = {
    "housenumber": "adresse",
    "street": "rue",
    "locality": "rue",
    "municipality": "commune",
}
LOCATION: Final = (
    *("commune_code", "departement_code", "region_code", "longitude", "latitude"),
    *("location_precision", "location_source", "location_score", "location_check"),
)
"""The fields that placing may change."""
_AREAS: Final = ("departement", "region")


@dataclass(frozen=True)
class Placed:
    """The records as placed, the ids of those that changed, and what to tell about the work."""

    actors: pd.DataFrame
    changed: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def records(self) -> list[Record]:
        """Return the whole records that changed, as the store takes them."""
        rows: list[Any] = self.actors.loc[list(self.changed)].to_dict("records")
        return [{name: _stored(value) for name, value in row.items()} for row in rows]


def place(
    actors: pd.DataFrame,
    geocoder: Geocoder | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
) -> Placed:
    """Place the records that have no point, by address or at their commune, and check them all.

    A record that an earlier run left at its commune's point is asked for again when there is a
    geocoder. One that a person checked is never touched; coordinates that came with a record are
    never moved, only flagged. When the geocoder stops answering, the rest goes to the commune.

    Parameters
    ----------
    actors
        Records of kind « actor », by id; WGS 84, NaN without a point.
    progress
        Told how many addresses are answered, of how many.
    """
    after = actors.copy()
    # What an earlier run said of a border is said anew: the commune may have been corrected.
    stale = after["location_check"].str.startswith(OUTSIDE) & (after["location_source"] != CHECKED)
    after["location_check"] = after["location_check"].mask(stale, "")
    at = _to_place(after)
    rows: list[Any] = after[at].to_dict("records")
    for row in rows:
        _at_commune(row)
    remarks = _by_address(rows, geocoder, cache, progress) if geocoder else []
    for name in LOCATION if rows else ():
        after.loc[at, name] = [row[name] for row in rows]
    after["location_check"] = _checks(after)
    changed = _different(actors, after)
    return Placed(after, tuple(after.index[changed].astype(str)), tuple(remarks))


def _to_place(actors: pd.DataFrame) -> pd.Series:
    source = actors["location_source"]
    pointless = actors["longitude"].isna() | actors["latitude"].isna()
    return (source != CHECKED) & (pointless | (source == FROM_COMMUNE))


def _at_commune(row: Record) -> None:
    """Put a record at its commune's point, or say how little is known of where it is."""
    code = _commune_of(row)
    row["location_check"], row["location_score"] = "", math.nan
    if code:
        home = communes()[code]
        _put(row, home.longitude, home.latitude, "commune", FROM_COMMUNE)
        _say_commune(row, code)
        return
    row["longitude"] = row["latitude"] = math.nan
    row["location_source"] = ""
    if row["town"]:
        row["location_check"] = typeset(f"Commune non reconnue : {quoted(row['town'][:80])}.")
    if row["location_precision"] in ("", "unknown", "commune", "adresse", "rue"):
        known = next((area for area in _AREAS if row[f"{area}_code"]), "unknown")
        row["location_precision"] = known


def _by_address(
    rows: Iterable[Record], geocoder: Geocoder, cache: Cache | None, progress: Progress | None
) -> list[str]:
    """Place records at their address; an answer too unlike it is looked for elsewhere once."""
    questions = [(row, found) for row in rows if (found := _question_of(row))]
    narrow = ask([about for _, about in questions], geocoder, cache, progress)
    doubtful = [(row, about) for row, about in questions if _doubtful(narrow, about)]
    wide = ask([_anywhere(about) for _, about in doubtful], geocoder, cache, progress)
    for row, about in questions:
        best = narrow.get(about)
        elsewhere = wide.get(_anywhere(about)) if _doubtful(narrow, about) else None
        if elsewhere and elsewhere.score >= LOW_SCORE:
            best = elsewhere
        if best:
            _at_address(row, best, geocoder)
        elif narrow.has(about):
            row["location_check"] = _not_found(row, geocoder)
    faults = [narrow.fault, wide.fault, cache.fault if cache else ""]
    return [typeset(fault) for fault in dict.fromkeys(faults) if fault]


def _question_of(row: Record) -> GeocodingQuery | None:
    return question(row["address"], row["postcode"], row["town"], _commune_of(row))


def _doubtful(answers: BatchAnswers, about: GeocodingQuery) -> bool:
    best = answers.get(about)
    narrowed = bool(about.commune_code or about.postcode)
    return narrowed and answers.has(about) and (best is None or best.score < LOW_SCORE)


def _anywhere(about: GeocodingQuery) -> GeocodingQuery:
    return GeocodingQuery(about.text)


def _at_address(row: Record, answer: Answer, geocoder: Geocoder) -> None:
    stated, found = _commune_of(row), commune_today(answer.commune_code)
    source = f"géocodeur {geocoder.host}"
    _put(row, answer.longitude, answer.latitude, PRECISIONS[answer.kind], source)
    row["location_score"] = answer.score
    if answer.score < LOW_SCORE:
        score = decimal(round(answer.score, 2))
        row["location_check"] = typeset(f"Adresse incertaine (score {score}) : {answer.label}.")
    elif stated and found and found != stated:
        row["location_check"] = typeset(
            f"{OUTSIDE} : adresse trouvée dans {communes()[found].label}, "
            f"{communes()[stated].label} indiquée."
        )
    if not stated and found and answer.score >= LOW_SCORE:
        _say_commune(row, found)


def _not_found(row: Record, geocoder: Geocoder) -> str:
    at = "le point est celui de la commune" if row["location_source"] else "sans point"
    shown = quoted(row["address"][:80])
    return typeset(f"Adresse introuvable par {geocoder.host} : {shown} ; {at}.")


def _checks(actors: pd.DataFrame) -> pd.Series:
    """Say of each point where it contradicts its commune, else what was said of its address."""
    measured = outside(actors)
    mute = (measured == "") | (actors["location_source"] == CHECKED)
    return actors["location_check"].where(mute, measured)


def _commune_of(row: Record) -> str:
    stated = ("commune_code", "postcode", "town", "departement_code")
    return stated_commune(*(row[name] for name in stated))


def _say_commune(row: Record, code: str) -> None:
    """Fill in the codes that a record did not give; those that it gave stay as they are."""
    known = communes()[code]
    codes = (code, known.departement_code, known.region_code)
    for area, its in zip(("commune", *_AREAS), codes, strict=True):
        row[f"{area}_code"] = row[f"{area}_code"] or its


def _put(row: Record, lon: float, lat: float, precision: str, source: str) -> None:
    row["longitude"], row["latitude"] = float(lon), float(lat)
    row["location_precision"], row["location_source"] = precision, source


def _different(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    changed = pd.Series(data=False, index=before.index)
    for name in LOCATION:
        old, new = before[name], after[name]
        changed = changed | ((old != new) & ~(old.isna() & new.isna()))
    return changed


def _stored(value: Any) -> Any:
    """Write a missing number as the store does."""
    return None if isinstance(value, float) and math.isnan(value) else value
