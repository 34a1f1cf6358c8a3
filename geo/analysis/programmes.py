"""Resource places and programmes beside the catalysts: chosen, near, inside, counted apart."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

from geo.analysis.nearest import Search
from geo.analysis.origin import Origin
from geo.french import count
from geo.query.selection import Selection
from geo.reference import france, programmes
from geo.reference.gazetteer.spelling import fold_lines
from geo.reference.territory import member_codes
from geo.settings import settings
from geo.vocabulary import UNSTATED, Item, vocabularies

_KM: Final = 1000.0
_NOUNS: Final = {
    programmes.PLACE: ("lieu ressource", "lieux ressources"),
    programmes.TERRITORY: ("territoire accompagné", "territoires accompagnés"),
    programmes.BADGE: ("commune lauréate", "communes lauréates"),
}


@dataclass(frozen=True)
class Badge:
    """One programme of communes, and the communes of a territory that it chose."""

    programme: Item
    listed: str
    commune_codes: tuple[str, ...]
    signed: str = ""


def selected(selection: Selection) -> pd.DataFrame:
    """Keep the rows of the programmes that a selection shows, by its other filters.

    A row has no profile and no public evidence: a filter on either keeps it only with
    « non_renseigne ». Its practice is the one that its programme asks for, if any. Everybody is
    given the same rows: they are not to be changed.
    """
    return _selected(settings().reference, selection) if selection.also else programmes.no_row()


@lru_cache(maxsize=16)
def _selected(_reference: Path, selection: Selection) -> pd.DataFrame:
    rows = programmes.rows()
    mask = rows["programme"].isin(selection.also)
    for wanted in (selection.profiles, selection.evidence):
        mask &= not wanted or UNSTATED in wanted
    if selection.practices:
        practices = {*selection.practices}
        matches = [bool({*(some or [UNSTATED])} & practices) for some in rows["practices"]]
        mask &= pd.Series(matches, rows.index)
    return holding(rows[mask], selection.text)


def holding(rows: pd.DataFrame, text: str) -> pd.DataFrame:
    """Keep the rows whose name or town holds a text, accents and case aside."""
    wanted = fold_lines(text).strip()
    if not wanted or rows.empty:
        return rows
    texts = rows["record_name"] + " " + rows["town"]
    folded = fold_lines("\n".join(one.replace("\n", " ") for one in texts)).split(b"\n")
    return rows[[wanted in one for one in folded]]


def nearest_places(origin: Origin, selection: Selection, search: Search) -> pd.DataFrame:
    """Rank the chosen rows by distance to a place: ``rank``, ``distance_m`` (metres, geodesic)."""
    rows = selected(selection)
    placed = rows[rows["longitude"].notna()]
    if search.boundary and search.radius_km is not None:
        lon, lat = placed["longitude"].to_numpy(), placed["latitude"].to_numpy()
        placed = placed[origin.may_reach(lon, lat, search.radius_km)]
    metres = origin.distances_m(
        placed["longitude"].to_numpy(), placed["latitude"].to_numpy(), boundary=search.boundary
    )
    near = placed.assign(distance_m=metres).sort_values("distance_m", kind="stable")
    if search.radius_km is not None:
        near = near[near["distance_m"] <= search.radius_km * _KM]
    near = near.head(search.count)
    return near.assign(rank=range(1, len(near) + 1))


def inside(rows: pd.DataFrame, kind: str, code: str) -> pd.DataFrame:
    """Keep the rows that touch a commune of a territory."""
    return among(rows, member_codes(kind, code))


def among(rows: pd.DataFrame, communes: Collection[str]) -> pd.DataFrame:
    """Keep the rows that touch one of these communes."""
    wanted = {*communes}
    touching = [not wanted.isdisjoint(some) for some in rows["communes"]]
    return rows[pd.Series(touching, rows.index, dtype=bool)]


def counts(rows: pd.DataFrame, kind: str) -> "pd.Series[int]":
    """Count, by code, the rows that touch each territory of a kind; one may touch several."""
    found = rows.explode("communes")[["communes"]].dropna()
    if kind != "commune":
        pairs = france.membership()
        pairs = pairs[pairs["territory_kind"] == kind].set_index("commune_code")
        found = found.join(pairs["territory_code"], on="communes", how="inner")
        found = found.rename(columns={"communes": "_", "territory_code": "communes"})
    once = found.reset_index(names="row")[["row", "communes"]].drop_duplicates()
    return once["communes"].value_counts()


def by_practice(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of each practice that a programme asks for, those without any left out."""
    masks = {code: [code in some for some in rows["practices"]] for code in _practices()}
    return {code: rows[keep] for code, keep in masks.items() if any(keep)}


def _practices() -> tuple[str, ...]:
    return vocabularies()["practice"].ids()


def in_words(rows: pd.DataFrame) -> str:
    """Count rows by nature: « 493 lieux ressources et 244 territoires accompagnés »."""
    found = rows["nature"].value_counts()
    return " et ".join(count(int(found[one]), *_NOUNS[one]) for one in _NOUNS if one in found)


def beside(selection: Selection, rows: pd.DataFrame | None = None) -> str:
    """Count what a selection shows beside catalysts, in words; nothing when it shows nothing."""
    if not selection.also:
        return ""
    found = selected(selection) if rows is None else rows
    natures = {programmes.programme(code).nature for code in selection.also}
    nothing = " ni ".join(f"aucun {_NOUNS[one][0]}" for one in _NOUNS if one in natures)
    return in_words(found) or nothing


def badges(kind: str, code: str) -> list[Badge]:
    """List the programmes that chose communes of a territory, each with those communes."""
    own = inside(_badge_rows(settings().reference), kind, code)
    members = {*member_codes(kind, code)}
    found = []
    for one in programmes.of_nature(programmes.BADGE):
        badge_rows = own[own["programme"] == one]
        if len(badge_rows):
            codes = sorted(members & frozenset().union(*badge_rows["communes"]))
            signed = str(badge_rows["signed"].iloc[0]) if len(badge_rows) == 1 else ""
            listed = programmes.month(badge_rows["listed"].max())
            found.append(Badge(programmes.programme(one), listed, tuple(codes), signed))
    return found


@lru_cache(maxsize=2)
def _badge_rows(_reference: Path) -> pd.DataFrame:
    rows = programmes.rows()
    return rows[rows["nature"] == programmes.BADGE]


def vintage(rows: pd.DataFrame) -> str:
    """Say which lists these rows are of: « ANCT, septembre 2024 ; juillet 2026 »."""
    months = [programmes.month(one) for one in sorted(rows["listed"].unique())]
    return f"{programmes.SOURCE}, {' ; '.join(months)} ({programmes.LICENCE})"
