"""Views shown in another site's frame: no menu, no leaving the place, a way out to the app."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo.directory.directory import Directory
from geo.french import typeset
from geo.output.caption import NOT_THE_REGISTER, origin_in_words, today
from geo.output.embedding import EMBEDDED, page_url
from geo.query.parameters import NEAR
from geo.reference.sources import attribution, vintage
from geo.templates import render
from pages.components.text import plain

_STYLE: Final = """<style>
[data-testid="stApp"] [data-testid="stMainBlockContainer"] { padding-top: 1rem; }
[data-testid="stApp"] h1 { font-size: 1.6rem; padding: 0 0 .25rem; }
.bande { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .9rem; }
.bande.bande p { margin: 0; line-height: 1.3; }
.bande .ouvrir a { padding: .3rem .7rem; }
@media (max-width: 640px) {
  [data-testid="stApp"] h1 { font-size: 1.3rem; }
  [data-testid="stApp"] [class*="st-key-carte"] iframe { height: 320px !important; }
}
</style>"""
"""A frame is low and narrow: its list must not be a screen away from its title."""


def embedded() -> bool:
    """Return whether the address asks for the view alone (``embed=true``)."""
    return st.context.is_embedded is True


def framed_pages(sections: Mapping[str, Sequence[StreamlitPage]]) -> list[StreamlitPage]:
    """Return what each address shows in a frame: its view, or that it has none.

    No page where one writes is among them, so that no stranger's frame leads to one.
    """
    paths = [page.url_path for pages in sections.values() for page in pages]
    return [
        st.Page(
            f"integre/{path if path in EMBEDDED else 'aucune'}.py",
            title=EMBEDDED.get(path, "Vue à intégrer"),
            url_path=path or None,
            default=not path,
        )
        for path in paths
    ]


def linked_distance() -> float:
    """Return the distance around the territory that the link says, in kilometres."""
    return float(st.session_state.get(NEAR.name) or NEAR.default)


def in_new_tab(html: str) -> str:
    """Make the links of a list open outside the frame; texts are escaped, so only links change."""
    return str(html).replace(' target="_self"', ' target="_blank" rel="noopener"')


def as_framed(html: str) -> str:
    """Return a list as it is on a page, its links opening outside where the page is in a frame."""
    return in_new_tab(html) if embedded() else html


def nothing_locked(what: str, chosen: str) -> None:
    """Stop with a sentence when the link names no place to show."""
    if not chosen:
        nothing_here(f"Cette vue demande {what} dans son adresse.")


def nothing_here(why: str) -> None:
    """Stop, saying why nothing is shown and where a frame is composed."""
    st.info(
        typeset(f"{why} La page « Intégrer » écrit le code d’une carte à montrer ici."),
        icon=":material/link_off:",
    )
    way_out("integrer", {})
    st.stop()


def sources(book: Directory, *, catalysts: bool = True) -> None:
    """Say from where all this comes."""
    sentences = [f"Géographie : {attribution()}.", vintage()]
    if catalysts:
        sentences.append(f"Catalyseurs : {origin_in_words(book.name, today())}.")
        sentences += [] if book.fictive else [NOT_THE_REGISTER]
    st.caption(plain(typeset(" ".join(sentences))))


def way_out(page: str, query: Mapping[str, str | list[str]]) -> None:
    """Lead to the same view in the app, in a tab of its own, and credit the map beside it."""
    st.html(_STYLE)
    st.html(render("way_out.html", address=page_url("", page, query), credit=attribution()))
