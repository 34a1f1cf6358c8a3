"""Pieces of HTML that several outputs share; whatever is not HTML already is escaped."""

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup, escape

from geo.templates import render

Lines = Iterator[tuple[int, Sequence[str]]]
"""Rows, each with how many lines its heading spans."""


def link(address: str, text: str) -> Markup:
    """Write a link to another page of the app."""
    # Put together by hand: ``Markup.format`` takes ten times as long, and a page has thousands.
    return Markup(f'<a href="{escape(address)}" target="_self">{escape(text)}</a>')  # noqa: S704


def outside(address: str, text: str) -> Markup:
    """Write a link that leaves the app; the text alone when there is no address."""
    if not address.startswith(("https://", "http://")):
        return Markup.escape(text)
    return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(address, text)


def muted(text: str) -> Markup:
    """Write a text in muted style."""
    return Markup('<span class="muet">{}</span>').format(text)


def absent(text: str) -> Markup:
    """Write the word for what is not there."""
    return Markup('<span class="vide">{}</span>').format(text)


def whole(text: str) -> Markup:
    """Write a value that no column cuts in two."""
    return Markup('<span class="entier">{}</span>').format(text)


def strong(text: str) -> Markup:
    """Write what stands out."""
    return Markup("<strong>{}</strong>").format(text)


def titled(title: str, more: str) -> Markup:
    """Write a title, and below it what tells it from others."""
    return Markup('<p class="intitulé">{}<br>{}</p>').format(strong(title), muted(more))


def lines(texts: Iterable[str]) -> Markup:
    """Write texts under each other."""
    return Markup("<br>").join(texts)


def table(
    caption: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    folds: bool = False,
    shares: Sequence[int] = (),
) -> Markup:
    """Write a table, its first column as row headings.

    ``folds``: where it has no room for its columns, each line is read down, a title to each cell.
    ``shares``: of the width, for each column, in hundredths; as their texts ask without.
    """
    lines = ((1, row) for row in rows)
    return _render(caption, header, lines, folds=folds, shares=shares)


def sorted_table(
    caption: str,
    header: Sequence[str],
    lines: Sequence[Sequence[tuple[str, str | None]]],
    numeric: Container[int],
    shares: Sequence[int],
) -> Markup:
    """Write a table that folds and that a visitor sorts, by ``web/scripts/page.js``.

    ``lines``: of cells, each with the number or the ISO date it sorts by; None for what it shows.
    ``numeric``: the columns of numbers.
    """
    return render(
        "sorted_table.html",
        caption=caption,
        header=header,
        lines=lines,
        numeric=numeric,
        shares=shares,
    )


def matrix(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Write a table of counts (``folded``), whose columns a phone names upwards."""
    lines = ((1, row) for row in rows)
    return _render(caption, header, lines, matrix=True)


def _render(caption: str, header: Sequence[str], lines: Lines, **look: Any) -> Markup:
    usual = {"folds": False, "matrix": False, "shares": ()}
    return render("table.html", caption=caption, header=header, lines=lines, **usual | look)


def joined_table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Write a table that folds, where lines that follow one another under one heading say it once.

    See ``table``.
    """
    return _render(caption, header, _spans(rows), folds=True)


def _spans(rows: Iterable[Sequence[str]]) -> Lines:
    """Give to each row how many its heading spans, 0 where it was written above."""
    for _, group in groupby(rows, key=lambda row: row[0]):
        same = [*group]
        yield len(same), same[0]
        yield from ((0, row) for row in same[1:])


FOLDED: Final = 40
"""Links that a count unfolds at most: what the browser is given does not grow with the base."""


def folded(count: int, links: Iterable[str], nobody: str, most: int = FOLDED) -> Markup:
    """Write a count that unfolds its links, so many at most; when it is 0, nobody's word.

    Links past those shown are not made.
    """
    shown = [*islice(links, most)]
    return render("folded.html", count=count, links=shown, more=count - len(shown), nobody=nobody)


def link_list(rows: Iterable[tuple[str, str]]) -> Markup:
    """List links, each with its note."""
    return render("link_list.html", rows=rows)


def figures(pairs: Sequence[tuple[str, str]]) -> Markup:
    """Write key figures side by side: what is counted, and how many."""
    return render("terms.html", look="chiffres", pairs=pairs)


def facts(pairs: Sequence[tuple[str, str]]) -> Markup:
    """Write what is known of a record, one line a fact."""
    return render("terms.html", look="faits", pairs=pairs)


def measures(pairs: Sequence[tuple[str, str]]) -> Markup:
    """Write what was measured: a title, and below it a sentence."""
    return render("terms.html", look="mesures", pairs=pairs)


def svg_address(svg: str) -> str:
    """Write a drawing as the address of an image."""
    return f"data:image/svg+xml,{quote(svg)}"


@lru_cache(maxsize=256)  # a list shows the same few
def svg_image(svg: str, width: int, height: int) -> Markup:
    """Write a drawing as a decorative image; Streamlit strips SVG elements from HTML."""
    image = Markup('<img src="{}" alt="" width="{}" height="{}">')
    return image.format(svg_address(svg), width, height)
