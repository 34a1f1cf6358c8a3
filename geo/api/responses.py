"""How a file kept in memory is sent: compressed when the browser takes it, cached by its digest."""

import re
from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.errors import AtlasError
from geo.output.webfiles import WebFile

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"
SAFE_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def file_response(request: Request, file: WebFile, *, named_by_content: bool) -> Response:
    """Answer with a file, or with 304 when the browser already holds it."""
    etag = f'"{file.digest}"'
    headers = {
        **SAFE_HEADERS,
        "ETag": etag,
        "Cache-Control": _FOR_EVER if named_by_content else _ASK_AGAIN,
        "Vary": "Accept-Encoding" if named_by_content else "Accept-Encoding, Host",
    }
    if holds(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
        return Response(file.packed, media_type=file.media_type, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)


def holds(tags: str, etag: str) -> bool:
    """Return whether a browser holds the file; a proxy that compresses marks its tag weak."""
    return any(tag.strip().removeprefix("W/") in {etag, "*"} for tag in tags.split(","))


def file_or_not_found(request: Request, find: Callable[[], WebFile | None]) -> Response:
    """Answer with the file found, or 404 with the reason in French."""
    try:
        file = find()
    except AtlasError as error:
        return PlainTextResponse(str(error), status_code=404, headers=SAFE_HEADERS)
    if file is None:
        return PlainTextResponse("Document inconnu.", status_code=404, headers=SAFE_HEADERS)
    return file_response(request, file, named_by_content="v" in request.query_params)


def takes_gzip(request: Request) -> bool:
    """Return whether a client takes what is compressed; a weight of 0 says no."""
    for part in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = part.partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"\s*q=0(?:\.0*)?\s*", weight)
    return False
