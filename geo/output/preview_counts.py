"""What a shared link says of the territory or the catalyst it names.

Counted from the directory in force, once per territory; the image is drawn by ``preview_image``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from geo.directory.directory import Directory, directory, memoise
from geo.errors import AtlasError
from geo.french import NBSP, count, number, typeset
from geo.output.caption import FICTIVE_NOTICE
from geo.output.preview import GENERAL, Preview, general
from geo.output.records import practice_labels
from geo.query import parameters as p
from geo.query.values import read_place
from geo.reference.territory import Territory, territory
from geo.vocabulary import items, label

_CACHE_SIZE: Final = 4096


@dataclass(frozen=True)
class TerritoryCounts:
    """One territory and how many catalysts stand in it, or cover it from elsewhere."""

    territory: Territory
    inside: int
    covering: int
    missing: tuple[str, ...]
    fictive: bool

    def figures(self) -> str:
        """Write the counts: « 3 catalyseurs présents »."""
        present = count(self.inside, "catalyseur présent", "catalyseurs présents")
        if not self.inside:
            present = "aucun catalyseur connu sur place"
        if not self.covering:
            return present
        more = count(self.covering, "intervient", "interviennent")
        return f"{present}, {more} depuis ailleurs sur tout le territoire"

    def image_alt(self) -> str:
        """Describe what the image of the territory shows."""
        return f"Contour du territoire {self.territory.label}{NBSP}: {self.figures()}"


def preview(page: str, query: Mapping[str, str]) -> Preview:
    """Return the words of a link; a place that is absent or wrong gets the general words."""
    for (reader_page, name), reader in _READERS.items():
        if reader_page == page and query.get(name):
            try:
                return reader(query[name])
            except AtlasError:
                return general(page)
    return general(page)


def count_territory(kind: str, code: str) -> TerritoryCounts:
    """Count the catalysts of one territory, once as long as the directory stays the same.

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    return _count_territory(directory(), kind, code)


@memoise(_CACHE_SIZE)
def _count_territory(catalysts: Directory, kind: str, code: str) -> TerritoryCounts:
    found = territory(kind, code)
    inside, covering = (
        set(catalysts.ask(question, kind=kind, code=found.code)["catalyst_id"])
        for question in ("catalysts_inside", "catalysts_covering")
    )
    present = catalysts.frame[catalysts.frame["catalyst_id"].isin(inside | covering)]
    known = {practice for practices in present["practices"] for practice in practices}
    missing = tuple(one.id for one in items("practice") if one.id not in known)
    return TerritoryCounts(found, len(inside), len(covering - inside), missing, catalysts.fictive)


def territory_preview(text: str) -> Preview:
    """Return the words of one territory, « kind:code ».

    Raises
    ------
    UnknownCodeError
        There is no such territory.
    """
    place = read_place(text, p.TERRITORY.name)
    found = count_territory(*place)
    figures = f"{found.territory.label}{NBSP}: {found.figures()}."
    missing = f" Sans acteur connu pour{NBSP}: {practice_labels(list(found.missing))}."
    return Preview(
        f"{found.territory.label}{NBSP}: {found.figures()}",
        _marked(
            f"{figures} {number(found.territory.population)} habitants, "
            f"{count(found.territory.commune_count, 'commune')}.{missing if found.missing else ''}",
            fictive=found.fictive,
        ),
        f"/apercu/{quote(place.kind)}/{quote(place.code)}.png",
        found.image_alt(),
    )


def _place(text: str) -> Preview:
    place = read_place(text, p.PLACE.name)  # a point has no name: it is refused
    found = count_territory(*place)
    return Preview(
        f"Catalyseurs les plus proches de {found.territory.label}",
        _marked(f"{found.territory.label}{NBSP}: {found.figures()}.", fictive=found.fictive),
        f"/apercu/{quote(place.kind)}/{quote(place.code)}.png",
        found.image_alt(),
    )


def _catalyst(text: str) -> Preview:
    record = directory().catalyst(text)
    town = f", {record['town']}" if record["town"] else ""
    profile = label("any_profile", record["profile"]) if record["profile"] else ""
    description = " ; ".join(
        part for part in (profile, practice_labels(record["practices"])) if part
    )
    return Preview(
        f"{record['catalyst_name']}{town}",
        _marked(f"{description or GENERAL}.", fictive=bool(record["fictive"])),
    )


def _marked(text: str, *, fictive: bool) -> str:
    return typeset(f"{FICTIVE_NOTICE} {text}" if fictive else text)


_READERS: Final[dict[tuple[str, str], Callable[[str], Preview]]] = {
    ("territoire", p.TERRITORY.name): territory_preview,
    ("", p.PLACE.name): _place,
    ("catalyseurs", p.RECORD.name): _catalyst,
}
