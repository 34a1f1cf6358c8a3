"""The same documents as pages: French, plain HTML, no script, nobody else's file."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, Final

from geo.api.ogc.links import Link

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem;"
    "color:#1b1b1f;background:#fff}a{color:#0b4f8a}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;font-weight:600;padding:.5rem 0}th,td{border-bottom:1px solid #767676;"
    "padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    ".large{overflow-x:auto}"
    ".mark{border:2px solid #8a1c1c;color:#8a1c1c;padding:.5rem;font-weight:600}"
)
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_HIDDEN: Final = {"links", "title", "description", "collections", "notice", "features"}


def html(title: str, body: str, notice: str = "") -> bytes:
    """Write a whole page around its body."""
    mark = f'<p class="mark">{escape(notice)}</p>' if notice else ""
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{escape(title)} – '
        f'Catalyse</title><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<style>{_STYLE}</style></head><body><header><nav aria-label="API">'
        f'<a href="/">Application</a> · <a href="/api?f=html">API</a> · '
        f'<a href="/api/collections?f=html">Collections</a></nav></header><main>'
        f"<h1>{escape(title)}</h1>{mark}{body}</main></body></html>"
    ).encode()


def document(said: Mapping[str, Any], title: str) -> bytes:
    """Show a document: its description, its members, its links, its collections."""
    body = f"<p>{escape(str(said.get('description', '')))}</p>"
    body += facts({name: value for name, value in said.items() if name not in _HIDDEN})
    for one in said.get("collections", ()):
        members = {name: value for name, value in one.items() if name not in _HIDDEN}
        body += (
            f"<h2>{escape(one['title'])}</h2><p>{escape(one['description'])}</p>{facts(members)}"
        )
        body += _mark(one.get("notice", "")) + links(one["links"], "h3")
    return html(said.get("title", title), body + links(said["links"]), said.get("notice", ""))


def _mark(notice: str) -> str:
    return f'<p class="mark">{escape(notice)}</p>' if notice else ""


def links(listed: Iterable[Link], heading: str = "h2") -> str:
    """List links."""
    rows = "".join(
        f'<li><a href="{escape(one["href"])}" type="{escape(one["type"])}" '
        f'rel="{escape(one["rel"])}">{escape(one["title"])}</a> ({escape(one["rel"])})</li>'
        for one in listed
    )
    return f"<{heading}>Liens</{heading}><ul>{rows}</ul>"


def facts(said: Mapping[str, Any]) -> str:
    """Show members as a list of names and values."""
    rows = "".join(f"<dt>{escape(n)}</dt><dd>{escape(_text(v))}</dd>" for n, v in said.items())
    return f"<dl>{rows}</dl>" if rows else ""


def table(caption: str, heads: list[str], rows: Iterable[list[str]]) -> str:
    """Write a table whose cells are already HTML."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="large" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div>"
    )


def cell(value: Any) -> str:
    """Write one value as a cell."""
    return escape(_text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return "; ".join(f"{name} : {_text(one)}" for name, one in value.items())
    return "" if value is None else str(value)
