"""Exports to write and read back: the drawn book, names that would break a careless writer."""

import subprocess
from dataclasses import replace
from typing import Any

import pandas as pd

from geo.output.caption import Caption
from geo.output.datasets import areas, records
from geo.output.exports import FORMATS, GRAPHS
from geo.output.exports.model import Export
from tests.directory.ecosystems.drawn import ACTORS, drawn_book

HOSTILE = [
    '=cmd|" /C calc"!A0',
    "</script><script>alert(1)</script>",
    '<b>gras</b> & « L\'Œuvre » "citée"',
    "deux\nlignes ; et un point-virgule",
    "emoji 🧑‍🤝‍🧑 et عربي \u202eà l’envers",
]
ALL_FORMS = tuple(form for form in FORMATS if form not in GRAPHS)


def drawn_export(*, fictive: bool = False, **actors: Any) -> Export:
    """Return all the layers of the drawn book; ``actors`` are columns to replace."""
    book = drawn_book()
    table = book["actor"].assign(fictive=fictive, **actors)
    layers = (
        records.actors(table.assign(tie="commune")),
        records.alliances(book["alliance"], table),
        records.links(book["alliance"], table),
        records.projects(book["project"], table),
        replace(areas.one_territory("ept", "200057941")),
    )
    about = Caption("Acteurs d’ici", "profil : tous", fictive, "essai", subject="actors")
    return Export(layers, about, "acteurs")


def hostile_export() -> Export:
    return drawn_export(fictive=True, actor_name=HOSTILE)


def lost_codes_export() -> Export:
    """Return actors whose codes the vocabularies no longer hold."""
    return drawn_export(profile="martien", practices=[["danse"]] * len(IDS), object_kind="ovni")


def empty_export() -> Export:
    """Return the same layers without a row, the perimeter aside."""
    book = drawn_book(actor=[], alliance=[], project=[])
    table = book["actor"]
    layers = (
        records.actors(table.assign(tie=pd.Series(dtype=object))),
        records.alliances(book["alliance"], table),
        records.links(book["alliance"], table),
        records.projects(book["project"], table),
    )
    about = Caption("Rien", "sans filtre", False, "essai", subject="actors")  # noqa: FBT003
    return Export(layers, about, "acteurs")


def unplaced_export() -> Export:
    nowhere = float("nan")
    return drawn_export(longitude=nowhere, latitude=nowhere)


def about(subject: int) -> Export:
    """Return the drawn export with another of its layers as its subject."""
    found = drawn_export()
    main = found.datasets[subject]
    return Export((main,), replace(found.caption, subject=main.subject), main.subject)


def ogrinfo(*words: str) -> str:
    """Ask GDAL's own command; it exits otherwise than 0 on a file it cannot read."""
    done = subprocess.run(["ogrinfo", *words], capture_output=True, check=True, text=True)
    assert "ERROR" not in done.stderr
    return done.stdout


IDS = [one["actor_id"] for one in ACTORS]
