"""From where a request came: the public address of the app, never copied unchecked."""

from starlette.requests import Request

from geo.output.embedding import own_origin
from geo.settings import settings


def origin_of(request: Request) -> str:
    """Return the address of this app as its visitors write it; "" when the request says none."""
    host = request.headers.get("host", "")
    return own_origin(settings().url, f"{request.url.scheme}://{host}")
