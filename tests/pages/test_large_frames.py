"""A visit never makes pandas' table of hashes of every actor: of a million it weighs 100 MB."""

import pandas as pd
import pytest

from geo.directory.directory import directory
from geo.directory.published import published
from geo.directory.store.open import open_store
from tests.pages import seen

_PUBLIC = (
    ("trouver", {"lieu": "commune:94018"}),
    ("carte", {"contours": "departement", "indicateur": "densite"}),
    ("territoire", {"territoire": "epci:200054781"}),
    ("catalyseurs", {}),
    ("acteurs", {}),
    ("ecosysteme", {"ecosysteme": "reseau"}),
    ("alliances", {}),
    ("projets", {}),
    ("couverture", {}),
    ("ressources", {}),
    ("reperes", {}),
    ("methode", {}),
)


def _large_frames() -> dict[str, pd.DataFrame]:
    store = open_store()
    return {
        "actors": store.read("actor"),
        "published actors": published(store, "actor"),
        "catalysts": directory().frame,
    }


@pytest.mark.parametrize(("page", "link"), _PUBLIC)
def test_a_page_looks_nobody_up_by_hashing_everybody(page: str, link: dict[str, str]) -> None:
    for frame in _large_frames().values():
        frame.index._cache.pop("_engine", None)  # noqa: SLF001 - where pandas keeps it
    assert seen.faults(seen.opened(page, **link)) == []
    hashed = [name for name, frame in _large_frames().items() if "_engine" in frame.index._cache]  # noqa: SLF001
    assert hashed == []
