"""The page that the server paints before Streamlit is there: public, and never waited for."""

import asyncio
import sys
from contextlib import suppress
from types import ModuleType
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request

from geo.api.public_url import origin_of
from geo.api.query_params import values_of
from geo.output.embedding import EMBEDDED, is_embedded, page_url
from geo.output.first.document import (
    MENU,
    NO_PARAMETERS,
    NOTHING,
    SEARCHED,
    WAITED,
    kept_by_form,
    paint,
)
from geo.output.first.last_answer import last_answer
from geo.query.doors import OPENED, PAGES, TYPED
from geo.query.parameters import EMBED, LOOKED_FOR
from geo.query.query import Query
from geo.templates import render

_ANSWERS: Final = "geo.output.first.answers"
_PATIENCE_S: Final = 5.0
_LOOK_S: Final = 0.02


def first_view(request: Request, page: str, *, answered: bool = True) -> Markup:
    """Paint a page; "" for those that only some may read, a way out for views in a frame.

    ``answered``: with its answer, once the data are there; else its words and its search only.
    """
    parameters = request.query_params.multi_items()
    if is_embedded(page, parameters):
        own = {name: request.query_params.getlist(name) for name, _ in parameters}
        address = page_url("", page, {one: own[one] for one in own if one.lower() != EMBED.name})
        return render("first/embedded.html", title=EMBEDDED[page], address=address)
    if not is_painted(request, page):
        return Markup("")
    query, typed = _query(request, page), _typed(request) or ""
    answers = _answers() if answered else None
    if answers is None:
        early = None if page or request.query_params else last_answer()
        return paint(page, query, typed, early or WAITED if answered else NOTHING)
    found = answers.answer(page, query, origin_of(request))
    if typed and page in SEARCHED:
        found = answers.with_places(found, page, typed)
    scripted = _prefers_to_wait(request)
    return paint(page, query, found.typed or typed, found, without_scripts=not scripted)


def is_painted(request: Request, page: str) -> bool:
    """Tell a page that anybody reads, whole: not in the frame of another site."""
    return page in MENU and EMBED.name not in request.query_params


async def wait_for_answers(request: Request) -> None:
    """Wait some seconds for the data where the request prefers to (RFC 7240, ``Prefer: wait``)."""
    if not _prefers_to_wait(request):
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            while _answers() is None:  # noqa: ASYNC110 - a thread imports them: no event of here
                await asyncio.sleep(_LOOK_S)


def _prefers_to_wait(request: Request) -> bool:
    """Tell the request of a painted page's own script: no scripts, no such preference."""
    return request.headers.get("prefer", "").startswith("wait")


def redirection(request: Request, page: str) -> str:
    """Return the address of the place that was typed in the search; "" where it is this one."""
    answers, typed, name = _answers(), _typed(request), SEARCHED.get(page, "")
    if answers is None or typed is None or not name or not is_painted(request, page):
        return ""
    now = request.query_params.get(name, "")
    found = answers.found_places(page, typed)
    place = found[0][0] if found else ""
    if place == now or (typed and not found):
        return ""
    remaining = [one for one in kept_by_form(page, _query(request, page)) if one[0] != name]
    where = [(name, place), (LOOKED_FOR.name, typed)] if place else []
    text = urlencode([*where, *remaining], safe=":")
    return f"/{page}{'?' if text else ''}{text}"


def _answers() -> ModuleType | None:
    """Return what answers once the data are there: it is imported last when the server starts."""
    module = sys.modules.get(_ANSWERS)
    return module if getattr(module, "READY", False) else None


def _query(request: Request, page: str) -> Query:
    raw_values = values_of(request)
    own, _ = PAGES.get(page or "trouver", NO_PARAMETERS).read(raw_values)
    opened, _ = OPENED.read(raw_values)
    return Query({**opened.values, **own.values})


def _typed(request: Request) -> str | None:
    """Return what was typed in the search, None where it was not sent."""
    if LOOKED_FOR.name not in request.query_params:
        return None
    return TYPED.read(values_of(request))[0][LOOKED_FOR].strip()
