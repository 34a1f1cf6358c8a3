"""The tags by which a shared link says its title, description and image, and how to embed it.

The first byte never waits for the data: until they are loaded, links say what the page is.
"""

import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.requests import Request

from geo.api.public_url import origin_of
from geo.api.query_params import values_of
from geo.output.embedding import EMBEDDED, LOCKS, page_url
from geo.output.preview import APP, Preview, general
from geo.query.doors import SHARED
from geo.query.query import Query
from geo.templates import render

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNTS: Final = "geo.output.preview_counts"
_DIMENSIONS: Final = (("og:image:width", "1200"), ("og:image:height", "630"))


def tags(request: Request, page: str) -> str:
    """Write the tags of one page and query for the head of its document."""
    query = _named(SHARED.read(values_of(request))[0])
    preview = _preview(page, query)
    origin = origin_of(request)
    own = page_url(origin, page, query)
    values = [
        ("og:type", "website"),
        ("og:locale", "fr_FR"),
        ("og:site_name", APP),
        ("og:title", preview.title),
        ("og:description", preview.description),
    ]
    if origin:  # without a public address nothing absolute can be said
        values += [("og:url", own), ("og:image", origin + preview.image), *_DIMENSIONS]
        values += [("og:image:alt", preview.alt)]
    return render(
        "head_tags.html",
        title=f"{preview.title} · {APP}",
        properties=values,
        description=preview.description,
        canonical=own if origin else "",
        oembed=_discovery(origin, own, page, query) if origin else "",
        oembed_title=EMBEDDED.get(page, ""),
    )


def _named(found: Query) -> dict[str, str]:
    """Write again, in the order of their names, what the link names; what is wrong is left out."""
    texts = {one.name: one.texts(found[one]) for one in SHARED.parameters}
    return {name: one[0] for name, one in sorted(texts.items()) if one}


def _discovery(origin: str, own: str, page: str, query: dict[str, str]) -> str:
    """Return the address that says how to embed a view; "" when it is not embedded."""
    if page not in EMBEDDED or (LOCKS[page] and not query.get(LOCKS[page])):
        return ""
    return f"{origin}/oembed?{urlencode({'url': own, 'format': 'json'})}"


def _preview(page: str, query: dict[str, str]) -> Preview:
    # Imported last of all when the server starts: once it is there, the data are.
    find: Callable[[str, dict[str, str]], Preview] | None = getattr(
        sys.modules.get(_COUNTS), "preview", None
    )
    return find(page, query) if find and query else general(page)
