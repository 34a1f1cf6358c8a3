"""What the store's public records say of one territory, beside its catalysts."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.analysis.ecosystem import ecosystem, joined
from geo.analysis.locate import locate_many
from geo.directory.ecosystems import Book, frame_of, visible_rows
from geo.directory.ecosystems.rows import where
from geo.directory.reading import readable_book
from geo.directory.store.store import Store
from geo.errors import UnknownCodeError
from geo.reference import france
from geo.reference.territory import Territory, territory

_ID: Final = "territoire-imprime"


@dataclass(frozen=True)
class Local:
    """Public actors that stand in a territory, and what joins them.

    ``actors``: by their commune, their point, or a declared scope that is this territory;
    ``alliances``: with a member among them; ``projects``: with an actor or an alliance among
    them, or of an ecosystem of this very territory. ``everyone``: every public actor, to name
    those outside.
    """

    everyone: pd.DataFrame
    actors: pd.DataFrame
    alliances: pd.DataFrame
    projects: pd.DataFrame

    @property
    def fictive(self) -> bool:
        """Return whether any record told here is made up."""
        frames = (self.actors, self.alliances, self.projects)
        return any(bool(one["fictive"].any()) for one in frames)


def public_book(store: Store) -> Book:
    """Read what anybody may see; an actor known by its point only gets its commune, once."""
    book = readable_book(store)
    actors = book["actor"]
    lost = actors[(actors["commune_code"] == "") & actors["longitude"].notna()]
    if lost.empty:
        return book
    lon, lat = (lost[name].to_numpy(np.float64) for name in ("longitude", "latitude"))
    found = pd.Series([code or "" for code in locate_many(lon, lat, "commune")], lost.index)
    return {
        **book,
        "actor": actors.assign(
            commune_code=actors["commune_code"].mask(
                actors.index.isin(lost.index), found.reindex(actors.index)
            )
        ),
    }


def local(found: Territory, book: Book) -> Local:
    """Gather the public records tied to one territory."""
    record = {"ecosystem_id": _ID, "territory_kind": found.kind, "territory_code": found.code}
    seen = ecosystem(_ID, {**book, "ecosystem": frame_of("ecosystem", [record])})
    homes = own_ecosystems(found, visible_rows(book["ecosystem"]))
    public = visible_rows(book["project"])
    mask = joined(public, homes, seen.actors, seen.alliances, elsewhere=True)
    return Local(seen.everyone, seen.actors, seen.alliances, where(public, mask))


def own_ecosystems(found: Territory, ecosystems: pd.DataFrame) -> frozenset[str]:
    """Return the ids of the ecosystems that lie in this very territory."""
    same = (ecosystems["territory_kind"] == found.kind) & (
        ecosystems["territory_code"] == found.code
    )
    return frozenset(ecosystems.index[same])


def region_members(region_code: str, kind: str) -> list[Territory]:
    """List the territories of a kind with at least one commune in a région, by code.

    Raises
    ------
    UnknownCodeError
        No such région, or no territory of that kind is in it.
    """
    region = territory("region", region_code)
    communes = france.members()["region", region_code]
    if kind == "commune":
        return [territory(kind, code) for code in sorted(communes)]
    pairs = france.membership()
    inside = pairs[(pairs["territory_kind"] == kind) & pairs["commune_code"].isin(communes)]
    codes = sorted(set(inside["territory_code"]))
    if not codes:
        raise UnknownCodeError(
            f"Aucun territoire de type « {kind[:40]} » dans la région {region.name}. "
            "Choisissez un autre type."
        )
    return [territory(kind, code) for code in codes]


def share_inside(found: Territory, region_code: str) -> int:
    """Count the communes of a territory that are in a région."""
    inside = set(france.members()["region", region_code])
    if found.kind == "commune":
        return int(found.code in inside)
    return sum(code in inside for code in france.members()[found.kind, found.code])
