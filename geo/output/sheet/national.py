"""The national report: every région, département and CRTE side by side."""

from collections.abc import Iterable
from itertools import pairwise
from math import inf
from typing import Any, Final

import pandas as pd

from geo.analysis.coverage import Coverage
from geo.analysis.proximity.proximity import STEPS_KM
from geo.analysis.report import National, without_catalyst
from geo.dates import in_words
from geo.directory.directory import Directory
from geo.french import NBSP, count, number
from geo.output.caption import FICTIVE_NOTICE, caption
from geo.output.sheet.blocks import Block, Document, Grid, Heading, Listing, Text
from geo.output.sheet.national_front import front
from geo.output.sheet.next_places import next_places_blocks
from geo.output.sheet.origin import origin_blocks
from geo.reference.gazetteer.spelling import fold
from geo.vocabulary import label, plural, vocabularies

_TITLE: Final = "Couverture du pays par les catalyseurs territoriaux"
_HEADER: Final = (
    *("Territoire", "Population", "Catalyseurs", "Pour 100\u202f000 hab."),
    *("Distance moyenne", "Pratiques sans catalyseur"),
)
_FIGURES: Final = (2, 2.2, 1.8, 1.8)
_LONG: Final = 20  # letters
_WHOLE: Final = 20  # territories: more, and a line goes to those that have something to tell
_NAMED: Final = 40
_FIRST: Final = 6
_MISSING: Final = "—"
_FAR_KM: Final = 100


def national_document(directory: Directory, report: National) -> Document:
    """Build the report of the whole country."""
    about = caption(directory, report.selection, _TITLE)
    alert = [Text(FICTIVE_NOTICE, "alert")] if about.fictive else []
    return Document(
        title=_TITLE,
        about="Catalyseurs par région, département et CRTE.",
        subtitle=f"France entière, outre-mer compris ; catalyseurs : {about.filters}",
        mark="Données fictives" if about.fictive else "",
        foot=f"{_TITLE} — Catalyse, {in_words(about.date)}",
        date=about.date,
        blocks=(
            *alert,
            *front(report),
            *next_places_blocks(report.reach, report.places),
            *_totals(report),
            *_kinds(report),
            *origin_blocks(about, report.catalysts),
        ),
    )


def _totals(report: National) -> list[Block]:
    total = len(report.catalysts)
    sentence = (
        f"{count(total, 'catalyseur')}, dont {number(report.placed_count)} avec un point sur la "
        f"carte et {number(total - report.placed_count)} sans point."
    )
    practices = [(label("practice", code), number(n)) for code, n in report.by_practice.items()]
    kinds = [_kind_total(kind) for kind in report.kinds]
    header = ("Maille", "Territoires", "Sans catalyseur", "Comptés", "Comptés nulle part")
    return [
        Heading("Annexe : les totaux"),
        Text(sentence),
        Grid("Totaux par maille", header, tuple(kinds), (3, 2, 2, 2, 3), (1, 2, 3, 4)),
        Text(
            "Un catalyseur compte dans les territoires où il se trouve. Connu à l’échelle d’un "
            "département ou d’une région seulement, il n’est compté dans aucun territoire plus "
            "petit ; des CRTE se chevauchent, un catalyseur peut compter dans deux.",
            "note",
        ),
        Grid(
            "Catalyseurs par pratique",
            ("Pratique", "Catalyseurs"),
            tuple(practices),
            (0, 0),
            (1,),
        ),
        Text("Un catalyseur qui a plusieurs pratiques compte dans chacune.", "note"),
    ]


def _kind_total(coverage: Coverage) -> tuple[str, ...]:
    return (
        label("territory_kind", coverage.kind),
        number(len(coverage.frame)),
        number(len(without_catalyst(coverage))),
        number(coverage.selected_count - coverage.unplaced_count),
        number(coverage.unplaced_count),
    )


def _kinds(report: National) -> Iterable[Block]:
    for kind in report.kinds:
        name = plural(kind.kind)
        yield Heading(f"{name[0].upper()}{name[1:]} ({number(len(kind.frame))})")
        if kind.kind == report.kinds[0].kind:
            yield Text(
                "Distance moyenne : d’un habitant, au point de sa commune, au catalyseur placé "
                "le plus proche. Tri : du moins au plus de catalyseurs par habitant.",
                "note",
            )
        yield from _territories(kind, name)


def _territories(coverage: Coverage, name: str) -> Iterable[Block]:
    """List a few territories whole; of many, a line to those that have something to tell."""
    if len(coverage.frame) <= _WHOLE:
        yield _table(coverage.frame, name)
        return
    present = coverage.frame[coverage.frame["catalyst_count"] > 0]
    if len(present):
        yield _table(present, name)
    empty = without_catalyst(coverage)
    if len(empty):
        yield Text(
            f"{count(len(empty), 'territoire')} sur {number(len(coverage.frame))} sans catalyseur "
            "connu sur place, selon les filtres du rapport. Les voici par leur distance moyenne."
        )
        bands = {title: rows for title, rows in _by_distance(empty) if len(rows)}
        yield Listing(
            tuple(f"{title} ({number(len(one))}){_names(one)}" for title, one in bands.items())
        )
        if max(map(len, bands.values())) > _NAMED:
            yield Text("La page Couverture les donne un à un, à l’écran et en tableau.", "note")


def _by_distance(empty: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """Part territories by how far their inhabitants are, the nearest first, each one once."""
    far = empty["distance_km"]
    known = [far.ge(low) & far.lt(high) for low, high in pairwise((0, *STEPS_KM, inf))]
    for title, within in zip(_bands(), (*known, far.isna()), strict=True):
        yield title, empty[within]


def _names(rows: pd.DataFrame) -> str:
    """Name all of a few territories, as in a dictionary; of many, the most populous first."""
    names = [str(name) for name in rows["territory_name"].array]
    if len(names) > _NAMED:
        return f", dont les plus peuplés : {', '.join(names[:_FIRST])}."
    return f" : {', '.join(sorted(names, key=fold))}."


def _bands() -> list[str]:
    first, *_, last = STEPS_KM
    between = [f"De {low} à {high}{NBSP}km" for low, high in pairwise(STEPS_KM)]
    ends = f"À moins de {first}{NBSP}km", f"À {last}{NBSP}km ou plus"
    return [ends[0], *between, ends[1], "Distance non disponible"]


def _table(frame: pd.DataFrame, name: str) -> Grid:
    ordered = frame.sort_values(["per_100k", "population"], ascending=[True, False], kind="stable")
    rows = tuple(_row(row) for row in ordered.to_dict("records"))
    long = ordered["territory_name"].str.len().mean() > _LONG
    widths = (6.4, *_FIGURES, 8) if long else (4.4, *_FIGURES, 10)
    return Grid(f"Couverture par {name}", _HEADER, rows, widths, (1, 2, 3, 4))


def _row(row: dict[Any, Any]) -> tuple[str, ...]:
    far = row["distance_km"]
    return (
        str(row["territory_name"]),
        number(row["population"]),
        number(row["catalyst_count"]),
        _MISSING if pd.isna(row["per_100k"]) else number(row["per_100k"], 2),
        _MISSING if pd.isna(far) else _far(far),
        _practices(row["missing_practices"]),
    )


def _far(kilometres: float) -> str:
    return f"{number(kilometres, 1 if kilometres < _FAR_KM else 0)}{NBSP}km"


def _practices(missing: list[str]) -> str:
    if not missing:
        return "aucune"
    if len(missing) == len(vocabularies()["practice"].ids()):
        return "toutes"
    return ", ".join(label("practice", code) for code in missing)
