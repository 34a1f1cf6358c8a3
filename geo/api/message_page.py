"""A page that says one thing in French, and where to go: an address of nothing, a refusal."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from geo.api.font_face import font_face
from geo.api.responses import SAFE_HEADERS
from geo.output.webfiles import asset_url
from geo.templates import render

HOME: Final = (
    ("/", "Trouver un catalyseur territorial"),
    ("/carte", "La carte des catalyseurs"),
    ("/territoire", "Un territoire et ses catalyseurs"),
    ("/etre_mis_en_lien", "Être mis en lien"),
)
_STREAMLIT: Final = frozenset({"app", "auth", "component", "media", "oauth2callback", "static"})
_WORDS: Final = re.compile(r"(/[\w-]+)+/?")
"""An address that a person would type: no dot, as in the name of a file."""


def message_page(
    title: str,
    sentence: str,
    links: Sequence[tuple[str, str]] = HOME,
    *,
    status: int,
    headers: Mapping[str, str] = SAFE_HEADERS,
) -> Response:
    """Write the page; ``links``: the address and the label of each."""
    drawings = {"icon": asset_url("favicon.svg"), "logo": asset_url("logo.svg")}
    words = {"title": title, "sentence": sentence, "links": links, "face": font_face("swap")}
    text = render("message.html", **words, **drawings)
    return HTMLResponse(text, status_code=status, headers=dict(headers))


class _NoPage(Route):
    """What is no page of the app, nor of Streamlit: without it, 200 and a dialog in English."""

    def __init__(self, pages: Sequence[str]) -> None:
        super().__init__("/{rest:path}", _not_found)
        self.others = {*pages, *_STREAMLIT}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = str(scope.get("path", ""))
        first = path.split("/")[1] if "/" in path else ""
        foreign = not _WORDS.fullmatch(path) or first.startswith("_") or first in self.others
        return (Match.NONE, {}) if foreign else super().matches(scope)


def _not_found(_: Request) -> Response:
    return message_page(
        "Page introuvable",
        "Aucune page n’existe à cette adresse : vérifiez-la, ou repartez d’une de celles-ci.",
        status=404,
    )


def routes(pages: Sequence[str]) -> list[BaseRoute]:
    """List the route that catches what no page answers, to be put after all others."""
    return [_NoPage(pages)]
