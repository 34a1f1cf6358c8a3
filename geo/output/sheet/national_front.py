"""The first page of the national report: a map, three figures, what they say in words."""

from collections.abc import Iterable
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.analysis.coverage import Coverage
from geo.analysis.report import National, without_catalyst
from geo.french import NBSP, count, number
from geo.output.maps.places import HEXAGONE
from geo.output.maps.symbols import mark_labels, mark_of
from geo.output.sheet.blocks import Block, Front, Grid, Heading, Listing, Picture, Sign, Text
from geo.output.sheet.drawing import LAND, PRESENT, mark, sign
from geo.output.svg_maps import shapes
from geo.output.svg_maps.view import View, view_of
from geo.palette import colour
from geo.reference import france
from geo.vocabulary import label, vocabularies

_WIDTH, _HEIGHT, _MARGIN = 1000.0, 960.0, 12.0
_MARK: Final = 0.8  # of a mark's own 32 units
_FEW: Final = 3
_BAR: Final = 460.0
_LINE: Final = 28.0


def front(report: National) -> Iterable[Block]:
    """Write what is to be read first."""
    found = Heading("Ce que disent les chiffres"), Listing(tuple(findings(report)))
    beside = (_figures(report), Text(_partial(report), "note"), *found)
    yield Front(_picture(report), beside)
    yield Heading("Par région")
    yield _chart(report.kinds[0])


def _figures(report: National) -> Grid:
    far = mean_distance(report.kinds[0])
    rows = (
        ("Catalyseurs relevés", number(len(report.catalysts))),
        ("Régions où l’un d’eux se trouve", _of(report.kinds[0])),
        ("Distance moyenne d’un habitant au plus proche, outre-mer à part", _km(far)),
    )
    return Grid("Trois chiffres", ("Chiffre", "Valeur"), rows, (3, 2), (1,))


def _of(coverage: Coverage) -> str:
    return (
        f"{number(len(coverage.frame) - len(without_catalyst(coverage)))} sur "
        f"{number(len(coverage.frame))}"
    )


def _km(kilometres: float | None) -> str:
    return "non disponible" if kilometres is None else f"{number(kilometres)}{NBSP}km"


def mean_distance(coverage: Coverage) -> float | None:
    """Return the average distance of an inhabitant (kilometres) of the regions of Europe.

    Overseas an ocean lies between, which would tell nothing of the others.
    """
    known = _in_europe(coverage)
    people = known["population"].sum()
    if not people:
        return None
    return float(np.average(known["distance_km"], weights=known["population"]))


def _in_europe(coverage: Coverage) -> pd.DataFrame:
    known = coverage.frame.dropna(subset=["distance_km"])
    return known[known.index.isin(france.regions_of_europe())]


def _partial(report: National) -> str:
    unplaced = len(report.catalysts) - report.placed_count
    return (
        f"Sur la carte : {count(report.placed_count, 'catalyseur')} ; {number(unplaced)} sans "
        "point. Un territoire sans catalyseur ici peut en avoir un que les textes publics ne "
        "disent pas."
    )


def findings(report: National) -> list[str]:
    """Describe in five sentences what the tables show; nothing that they do not."""
    regions, communes = report.kinds[0], report.kinds[1]
    found = [
        _most(regions),
        _far_apart(regions),
        _empty(communes),
        _practices(report),
        _missing(report),
    ]
    return [one for one in found if one]


def _most(coverage: Coverage) -> str:
    first = coverage.frame.nlargest(_FEW, "catalyst_count")
    first = first[first["catalyst_count"] > 0]
    if first.empty:
        return ""
    named = [f"{name} ({number(n)})" for name, n in _pairs(first, "catalyst_count")]
    return f"Les régions qui en comptent le plus : {', '.join(named)}."


def _far_apart(coverage: Coverage) -> str:
    known = _in_europe(coverage)
    if len(known) < 2:  # noqa: PLR2004 - nothing to compare
        return ""
    (near, near_km), (far, far_km) = (
        _pairs(known.nsmallest(1, "distance_km"), "distance_km")[0],
        _pairs(known.nlargest(1, "distance_km"), "distance_km")[0],
    )
    return (
        f"Un habitant en est le plus près en {near} ({_km(near_km)} en moyenne), le plus loin : "
        f"{far} ({_km(far_km)})."
    )


def _pairs(frame: pd.DataFrame, column: str) -> list[tuple[str, Any]]:
    return list(zip(frame["territory_name"].tolist(), frame[column].tolist(), strict=True))


def _empty(coverage: Coverage) -> str:
    without = without_catalyst(coverage)
    kind = label("territory_kind", coverage.kind).lower()
    return (
        f"{count(len(without), kind)} sur {number(len(coverage.frame))} n’en ont aucun de connu "
        f"sur place, soit {number(int(without['population'].sum()))} habitants."
    )


def _practices(report: National) -> str:
    known = {code: report.by_practice[code] for code in vocabularies()["practice"].ids()}
    most, least = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    return (
        f"Pratique la plus souvent connue : {label('practice', most)} ({number(known[most])}) ; la "
        f"moins souvent : {label('practice', least)} ({number(known[least])})."
    )


def _missing(report: National) -> str:
    regions = report.kinds[0].frame
    every = [name for name, codes in _pairs(regions, "missing_practices") if not codes]
    if not every:
        return (
            "Aucune région n’a, sur place, un catalyseur connu pour chacune des quatre pratiques."
        )
    return f"Les quatre pratiques ont un catalyseur connu sur place en {', '.join(every)}."


def _picture(report: National) -> Picture:
    view = view_of(HEXAGONE, _WIDTH, _HEIGHT, _MARGIN)
    placed = report.catalysts[report.catalysts["longitude"].notna()]
    west, south, east, north = view.bounds()
    inside = placed["longitude"].between(west, east) & placed["latitude"].between(south, north)
    shown, away = placed[inside], int((~inside).sum())
    more = f" {count(away, 'autre')} outre-mer, hors du dessin." if away else ""
    present = {mark_of(codes) for codes in shown["practices"]}
    return Picture(
        _svg(shown, view),
        f"Carte de France hexagonale, nord en haut : {count(len(shown), 'catalyseur')}.",
        tuple(_sign(one, label) for one, label in mark_labels().items() if one in present),
        f"Un signe par catalyseur, à sa commune.{more}",
    )


def _sign(code: str, label: str) -> Sign:
    codes = {"several": [*vocabularies()["practice"].ids()][:2], "unknown": []}.get(code, [code])
    return Sign(sign(codes, PRESENT), label)


def _svg(rows: pd.DataFrame, view: View) -> str:
    half = 16 * _MARK
    spots = shapes.spots_of(rows, view).tolist()
    symbols = "".join(
        f"<g transform='translate({x - half:.0f} {y - half:.0f}) scale({_MARK})'>"
        f"{mark(codes, PRESENT)}</g>"
        for (x, y), codes in zip(spots, rows["practices"], strict=True)
    )
    land = shapes.land(view).replace(colour("cream"), LAND).replace(colour("coast"), "#000")
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH:g} {_HEIGHT:g}'>"
        f"<rect width='{_WIDTH:g}' height='{_HEIGHT:g}' fill='#fff'/>{land}{symbols}</svg>"
    )


def _chart(coverage: Coverage) -> Picture:
    """Draw the catalysts of each region as bars, most first, each with its number."""
    ordered = coverage.frame.sort_values(["catalyst_count", "population"], ascending=[False, False])
    most = max(int(ordered["catalyst_count"].max()), 1)
    bars = "".join(_bar(row, index, most) for index, row in enumerate(ordered.to_dict("records")))
    high = len(ordered) * _LINE + 10
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH:g} {high:g}'>"
        f"<rect width='{_WIDTH:g}' height='{high:g}' fill='#fff'/>{bars}</svg>"
    )
    values = ", ".join(f"{name} {number(n)}" for name, n in _pairs(ordered, "catalyst_count"))
    return Picture(svg, f"Catalyseurs par région : {values}.", (), _counting_note(coverage))


def _bar(row: dict[object, object], index: int, most: int) -> str:
    quantity, y = int(str(row["catalyst_count"])), index * _LINE + 8
    long = _BAR * quantity / most
    font = "font-family='Libertinus Serif,Liberation Serif,Georgia,serif' font-size='20'"
    return (
        f"<text x='440' y='{y + 17:g}' text-anchor='end' {font}>"
        f"{escape(str(row['territory_name']))}</text>"
        f"<rect x='452' y='{y:g}' width='{long:.0f}' height='20' fill='#000'/>"
        f"<text x='{460 + long:.0f}' y='{y + 17:g}' {font}>{quantity}</text>"
    )


def _counting_note(coverage: Coverage) -> str:
    return (
        f"Catalyseurs connus sur place. {number(coverage.unplaced_count)} ne sont comptés dans "
        "aucune région : leur lieu n’est pas connu assez précisément, ou ils interviennent partout."
    )
