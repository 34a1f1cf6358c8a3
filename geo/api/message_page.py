"""A page that says one thing in French, and where to go: an address of nothing, a refusal."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
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
_STREAMLIT: Final = re.compile(r"/(?:_stcore|auth|component|media)/.*|/oauth2callback", re.DOTALL)


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
    """What is no page of the app, nor of Streamlit: without it, 200 and a dialog in English.

    An image, a script or « /.env » that is not there is no page either: whoever asks for it must
    not take our document for it.
    """

    def __init__(self, pages: Sequence[str], files: Iterable[str]) -> None:
        super().__init__("/{rest:path}", _not_found)
        others = ["", *pages, *(f"{page}/" for page in pages), *files]
        self.others = {f"/{one}" for one in others}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = str(scope.get("path", ""))
        foreign = _STREAMLIT.fullmatch(path) or path in self.others
        return (Match.NONE, {}) if foreign else super().matches(scope)


def _not_found(_: Request) -> Response:
    return message_page(
        "Page introuvable",
        "Aucune page n’existe à cette adresse : vérifiez-la, ou repartez d’une de celles-ci.",
        status=404,
    )


def routes(pages: Sequence[str], folder: Path) -> list[BaseRoute]:
    """List the route that catches what no page answers, to be put after all others.

    ``folder``: of the files that Streamlit answers, links included.
    """
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return [_NoPage(pages, files)]
