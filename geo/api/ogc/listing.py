"""Features as pages: a table of them, and each alone; codes with what they mean in French."""

from typing import Any, Final

import numpy as np
import shapely
from markupsafe import Markup

from geo.api.ogc import items, pages
from geo.api.ogc.links import Link, segment
from geo.directory.schema import TEXTS
from geo.errors import UnknownItemError
from geo.french import count, number
from geo.output.collections import COLLECTIONS, CollectionContent
from geo.output.datasets.table import Column
from geo.output.html import lines
from geo.templates import render
from geo.vocabulary import label

_STEPS: Final = {"prev": "← Page précédente", "next": "Page suivante →"}


def list_page(page: items.Page, links: list[Link], api: str) -> bytes:
    """Write a page of features: a table, where it stands among the others, how to go on."""
    dataset = page.content.dataset
    rows = items.records(dataset, page.rows)
    about = items.about(dataset)
    return render(
        "api/items.html",
        title=COLLECTIONS[page.name].title,
        notice=about.get("notice", ""),
        standing=_standing(page),
        steps=_steps(links),
        heads=[column.label for column in dataset.columns],
        rows=[
            [
                _record_link(api, page.name, row[dataset.id]),
                *(_value(column, row[column.name]) for column in dataset.columns[1:]),
            ]
            for row in rows
        ],
        about=pages.members(about),
        own_links=pages.links(link for link in links if link["rel"] not in _STEPS),
    ).encode()


def _standing(page: items.Page) -> str:
    first, shown = page.query.offset, len(page.rows)
    if not shown:
        return f"{count(page.matched, 'fiche')} en tout, aucune sur cette page"
    return f"Fiches {number(first + 1)} à {number(first + shown)} sur {number(page.matched)}"


def _steps(links: list[Link]) -> list[tuple[str, str, str]]:
    urls = {link["rel"]: link["href"] for link in links}
    return [(rel, urls[rel], text) for rel, text in _STEPS.items() if rel in urls]


def _record_link(api: str, name: str, record_id: str) -> Markup:
    address = f"{api}/collections/{name}/items/{segment(record_id)}?f=html"
    return Markup('<a href="{}">{}</a>').format(address, record_id)


def _value(column: Column, value: Any) -> Markup:
    """Write a value; one drawn from a vocabulary, with its French label before its code."""
    if not column.vocabulary or not value:
        return pages.cell(value)
    codes = value if column.type == TEXTS else [value]
    return lines(_coded(column.vocabulary, code) for code in codes)


def _coded(vocabulary: str, code: str) -> Markup:
    try:
        name = label(vocabulary, code)
    except UnknownItemError:  # a record older than its vocabulary
        name = ""
    return Markup("{} {}").format(name, pages.code(code)).strip()


def item_page(collection_content: CollectionContent, row: int, links: list[Link]) -> bytes:
    """Write one feature: all it says, its box, its licence, its links."""
    dataset, shape = collection_content.dataset, collection_content.dataset.geometry[row]
    (record,) = items.records(dataset, np.array([row]))
    about = items.about(dataset, row)
    geometry_facts = {"Géométrie": "aucune"}
    if shape is not None:
        box = ", ".join(f"{degree:.5f}" for degree in shapely.bounds(shape))
        geometry_facts = {"Géométrie": f"{shape.geom_type}, ouest, sud, est, nord : {box}"}
    title = record[dataset.names[1] if "_name" in dataset.names[1] else "territory_name"]
    return render(
        "api/item.html",
        title=title,
        notice=about.get("notice", ""),
        columns=[(column.label, _whole(column, record[column.name])) for column in dataset.columns],
        about=pages.members(geometry_facts | about),
        own_links=pages.links(links),
    ).encode()


def _whole(column: Column, value: Any) -> str:
    if column.vocabulary and value:
        return _value(column, value)
    return pages.with_links(pages.text_of(value)) or "—"
