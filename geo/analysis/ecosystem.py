"""One ecosystem: who is in it, what joins them, what it lacks."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.analysis import network
from geo.analysis.locate import locate_many
from geo.directory.ecosystems.areas import shape_of
from geo.directory.ecosystems.rows import Book, Row, row_of, visible_rows, where
from geo.directory.store.lookup import among
from geo.directory.store.worlds import world
from geo.reference import france
from geo.reference.territory import code_today, member_codes, territory
from geo.vocabulary import UNSTATED, vocabularies

_AXES: Final = ("longitude", "latitude")
TIES: Final = {
    "commune": "dans une de ses communes",
    "point": "son point est dans le périmètre",
    "portee": "déclare ce territoire comme portée",
    "ajoute": "ajouté par l’équipe",
}


@dataclass(frozen=True)
class Ecosystem:
    """What the store says of one ecosystem.

    ``actors``: those inside, with ``tie`` saying why (a key of ``TIES``); ``alliances``: those
    with at least one member among them; ``projects``: those that name it, and those that name no
    ecosystem but one of its actors or of its alliances; ``actions``: those of
    its projects. ``everyone``: every actor of the store, since an alliance may reach outside.
    """

    record: Row
    everyone: pd.DataFrame
    actors: pd.DataFrame
    alliances: pd.DataFrame
    projects: pd.DataFrame
    actions: pd.DataFrame
    area: shapely.Geometry
    communes: tuple[str, ...]

    @property
    def place(self) -> str:
        """Say in French where it lies."""
        if self.record["territory_code"]:
            return territory(self.record["territory_kind"], self.record["territory_code"]).label
        if self.communes:
            return f"{len(self.communes)} communes choisies"
        return "Sans périmètre" if self.area.is_empty else "périmètre dessiné"

    @cached_property
    def by_profile(self) -> pd.Series:
        """Count actors by profile, in the order of the vocabulary, the empty ones included."""
        found = self.actors["profile"].replace("", UNSTATED).value_counts()
        order = [*vocabularies()[network.PROFILES].ids(), UNSTATED]
        return found.reindex(order, fill_value=0).astype(int)

    @cached_property
    def by_practice(self) -> dict[str, list[str]]:
        """Return the ids of the actors of each practice, the practices nobody has included."""
        found: dict[str, list[str]] = {code: [] for code in vocabularies()["practice"].ids()}
        ids = self.actors.index.to_numpy(dtype=object)
        for actor_id, codes in zip(ids, self.actors["practices"], strict=True):
            for code in codes:
                found.setdefault(code, []).append(actor_id)
        return found

    @cached_property
    def missing_practices(self) -> list[str]:
        """List the practices that none of its actors has."""
        return [code for code, ids in self.by_practice.items() if not ids]

    @cached_property
    def cells(self) -> dict[tuple[str, str], list[str]]:
        """Return the ids of the actors of each pair practice × profile that has any."""
        found: dict[tuple[str, str], list[str]] = {}
        names = ("actor_id", "practices", "profile")
        for actor_id, practices, profile in zip(*(self.actors[n] for n in names), strict=True):
            for practice in practices or [UNSTATED]:
                found.setdefault((practice, profile or UNSTATED), []).append(actor_id)
        return found

    @cached_property
    def alone(self) -> pd.DataFrame:
        """Keep its actors that no alliance names."""
        return network.alone(self.actors, self.alliances)

    @cached_property
    def mixed_share(self) -> float | None:
        """Return the share of its alliances that join two different profiles; None without any."""
        if self.alliances.empty:
            return None
        return len(network.mixed(self.alliances, self.everyone)) / len(self.alliances)

    @cached_property
    def odd_without_project(self) -> list[str]:
        """List the ODD that none of its projects aims at."""
        aimed: set[str] = set().union(*(codes for codes in self.projects["odd"]))
        return [code for code in vocabularies()["odd"].ids() if code not in aimed]

    @cached_property
    def linked(self) -> pd.DataFrame:
        """Keep its actors and, after them, the partners they have outside."""
        partners = network.members_of(self.alliances, self.everyone)
        outside = partners[~among(partners, self.actors.index)].assign(tie="")
        return pd.concat([self.actors, outside]) if len(outside) else self.actors

    @cached_property
    def fictive(self) -> bool:
        """Return whether any of what it holds is made up."""
        frames = (self.actors, self.alliances, self.projects)
        return bool(self.record["fictive"]) or any(bool(one["fictive"].any()) for one in frames)


def ecosystem(ecosystem_id: str, book: Book, *, drafts: bool = False) -> Ecosystem:
    """Put one ecosystem together from the tables of the store.

    An actor is inside by its commune; without one, by its point (on the border counts); when its
    declared scope is exactly the territory; or because the team added it. In a drawn perimeter
    only the point counts; without a place, as the network's own ecosystem, only who was added.
    Refused, archived and duplicate records never count; drafts and records to check only with
    ``drafts``. What is fictitious is only in the fictitious territory, where nothing real is.

    Raises
    ------
    UnknownCodeError
        No such ecosystem, or its territory or perimeter does not exist any more.
    """
    record = row_of(book, "ecosystem", ecosystem_id)
    book = world(book, ecosystem_id)
    everyone = visible_rows(book["actor"], drafts=drafts)
    communes = _communes(record)
    area = _area(record, communes, book)
    actors = _inside(everyone, record, communes, area)
    alliances = visible_rows(book["alliance"], drafts=drafts)
    own = touching(alliances, actors)
    every = visible_rows(book["project"], drafts=drafts)
    projects = where(every, joined(every, {ecosystem_id}, actors, own, elsewhere=False))
    tasks = book["action"]
    return Ecosystem(
        record=record,
        everyone=everyone,
        actors=actors,
        alliances=own,
        projects=projects,
        actions=tasks[tasks["project_id"].isin(projects.index)],
        area=area,
        communes=communes,
    )


def touching(alliances: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Keep the alliances that have at least one member among some actors."""
    inside = {*actors.index.tolist()}
    return where(alliances, (not inside.isdisjoint(ids) for ids in alliances["member_ids"]))


def _communes(record: Row) -> tuple[str, ...]:
    """List the communes of today that make it; none for a drawn perimeter."""
    if record["territory_code"]:
        return tuple(member_codes(record["territory_kind"], record["territory_code"]))
    return tuple(dict.fromkeys(code_today("commune", one) for one in record["commune_codes"]))


def _area(record: Row, communes: tuple[str, ...], book: Book) -> shapely.Geometry:
    if record["territory_code"]:
        return france.geometry(record["territory_kind"], record["territory_code"])
    if record["perimeter_id"]:
        return shape_of(row_of(book, "perimeter", record["perimeter_id"])["geojson"])
    return shapely.union_all([france.geometry("commune", code) for code in communes])


def _inside(
    everyone: pd.DataFrame, record: Row, communes: tuple[str, ...], area: shapely.Geometry
) -> pd.DataFrame:
    """Keep the actors inside, with the first of ``TIES`` that holds."""
    tie = np.full(len(everyone), "", dtype=object)
    tie[among(everyone, record["actor_ids"])] = "ajoute"
    if record["territory_code"]:
        scope = f"{record['territory_kind']}:{record['territory_code']}"
        tie[(everyone["scope"] == scope).to_numpy(bool)] = "portee"
    if communes:
        home = _homes(everyone)
        tie[home.isin(communes).to_numpy(bool)] = "commune"
    elif not area.is_empty:
        tie[_within(everyone, area)] = "point"
    inside = tie != ""
    rows: pd.DataFrame = everyone[inside]
    return rows.assign(tie=tie[inside])


def _homes(everyone: pd.DataFrame) -> pd.Series:
    """Return the commune of each actor: the stated one, else the one that holds its point."""
    home = everyone["commune_code"]
    points = ((home == "") & everyone["longitude"].notna()).to_numpy(bool)
    if points.any():
        lon, lat = (everyone[name].to_numpy(np.float64)[points] for name in _AXES)
        stated = home.to_numpy(dtype=object)
        stated[points] = [code or "" for code in locate_many(lon, lat, "commune")]
        home = pd.Series(stated)
    return home


def _within(everyone: pd.DataFrame, area: shapely.Geometry) -> Any:
    lon, lat = (everyone[name].to_numpy(np.float64) for name in _AXES)
    shapely.prepare(area)
    return shapely.intersects_xy(area, np.nan_to_num(lon, nan=999.0), np.nan_to_num(lat, nan=999.0))


def joined(
    projects: pd.DataFrame,
    homes: Collection[str],
    actors: pd.DataFrame,
    alliances: pd.DataFrame,
    *,
    elsewhere: bool,
) -> list[bool]:
    """Tell which projects are of some ecosystems, or join some actors or alliances.

    ``elsewhere``: count those that join them and name another ecosystem, too.
    """
    rows = zip(
        *(projects[name] for name in ("ecosystem_id", "actor_ids", "alliance_ids")), strict=True
    )
    inside, own = {*actors.index.tolist()}, {*alliances.index.tolist()}
    return [
        home in homes
        or ((elsewhere or not home) and not (inside.isdisjoint(ids) and own.isdisjoint(pacts)))
        for home, ids, pacts in rows
    ]
