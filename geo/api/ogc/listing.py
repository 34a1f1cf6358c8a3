"""Features as pages: a table of them, and each alone; codes with what they mean in French."""

from html import escape
from typing import Any, Final

import numpy as np
import shapely

from geo.api.ogc import items, pages
from geo.api.ogc.links import Link, segment
from geo.directory.store.kinds import TEXTS
from geo.errors import UnknownItemError
from geo.french import count, number
from geo.output.collections import COLLECTIONS, Content
from geo.output.datasets import Column
from geo.vocabulary import label

_STEPS: Final = {"prev": "← Page précédente", "next": "Page suivante →"}


def listed(page: items.Page, links: list[Link], api: str) -> bytes:
    """Write a page of features: a table, where it stands among the others, how to go on."""
    dataset = page.content.dataset
    rows = items.records(dataset, page.rows)
    cells = [
        [
            _named(api, page.name, row[dataset.id]),
            *(_value(column, row[column.name]) for column in dataset.columns[1:]),
        ]
        for row in rows
    ]
    about = items.about(dataset)
    title = COLLECTIONS[page.name].title
    table = pages.table(_standing(page), [column.label for column in dataset.columns], cells)
    above, below = (_steps(page, links, where) for where in ("en haut", "en bas"))
    others = [one for one in links if one["rel"] not in _STEPS]
    body = f"{above}{table}{below}{pages.facts(about)}{pages.links(others)}"
    return pages.html(title, body, about.get("notice", ""))


def _standing(page: items.Page) -> str:
    first, shown = page.wanted.offset, len(page.rows)
    if not shown:
        return f"{count(page.matched, 'fiche')} en tout, aucune sur cette page"
    return f"Fiches {number(first + 1)} à {number(first + shown)} sur {number(page.matched)}"


def _steps(page: items.Page, links: list[Link], where: str) -> str:
    found = {one["rel"]: one["href"] for one in links if one["rel"] in _STEPS}
    if not found:
        return ""
    shown = "".join(
        f'<a href="{escape(found[rel])}" rel="{rel}">{said}</a>'
        for rel, said in _STEPS.items()
        if rel in found
    )
    return (
        f'<nav class="pages" aria-label="Pages de fiches, {where}">{shown}'
        f"<span>{_standing(page)}</span></nav>"
    )


def _named(api: str, name: str, record_id: str) -> str:
    address = f"{api}/collections/{name}/items/{segment(record_id)}?f=html"
    return f'<a href="{escape(address)}">{escape(record_id)}</a>'


def _value(column: Column, value: Any) -> str:
    """Write a value; one drawn from a vocabulary, with its French label before its code."""
    if not column.vocabulary or not value:
        return pages.cell(value)
    codes = value if column.type == TEXTS else [value]
    return "<br>".join(_coded(column.vocabulary, code) for code in codes)


def _coded(vocabulary: str, code: str) -> str:
    try:
        said = label(vocabulary, code)
    except UnknownItemError:  # a record older than its vocabulary
        said = ""
    return f"{escape(said)} {pages.code(code)}".strip()


def alone(held: Content, row: int, links: list[Link]) -> bytes:
    """Write one feature: all it says, its box, its licence, its links."""
    dataset, shape = held.dataset, held.dataset.geometry[row]
    (said,) = items.records(dataset, np.array([row]))
    about = items.about(dataset, row)
    told = "".join(
        f"<dt>{escape(column.label)}</dt><dd>{_whole(column, said[column.name])}</dd>"
        for column in dataset.columns
    )
    drawn = {"Géométrie": "aucune"}
    if shape is not None:
        box = ", ".join(f"{one:.5f}" for one in shapely.bounds(shape))
        drawn = {"Géométrie": f"{shape.geom_type}, ouest, sud, est, nord : {box}"}
    title = said[dataset.names[1] if "_name" in dataset.names[1] else "territory_name"]
    body = f"<dl>{told}</dl>{pages.facts(drawn | about)}{pages.links(links)}"
    return pages.html(str(title), body, about.get("notice", ""))


def _whole(column: Column, value: Any) -> str:
    if column.vocabulary and value:
        return _value(column, value)
    return pages.linked(pages.text_of(value)) or "—"
