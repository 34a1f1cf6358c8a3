"""Which views another site may show in a frame, at what address, and who may frame them."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final
from urllib.parse import urlencode, urlsplit

from geo.french import quoted
from geo.query.parameters import ECOSYSTEM, EMBED, TERRITORY

EMBEDDED: Final = {
    "carte": "La carte des catalyseurs",
    "territoire": "Un territoire et ses catalyseurs",
    "ecosysteme": "Un écosystème d’alliances",
}
"""The pages that are shown without menus when their address says ``embed=true``."""
LOCKS: Final = {"carte": "", "territoire": TERRITORY.name, "ecosysteme": ECOSYSTEM.name}
"""The parameter of each that its frame may not leave."""
WIDTHS: Final = (280, 2000)
HEIGHTS: Final = (400, 3000)
WIDTH: Final = 800
HEIGHT: Final = 900

_SOURCE: Final = re.compile(
    r"'self'|\*|https?:|(https?://)?(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:(\d{1,5}|\*))?",
    re.IGNORECASE,
)
_ORIGIN: Final = re.compile(
    r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:\d{1,5})?", re.IGNORECASE
)
_FINAL_SLASH: Final = re.compile(r"[a-z0-9]/$", re.IGNORECASE)
_USUAL_PORTS: Final = {"http": ":80", "https": ":443"}
OWN: Final = "'self'"

Query = Mapping[str, str | list[str]]


def frame_ancestors(setting: str) -> str:
    """Read who may frame the embedded views: the value of a ``frame-ancestors`` directive.

    The app may always frame itself, so as to show the preview. What is not a list of sources
    lets nobody else in: see ``wrong_ancestors``.
    """
    sources = _sources(setting)
    if not sources or wrong_ancestors(setting) or sources == ["'none'"]:
        return OWN
    return " ".join(dict.fromkeys([OWN, *sources]))


def wrong_ancestors(setting: str) -> str:
    """Explain in one French sentence what is wrong with the setting; "" when nothing is."""
    sources = _sources(setting)
    bad = [source for source in sources if not _SOURCE.fullmatch(source) and sources != ["'none'"]]
    if not bad:
        return ""
    return (
        f"CATALYSE_FRAME_ANCESTORS\u00a0: {quoted(bad[0][:60])} n’est pas un site (exemple\u00a0: "
        "https://www.maville.fr)."
    )


def _sources(setting: str) -> list[str]:
    return [_source(one) for one in re.split(r"[\s,]+", setting) if one]


def _source(word: str) -> str:
    """Write a source as browsers read it, with the quotes of a keyword, without a final slash."""
    if (name := word.strip("'").lower()) in ("self", "none"):
        return f"'{name}'"
    return word[:-1] if _FINAL_SLASH.search(word) else word


def own_origin(setting: str, request_origin: str) -> str:
    """Return the public address of the app; "" when neither is one.

    It is written as browsers do: in small letters, without the usual port nor a final slash.

    Parameters
    ----------
    setting
        What the operator set, which counts first.
    request_origin
        The address by which the visitor came.
    """
    for address in (setting.strip(), request_origin):
        try:
            parts = urlsplit(address) if address.isprintable() else urlsplit("")
            _ = parts.port
        except ValueError:  # « [::1 », « a.fr:99999 »: no address at all
            continue
        host = parts.netloc.lower().removesuffix(_USUAL_PORTS.get(parts.scheme, ""))
        origin = f"{parts.scheme}://{host}"
        if _ORIGIN.fullmatch(origin):
            return origin
    return ""


def is_embedded(page: str, parameters: Iterable[tuple[str, str]]) -> bool:
    """Return whether an address asks for a view without menus, as Streamlit reads it."""
    values = {value.lower() for name, value in parameters if name.lower() == EMBED.name}
    return page in EMBEDDED and "true" in values


def page_url(origin: str, page: str, query: Query, *, embed: bool = False) -> str:
    """Write the address of a view."""
    parameters = {name: value for name, value in query.items() if value}
    text = urlencode(parameters | ({EMBED.name: "true"} if embed else {}), doseq=True, safe=":,")
    return f"{origin}/{page}{'?' if text else ''}{text}"


def iframe(address: str, title: str, width: str, height: int) -> str:
    """Write the frame that another site copies into its page; everything is escaped.

    Parameters
    ----------
    width
        A number of pixels, or "100%".
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{escape(width)}" '
        f'height="{height}" loading="lazy" style="border:0;max-width:100%"></iframe>'
    )
