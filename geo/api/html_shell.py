"""The HTML document around the pages, in French: language, title, icon, text without scripts.

Streamlit ships one English document for every page; it is rewritten once at start-up. What a link
says where it is pasted is added for each page and territory.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.api import meta_tags, preloads
from geo.api.framing import HEADER, policy
from geo.api.responses import file_response
from geo.output.preview import GENERAL, SITE
from geo.output.webfiles import WebFile, asset_url, web_file

_GENERAL: Final = f'<meta name="description" content="{escape(GENERAL)}" />'
_WITHOUT_SCRIPTS: Final = (
    "<p>Cette carte a besoin de JavaScript. Sans lui, les mêmes réponses s’obtiennent avec la "
    "commande <code>catalyse</code>.</p>"
)
# Without it each page but the first asks for its own server under its own address, in vain.
_ONE_BASE: Final = '<script>window.__streamlit = {BACKEND_BASE_URL: location.origin + "/"}</script>'


def french(document: str) -> str:
    """Rewrite Streamlit's document: language, title, description, icon, style and script."""
    head = (
        f'{_GENERAL}<link rel="stylesheet" href="{asset_url("page.css")}" />'
        f'<script defer src="{asset_url("page.js")}"></script></head>'
    )
    changes = (
        (r'<html lang="en">', '<html lang="fr">'),
        (r"<title>.*?</title>", f"<title>{escape(SITE)}</title>"),
        (
            r'<link rel="shortcut icon"[^>]*>',
            f'<link rel="icon" href="{asset_url("favicon.svg")}" />',
        ),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r"<!--.*?-->", ""),
        (r"<script>", f"{_ONE_BASE}<script>"),
        (r"</head>", head),
        (r"<noscript>.*?</noscript>", f"<noscript>{_WITHOUT_SCRIPTS}</noscript>"),
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

    @lru_cache(maxsize=512)
    def said(tags: str, links: str) -> WebFile:
        whole = base.replace(_GENERAL, tags, 1).replace("</head>", f"{links}</head>", 1)
        return web_file(whole.encode(), ".html")

    def ahead(name: str) -> Markup:
        if name not in preloads.WITH_MAP:
            return Markup()
        return preloads.link_tags(scripts, [*frame_files, *preloads.map_files()])

    def page(request: Request) -> Response:
        name = request.url.path.strip("/")
        document = said(meta_tags.tags(request, name), ahead(name))
        answer = file_response(request, document, named_by_content=False)
        answer.headers[HEADER] = policy(name, request.query_params.multi_items())
        return answer

    return [Route("/", page), *(Route(f"/{name}", page) for name in pages)]
