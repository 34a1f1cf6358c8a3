"""What a first visitor waits for: what a first page imports, and when its map leaves."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from geo.query.parameters import RADIUS
from geo.settings import ROOT
from pages.components import filters
from pages.components import map as maps
from tests.pages.seen import opened, unfolded

_LATER: Final = (
    *("geopandas", "pyogrio", "igraph", "networkx", "python_calamine", "xlsxwriter", "typst"),
    *("geo.directory.importing", "geo.analysis.past", "geo.output.datasets", "geo.output.sheet"),
)
_UNFOLDED: Final = (
    *("geopandas", "pyogrio", "igraph", "networkx", "python_calamine", "xlsxwriter", "typst"),
    *("geo.directory.importing.plan", "geo.output.datasets.changes", "geo.output.datasets.network"),
)
_RUN: Final = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file(sys.argv[1], default_timeout=120).run()
for page in sys.argv[2:]:
    app.switch_page(page).run()
assert not app.exception and not app.error
print(*sys.modules, sep="\\n")
"""


def _imported(tmp_path: Path, *pages: str) -> list[str]:
    """Name what a process imports to show the first page, then others."""
    said = subprocess.run(
        [sys.executable, "-c", _RUN, str(ROOT / "pages" / "main.py"), *pages],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CATALYSE_STORE": str(tmp_path / "base")},
        capture_output=True,
        text=True,
        check=True,
    )
    return said.stdout.split()


def test_a_first_run_imports_nothing_that_another_page_is_for(tmp_path: Path) -> None:
    said = _imported(tmp_path)
    assert "streamlit_folium" in said
    assert [name for name in _LATER if name in said] == []


def test_public_pages_import_no_reader_of_files_and_draw_no_graph(tmp_path: Path) -> None:
    pages = ("carte", "territoire", "catalyseurs", "acteurs", "couverture")
    said = _imported(tmp_path, *(f"{page}.py" for page in pages))
    assert "geo.analysis.coverage" in said
    assert [name for name in _UNFOLDED if name in said] == []


@pytest.mark.parametrize("link", [{}, {"lieu": "commune:63113", "rayon": "25"}])
def test_the_map_leaves_before_the_drawer_of_filters(
    link: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def noting(real: Callable[..., Any], *args: Any, **more: Any) -> Any:
        order.append(real.__name__)
        return real(*args, **more)

    for module, name in ((maps, "show_map"), (filters, "drawer")):
        monkeypatch.setattr(module, name, partial(noting, getattr(module, name)))
    opened(**link)
    assert order == ["show_map", "drawer"]


def test_what_is_folded_comes_once_it_is_open() -> None:
    app = opened(lieu="commune:63113", rayon="25", pratique="accompagnements")
    assert not app.get("button_group")
    assert [one.label for one in app.selectbox] == ["Télécharger ces catalyseurs"]
    unfolded(app, "filtres", "image_trouver")
    assert [one.value for one in app.get("button_group") if one.value] == [["accompagnements"]]
    assert {one.label: one.value for one in app.selectbox}[RADIUS.label] == "25"
    assert "Taille" in [one.label for one in app.selectbox]
