"""The map of all catalysts: territories of one kind side by side, and their table."""

import pandas as pd
import streamlit as st

from geo.analysis import programmes
from geo.analysis.coverage import Coverage, coverage
from geo.directory.directory import Directory
from geo.errors import AtlasError
from geo.french import count
from geo.output import maps
from geo.output.atlas_map import Values, scale
from geo.output.cards import TERRITORY_PAGE, catalyst_list
from geo.output.records import practice_labels
from geo.output.shades import figures_of, origin_of, shades, title_of
from geo.output.shades import shade as shade_of
from geo.output.territory_bars import territory_bars
from geo.query.parameters import DRAWN_KINDS, OUTLINES, SHADE
from geo.query.selection import Selection
from geo.reference.kinds import kind_of
from geo.vocabulary import plural
from pages.components.downloads import Offer, downloads
from pages.components.sortable import name_column, sortable
from pages.components.text import plain

KINDS = ("", *DRAWN_KINDS)
_GAPS = ("Tous", "Sans catalyseur", "Sans catalyseur à moins de 50 km en moyenne")
_FAR_KM = 50
_CARDS = 20


def indicator(text: str) -> None:
    """Refuse an indicator that does not exist."""
    if text not in shades():
        raise AtlasError(f"indicateur inconnu « {text[:40]} » : voyez « {SHADE.label} ».")


def choose() -> tuple[str, str]:
    """Draw the choice of territories and of what shades them."""
    for name in (OUTLINES.name, SHADE.name):  # said, so that the browser hears of a new link
        st.session_state.setdefault(name, "")
    kind = st.selectbox(
        OUTLINES.label,
        KINDS,
        format_func=lambda code: plural(code) if code else "Aucun",
        key=OUTLINES.name,
        persist_state="session",
    )
    named = {one.code: one.label for one in shades().values()}
    shade = st.selectbox(
        SHADE.label,
        list(named),
        format_func=lambda value: named.get(value, value),
        key=SHADE.name,
        disabled=not kind,
        persist_state="session",
    )
    return kind, shade if kind else ""


def in_url(kind: str, shade: str) -> dict[str, str]:
    """Return the parameters of the link."""
    return {OUTLINES.name: kind, SHADE.name: shade}


def compare(book: Directory, kind: str, selection: Selection) -> Coverage | None:
    """Compare the territories drawn, if any."""
    return coverage(book, kind, selection) if kind else None


def values(seen: Coverage | None, shade: str) -> Values:
    """Return the value that shades each territory."""
    if seen is None or not shade:
        return {}
    figures = figures_of(shade, seen.kind)
    if figures:
        return figures.by_code
    named = shade_of(shade).column
    column = seen.frame[named] if named else pd.Series(dtype=float)
    return {str(code): float(v) if pd.notna(v) else None for code, v in column.items()}


def legend(rows: pd.DataFrame, kind: str, shade: str, shaded: Values) -> str:
    """Explain the shades and the marks, as HTML."""
    explained, figures = maps.outline_legend(kind) if kind else "", figures_of(shade, kind)
    if shade and kind:
        title = title_of(shade, figures)
        explained = maps.choropleth_legend(title, kind, shaded, scale(shade, shaded))
    return explained + maps.catalyst_legend(rows, folded=bool(shade and kind))


def say_origin(kind: str, shade: str) -> None:
    """Say where the figures that shade come from."""
    if figures := figures_of(shade, kind):
        st.caption(plain(origin_of(figures)))


def first_cards(rows: pd.DataFrame) -> None:
    """List the first catalysts beside the map; all of them are in the table below."""
    if rows.empty:
        return
    with st.container(key="fiches_carte"):  # on paper, the list of all stands alone
        st.header("Les catalyseurs de cette carte", anchor=False)
        st.html(catalyst_list(rows.head(_CARDS)))
        if len(rows) > _CARDS:
            st.caption(f"Les {_CARDS} premiers ici, tous dans la liste plus bas.")


def _chart(seen: Coverage, shade: str, shaded: Values) -> None:
    """Draw the territories as bars: what shades the map, else how many catalysts stand in each."""
    one, names = shade_of(shade), seen.frame["territory_name"]
    if not shade:
        counted: Values = {str(k): float(v) for k, v in seen.frame["catalyst_count"].items()}
        st.html(territory_bars("Catalyseurs présents", seen.kind, names, counted))
        return
    unit = f" ({one.unit})" if one.unit else ""
    title = f"{title_of(shade, figures_of(shade, seen.kind))}{unit}"
    st.html(territory_bars(title, seen.kind, names, shaded, decimals=one.decimals))


def territory_table(seen: Coverage, shade: str, places: pd.DataFrame, shaded: Values) -> None:
    """Show the territories as bars, then as a table to sort, and the gaps among them."""
    _chart(seen, shade, shaded)
    gap = st.pills("Montrer", _GAPS, default=_GAPS[0], required=True, key="manques")
    frame = gaps(seen.frame, gap)
    st.caption(f"{count(len(frame), 'territoire')} sur {len(seen.frame)}. {uncounted(seen)}")
    address = TERRITORY_PAGE + seen.kind + ":"
    missing = frame["missing_practices"]
    indicator_column = _indicator_column(seen, shade, frame.index)
    table = pd.DataFrame(
        {
            "page": address + frame["territory_code"] + "#" + frame["territory_name"],
            "population": frame["population"],
            "catalyseurs": frame["catalyst_count"],
            **_places_column(seen, places, frame.index),
            "pour 100\u202f000 hab.": frame["per_100k"].round(2),
            "distance (km)": frame["distance_km"].round(1),
            **indicator_column,
            "sans": [practice_labels(codes) if codes else "aucune" for codes in missing],
        }
    )
    sortable(
        table,
        {
            "page": name_column("Territoire", table["page"]),
            "population": st.column_config.NumberColumn("Population", format="localized"),
            "catalyseurs": st.column_config.NumberColumn("Catalyseurs"),
            "pour 100\u202f000 hab.": st.column_config.NumberColumn(
                "Pour 100\u202f000 hab.", format="localized"
            ),
            "distance (km)": st.column_config.NumberColumn("Distance (km)", format="localized"),
            **{
                name: st.column_config.NumberColumn(format="localized") for name in indicator_column
            },
            "sans": st.column_config.TextColumn("Pratiques sans catalyseur connu"),
        },
        "Territoires",
        height=360,
    )


def _places_column(seen: Coverage, places: pd.DataFrame, codes: pd.Index) -> dict[str, list[int]]:
    """Count apart what is shown beside the catalysts; nothing when nothing is."""
    if places.empty:
        return {}
    found = programmes.counts(places, seen.kind)
    return {"À part, non catalyseurs": [int(found.get(str(code), 0)) for code in codes]}


def _indicator_column(seen: Coverage, shade: str, codes: pd.Index) -> dict[str, list[float | None]]:
    """Add the indicator that shades; a figure that is not available is an empty cell."""
    figures = figures_of(shade, seen.kind)
    if figures is None:
        return {}
    unit = f" ({figures.indicator.unit})" if figures.indicator.unit else ""
    found = [figures.by_code.get(str(code)) for code in codes]
    decimals = figures.indicator.decimals
    known = [None if value is None else round(value, decimals) for value in found]
    return {f"{title_of(shade, figures)}{unit}": known}


def uncounted(seen: Coverage) -> str:
    """Say which catalysts the table cannot count, and which it may count twice."""
    left, notes = seen.unplaced_count, []
    if left:
        verb = "sont comptés" if left > 1 else "est compté"
        who = f"{count(left, 'catalyseur')} de la sélection"
        notes.append(f"{who} ne {verb} dans aucun, faute d’un lieu assez précis.")
    if kind_of(seen.kind).overlapping:
        kinds = plural(seen.kind)
        notes.append(f"Des {kinds} se recouvrent : un catalyseur peut compter dans deux.")
    return " ".join(notes)


def gaps(frame: pd.DataFrame, gap: str) -> pd.DataFrame:
    """Keep the territories that a coverage gap names."""
    if gap == _GAPS[1]:
        return frame[frame["catalyst_count"] == 0]
    if gap == _GAPS[2]:
        return frame[frame["distance_km"].isna() | (frame["distance_km"] > _FAR_KM)]
    return frame


def territory_downloads(book: Directory, seen: Coverage, selection: Selection, shade: str) -> None:
    """Offer the territories with their figures, outlines simplified where a format draws them."""
    query = selection.to_url() | in_url(seen.kind, shade)
    downloads(Offer("territories", query, f"territoires-{seen.kind}", book.fictive))
