"""Open a page without a browser, by its link, and read what it says."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

import pandas as pd
from lxml.html import fromstring as tree
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from geo.settings import ROOT

# A session of AppTest, unlike one of the server, looks for components in the metadata of every
# package installed, 0.2 s of CPU: what is found does not change from one to the next.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
PAGES: Final = (
    *("trouver", "carte", "territoire", "catalyseurs", "methode", "integrer"),
    *("ecosysteme", "acteurs", "alliances", "projets"),
    *("contribuer", "verifier", "doublons", "historique", "moderation", "completer"),
    *("ressources", "reperes", "couverture"),
    *("etre_mis_en_lien", "demandes"),
)
PATIENCE_S: Final = 120
_ATTRIBUTES: Final = ("value", "label", "placeholder", "help")
_TAG: Final = re.compile(r"<[^>]*>")


def opened(page: str = "trouver", **link: str | list[str]) -> AppTest:
    """Open one page in a fresh session, as a visitor who follows a link."""
    app = AppTest.from_file(ROOT / "pages" / "main.py", default_timeout=PATIENCE_S)
    if page != "trouver":
        app.switch_page(f"{page}.py")
    app.query_params = dict(link)
    return app.run()


def again(app: AppTest, page: str = "trouver") -> AppTest:
    """Open the link that a page wrote, in a fresh session."""
    return opened(page, **app.query_params)


def unfolded(app: AppTest, *folds: str) -> AppTest:
    """Open folds that are filled once they are open, by their keys."""
    for fold in folds:
        app.session_state[fold] = True
    return app.run()


def texts(app: AppTest) -> list[str]:
    """List every text of a page, and the words of its HTML."""
    return [text for node in _nodes(app._tree) for text in _said(node) if text.strip()]  # noqa: SLF001


def words(app: AppTest) -> str:
    """Return every text of a page as one, without tags or escapes."""
    return "\n".join(_TAG.sub(" ", text).replace("\\", "") for text in texts(app))


def html(app: AppTest) -> str:
    """Return the HTML that a page wrote itself."""
    nodes: Iterable[Any] = app.get("html")
    return "\n".join(str(node.value) for node in nodes)


def table(app: AppTest, nth: int = 0) -> pd.DataFrame:
    """Read a table that a visitor sorts: its words, and its numbers as numbers."""
    found = [one for one in tree(html(app)).iter("table") if one.find(".//colgroup") is not None]
    titles = found[nth].findall("./thead/tr/th")
    rows = [
        [one.get("data-ordre") if one.get("class") == "nombre" else said(one) for one in line]
        for line in found[nth].findall("./tbody/tr")
    ]
    frame = pd.DataFrame(rows, columns=[said(one) for one in titles])
    numbers = [said(one) for one in titles if one.get("class") == "nombre"]
    return frame.assign(**{name: pd.to_numeric(frame[name]) for name in numbers})


def said(one: Any) -> str:
    return str(one.text_content()).strip()


def faults(app: AppTest) -> list[str]:
    """List the exceptions and error boxes of a page."""
    return [str(node.value) for node in [*app.exception, *app.error]]


def field(app: AppTest, kind: str, label: str) -> Any:
    """Find one field by its label."""
    [found] = [one for one in getattr(app, kind) if one.label == label]
    return found


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _said(node: Any) -> Iterator[str]:
    for name in _ATTRIBUTES:
        text = getattr(node, name, None)
        if isinstance(text, str):
            yield text
