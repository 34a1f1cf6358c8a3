"""From where a request came: the public address of the app, never copied unchecked.

A request may name any host: a cache in between, or whoever is sent the answer, would then keep
links that lead elsewhere. So the operator's address counts first, then a host that the operator
listed; besides, the machine's own name on itself, and the very address that the request came to.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from geo.output.embedding import own_origin
from geo.settings import settings


def origin_of(request: Request) -> str:
    """Return the address of this app as its visitors write it; "" when the request proves none.

    Links are then relative, and what has to be absolute is left out.
    """
    if settings().url:
        return own_origin(settings().url, "")
    origin = own_origin("", f"{request.url.scheme}://{request.headers.get('host', '')}")
    return origin if _is_own(origin, (request.scope.get("server") or ("", 0))[0]) else ""


def listed_hosts(setting: str) -> frozenset[str]:
    """Read ``CATALYSE_HOSTS``: names, each with its port where it is not the usual one."""
    return frozenset(one.strip().lower() for one in setting.split(",") if one.strip())


def _is_own(origin: str, server: str) -> bool:
    parts = urlsplit(origin)
    if parts.netloc in listed_hosts(settings().hosts):
        return True
    try:
        own = ip_address(server)
        host = ip_address("127.0.0.1" if parts.hostname == "localhost" else parts.hostname or "")
    except ValueError:
        return False
    return host == own or (host.is_loopback and own.is_loopback)
