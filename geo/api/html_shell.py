"""The HTML document around the pages, in French: language, title, icon, text without scripts.

Streamlit ships one English document for every page; it is rewritten once at start-up. What a link
says where it is pasted is added for each page and territory.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import lru_cache
from html import escape
from typing import Final

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo.api import first_view, meta_tags, preloads
from geo.api.concurrency import views
from geo.api.font_face import font_face
from geo.api.framing import HEADER, policy, script_hashes
from geo.api.problem import RefusedError
from geo.api.rate_limit import check_rate, client_of
from geo.api.responses import SAFE_HEADERS, file_response
from geo.output.preview import GENERAL
from geo.output.webfiles import PAGE_SCRIPTS, PAGE_STYLES, WebFile, asset_url, web_file

_GENERAL: Final = f'<meta name="description" content="{escape(GENERAL)}" />'
_KEPT: Final = 32
_SMALL: Final = 1 << 19
"""Letters of a view that is kept; with ``_KEPT``, some 50 MB at most, whatever is asked."""
_ROOT: Final = '<div id="root">'
# Without it each page but the first asks for its own server under its own address, in vain.
_ONE_BASE: Final = '<script>window.__streamlit = {BACKEND_BASE_URL: location.origin + "/"}</script>'


def _styles() -> str:
    links = "".join(f'<link rel="stylesheet" href="{asset_url(name)}" />' for name in PAGE_STYLES)
    return links + str(font_face())


def _scripts() -> str:
    return "".join(f'<script defer src="{asset_url(name)}"></script>' for name in PAGE_SCRIPTS)


def french(document: str) -> str:
    """Rewrite Streamlit's document: language, icon, styles, scripts; no tag of a page."""
    head = f"{_GENERAL}{_styles()}</head>"
    changes = (
        (r'<html lang="en">', '<html lang="fr">'),
        # Ours before Streamlit's: what is deferred runs in the order of the document.
        (r"<head>", f"<head>{_scripts()}"),
        (r"<title>.*?</title>", ""),
        (
            r'<link rel="shortcut icon"[^>]*>',
            f'<link rel="icon" href="{asset_url("favicon.svg")}" />',
        ),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r"<!--.*?-->", ""),
        (r"<script>", f"{_ONE_BASE}<script>"),
        (r"</head>", head),
        (r"<noscript>.*?</noscript>", ""),
    )
    for pattern, text in changes:
        document = re.sub(pattern, lambda _, text=text: text, document, flags=re.DOTALL)  # type: ignore[misc]
    return document


def routes(
    document: str,
    pages: tuple[str, ...],
    scripts: Sequence[str] = (),
    frame_files: Sequence[str] = (),
) -> list[BaseRoute]:
    """Serve the French document at the address of each page.

    Parameters
    ----------
    scripts, frame_files
        What a page with a map asks for ahead, beside what ``preloads`` knows of the map.
    """
    base = preloads.scripts_last(french(document))
    inline = script_hashes(base)

    @lru_cache(maxsize=_KEPT)
    def page_file(tags: str, links: str, view: str) -> WebFile:
        whole = base.replace(_GENERAL, tags, 1).replace("</head>", f"{links}</head>", 1)
        return web_file(whole.replace(_ROOT, f"{view}{_ROOT}", 1).encode(), ".html")

    def ahead(name: str) -> Markup:
        if name not in preloads.WITH_MAP:
            return Markup()
        return preloads.link_tags(scripts, [*frame_files, *preloads.map_files()])

    def written(request: Request, name: str, *, answered: bool) -> Response:
        if answered and (address := first_view.redirection(request, name)):
            return RedirectResponse(address, status_code=303, headers=SAFE_HEADERS)
        view = first_view.first_view(request, name, answered=answered)
        write = page_file if len(view) <= _SMALL else page_file.__wrapped__
        file = write(meta_tags.tags(request, name), ahead(name), view)
        answer = file_response(request, file, named_by_content=False)
        answer.headers[HEADER] = policy(name, request.query_params.multi_items(), inline)
        return answer

    page = _in_turn(written)
    return [Route("/", page), *(Route(f"/{name}", page) for name in pages)]


def _in_turn(write: Callable[..., Response]) -> Callable[[Request], Awaitable[Response]]:
    """Write a page with its answer in its turn; without it rather than late, or not at all."""

    def attempt(request: Request, name: str) -> Response | None:
        try:
            return write(request, name, answered=True)
        except Exception:  # the live page comes all the same, and says what is wrong
            logging.getLogger(__name__).exception("A page was painted without its answer.")
            return None

    async def page(request: Request) -> Response:
        name = request.url.path.strip("/")
        found: Response | None = None
        if first_view.is_painted(request, name):
            with suppress(RefusedError):
                check_rate(request)
                await first_view.wait_for_answers(request)
                async with views.turn(client_of(request)):
                    found = await run_in_threadpool(attempt, request, name)
        if found is None:
            found = await run_in_threadpool(write, request, name, answered=False)
        return found

    return page
