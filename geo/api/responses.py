"""How a file kept in memory is sent: compressed when the browser takes it, cached by its digest."""

from collections.abc import Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.api.content_coding import Coding, accepted_codings, entity_tag, held_tag
from geo.api.precompressed import PRECOMPRESSED, Content
from geo.errors import AtlasError
from geo.output.webfiles import WebFile

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
SAFE_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def file_response(
    request: Request, file: WebFile, *, named_by_content: bool, lasting: bool = False
) -> Response:
    """Answer with a file, or with 304 when the browser already holds it.

    ``lasting``: the file is the same for as long as the data is, so that its best form is kept on
    disk; never what is published, which may be withdrawn.
    """
    headers = {
        **SAFE_HEADERS,
        "Cache-Control": FOR_EVER if named_by_content else ASK_AGAIN,
        "Vary": "Accept-Encoding" if named_by_content else "Accept-Encoding, Host",
    }
    if tag := held_tag(request.headers.get("if-none-match", ""), file.digest):
        return Response(status_code=304, headers={**headers, "ETag": tag})
    coding, body = _form(request, file, lasting=lasting)
    headers["ETag"] = entity_tag(file.digest, coding)
    if coding:
        headers["Content-Encoding"] = coding
    return Response(body, media_type=file.media_type, headers=headers)


def _form(request: Request, file: WebFile, *, lasting: bool) -> tuple[Coding | None, bytes]:
    takes = accepted_codings(request.headers.get("accept-encoding", ""))
    if lasting and takes:
        content = Content(file.digest, lambda: file.content)
        return PRECOMPRESSED.form(content, takes, quick=lambda: file.packed)
    return ("gzip", file.packed) if "gzip" in takes else (None, file.content)


def holds(tags: str, etag: str) -> bool:
    """Return whether a browser holds the file; a proxy that compresses marks its tag weak."""
    return any(tag.strip().removeprefix("W/") in {etag, "*"} for tag in tags.split(","))


def file_or_not_found(
    request: Request,
    find: Callable[[], WebFile | None],
    *,
    lasting: bool = False,
    by_content: bool = False,
) -> Response:
    """Answer with the file found, or 404 with the reason in French.

    ``by_content``: its address may hold its own digest. Another digest, as one of the next version
    asked of a process still of this one, must not be kept for a year under that name.
    """
    try:
        file = find()
    except AtlasError as error:
        return PlainTextResponse(str(error), status_code=404, headers=SAFE_HEADERS)
    if file is None:
        return PlainTextResponse("Document inconnu.", status_code=404, headers=SAFE_HEADERS)
    version = request.query_params.get("v")
    named = version == file.digest if by_content else version is not None
    return file_response(request, file, named_by_content=named, lasting=lasting)


def takes_gzip(request: Request) -> bool:
    """Return whether a client takes what is compressed; a weight of 0 says no."""
    return "gzip" in accepted_codings(request.headers.get("accept-encoding", ""))
