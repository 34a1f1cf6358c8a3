"""Communes of a territory shaded by an indicator, some of which nobody publishes elsewhere."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from geo.analysis.indicators import Figures, figures, indicators, latest_year
from geo.errors import AtlasError
from geo.output import maps
from geo.output.cards import TERRITORY_PAGE
from geo.output.shades import origin_of, title_of
from geo.query.parameters import COMMUNE_SHADE
from geo.reference.territory import COMMUNE, Territory, member_codes
from pages.components.text import plain


@dataclass(frozen=True)
class CommuneShade:
    """The indicator that shades the communes of a territory, with its figures of them alone."""

    territory: Territory
    figures: Figures

    @property
    def values(self) -> dict[str, float | None]:
        """Return the figure of each commune, None where it is not available."""
        codes = member_codes(self.territory.kind, self.territory.code)
        return {code: self.figures.by_code.get(code) for code in codes}

    @property
    def scale(self) -> maps.Scale:
        """Choose classes that hold about as many of these communes each."""
        one = self.figures.indicator
        return maps.scale_for(self.values, one.unit, decimals=one.decimals)

    def over(self, layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Draw the communes, each opening its own page, under the perimeter and the catalysts."""
        link = f"{TERRITORY_PAGE}{COMMUNE}:"
        shades = maps.member_choropleth(self.territory.place, self.values, self.scale, link=link)
        perimeter, *rest = layers
        return [shades, {**perimeter, "bare": True}, *rest]

    def legend(self) -> str:
        """Explain the shades, as HTML, with their year."""
        title = title_of(self.figures.indicator.code, self.figures)
        codes = sorted(self.values)
        return maps.choropleth_legend(title, COMMUNE, self.values, self.scale, codes)

    def say_origin(self) -> None:
        """Say the source, and how many communes it knows."""
        st.caption(plain(origin_of(self.figures)))


def known(text: str) -> None:
    """Refuse what is no indicator of communes."""
    if text not in _offered():
        raise AtlasError(
            f"indicateur de communes inconnu « {text[:40]} » : voyez « {COMMUNE_SHADE.label} »."
        )


def _offered() -> dict[str, str]:
    return {one.code: one.label for one in indicators() if latest_year(one.code, COMMUNE)}


def choose(found: Territory) -> CommuneShade | None:
    """Draw the choice of an indicator, nothing at first; none where there is one commune."""
    if found.commune_count < 2:  # noqa: PLR2004 - nothing to compare
        return None
    offered = _offered()
    st.session_state.setdefault(COMMUNE_SHADE.name, "")
    chosen = st.selectbox(
        COMMUNE_SHADE.label,
        ["", *offered],
        format_func=lambda code: offered.get(code, "Contours seuls"),
        key=COMMUNE_SHADE.name,
        persist_state="session",
    )
    return CommuneShade(found, figures(chosen, COMMUNE)) if chosen else None


def in_url() -> dict[str, str]:
    """Return the parameter of the link."""
    return {COMMUNE_SHADE.name: st.session_state.get(COMMUNE_SHADE.name) or ""}
