"""The map of all catalysts: territories of one kind side by side, and their table."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from geo.analysis.coverage import Coverage, coverage
from geo.directory.directory import Directory
from geo.errors import AtlasError
from geo.french import count
from geo.output import maps
from geo.output.caption import Caption
from geo.output.cards import TERRITORY_PAGE
from geo.output.coverage import coverage_csv, coverage_geojson
from geo.output.records import practice_labels
from geo.selection import Selection
from geo.vocabulary import label, plural

KINDS = ("", "region", "departement", "crte", "epci", "ept", "petr")
INDICATORS = {
    "": "Contours seuls",
    "nombre": "Nombre de catalyseurs",
    "densite": "Catalyseurs pour 100 000 habitants",
    "distance": "Distance moyenne d’un habitant au plus proche",
}
_COLUMNS = {"nombre": "catalyst_count", "densite": "per_100k", "distance": "distance_km"}
_UNITS = {"nombre": "catalyseurs", "densite": "pour 100 000 hab.", "distance": "km"}
_DECIMALS = {"nombre": 0, "densite": 2, "distance": 0}
_GAPS = ("Tous", "Sans catalyseur", "Sans catalyseur à moins de 50 km en moyenne")
_FAR_KM = 50
Values = Mapping[str, float | None]


def kind(text: str) -> None:
    """Refuse a kind of outline that a link may not ask for."""
    if text not in KINDS:
        raise AtlasError(f"contours inconnus « {text[:40]} » ; possibles : {', '.join(KINDS[1:])}.")


def indicator(text: str) -> None:
    """Refuse an indicator that does not exist."""
    if text not in INDICATORS:
        known = ", ".join(list(INDICATORS)[1:])
        raise AtlasError(f"indicateur inconnu « {text[:40]} » ; possibles : {known}.")


def choose() -> tuple[str, str]:
    """Draw the choice of territories and of what shades them."""
    for name in ("contours", "indicateur"):  # said, so that the browser hears of a new link
        st.session_state.setdefault(name, "")
    left, right = st.columns(2)
    drawn = left.selectbox(
        "Territoires",
        KINDS,
        format_func=lambda code: plural(code) if code else "Aucun",
        key="contours",
        persist_state="session",
    )
    shade = right.selectbox(
        "Couleur des territoires",
        list(INDICATORS),
        format_func=lambda value: INDICATORS[value],
        key="indicateur",
        disabled=not drawn,
        persist_state="session",
    )
    return drawn, shade if drawn else ""


def in_url(drawn: str, shade: str) -> dict[str, str]:
    """Give the parameters of the link."""
    return {"contours": drawn, "indicateur": shade}


def what_is_not_on_the_map(rows: pd.DataFrame) -> str:
    """Count the catalysts that have no point, by how precisely they are known."""
    counts = rows.loc[rows["longitude"].isna(), "location_precision"].value_counts()
    if counts.empty:
        return "Tous ont un point sur la carte."
    parts = [f"{n} au niveau « {label('precision', str(p)).lower()} »" for p, n in counts.items()]
    return (
        f"{count(len(rows) - int(counts.sum()), 'point')} sur la carte ; "
        f"{int(counts.sum())} sans point, connus seulement : {', '.join(parts)}."
    )


def compare(book: Directory, drawn: str, selection: Selection) -> Coverage | None:
    """Compare the territories drawn, if any."""
    return coverage(book, drawn, selection) if drawn else None


def values(seen: Coverage | None, shade: str) -> Values:
    """Give the value that shades each territory."""
    if seen is None or not shade:
        return {}
    column = seen.frame[_COLUMNS[shade]]
    return {str(code): float(v) if pd.notna(v) else None for code, v in column.items()}


def _scale(shade: str, shaded: Values) -> maps.Scale:
    return maps.scale_for(shaded, _UNITS[shade], decimals=_DECIMALS[shade])


def legend(rows: pd.DataFrame, drawn: str, shade: str, shaded: Values) -> None:
    """Explain the shades and the marks."""
    shades = ""
    if shade:
        scale = _scale(shade, shaded)
        shades = maps.choropleth_legend(INDICATORS[shade], drawn, shaded, scale)
    st.html(shades + maps.catalyst_legend(rows))


def layers(
    rows: pd.DataFrame, records: str, drawn: str, shade: str, shaded: Values
) -> list[dict[str, Any]]:
    """Draw the territories under the catalysts."""
    points = maps.catalyst_layer(rows, records)
    if not drawn:
        return [points]
    link = f"{TERRITORY_PAGE}{drawn}:"
    if not shade:
        return [maps.outline_layer(drawn, link), points]
    return [maps.choropleth_layer(drawn, shaded, _scale(shade, shaded), link=link), points]


def map_title(rows: pd.DataFrame, drawn: str, shade: str) -> str:
    """Say in words what the map shows."""
    placed = count(int(rows["longitude"].notna().sum()), "catalyseur")
    over = f" sur les {plural(drawn)}" if drawn else ""
    return f"Carte de France : {placed}{over}{', ' + INDICATORS[shade] if shade else ''}"


def territory_table(seen: Coverage) -> None:
    """Show the territories as a table to sort, and the gaps among them."""
    gap = st.pills("Montrer", _GAPS, default=_GAPS[0], required=True, key="manques")
    frame = gaps(seen.frame, gap)
    st.caption(f"{count(len(frame), 'territoire')} sur {len(seen.frame)}. {uncounted(seen)}")
    address = TERRITORY_PAGE + seen.kind + ":"
    missing = frame["missing_practices"]
    table = pd.DataFrame(
        {
            "page": address + frame["territory_code"] + "#" + frame["territory_name"],
            "population": frame["population"],
            "catalyseurs": frame["catalyst_count"],
            "pour 100 000 hab.": frame["per_100k"].round(2),
            "distance (km)": frame["distance_km"].round(1),
            "sans": [practice_labels(codes) if codes else "aucune" for codes in missing],
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        height=360,
        column_config={
            "page": st.column_config.LinkColumn(
                "Territoire", display_text="#(.*)$", width="medium"
            ),
            "population": st.column_config.NumberColumn(format="localized"),
            "sans": st.column_config.TextColumn("Pratiques sans catalyseur connu"),
        },
    )


def uncounted(seen: Coverage) -> str:
    """Say which catalysts the table cannot count, and which it may count twice."""
    left, notes = seen.unplaced_count, []
    if left:
        verb = "sont comptés" if left > 1 else "est compté"
        who = f"{count(left, 'catalyseur')} de la sélection"
        notes.append(f"{who} ne {verb} dans aucun, faute d’un lieu assez précis.")
    if seen.kind == "crte":
        notes.append("Des CRTE se recouvrent : un catalyseur peut compter dans deux.")
    return " ".join(notes)


def gaps(frame: pd.DataFrame, gap: str) -> pd.DataFrame:
    """Keep the territories that a coverage gap names."""
    if gap == _GAPS[1]:
        return frame[frame["catalyst_count"] == 0]
    if gap == _GAPS[2]:
        return frame[frame["distance_km"].isna() | (frame["distance_km"] > _FAR_KM)]
    return frame


def territory_downloads(seen: Coverage, about: Caption) -> None:
    """Offer the territories with their figures as CSV, and with their outlines as GeoJSON."""
    name = f"{about.mark}territoires-{seen.kind}"
    with st.container(horizontal=True):
        st.download_button(
            "Territoires, CSV",
            lambda: coverage_csv(seen, about),
            f"{name}.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/table:",
        )
        st.download_button(
            "Territoires, GeoJSON (contours simplifiés)",
            lambda: coverage_geojson(seen, about),
            f"{name}.geojson",
            "application/geo+json",
            on_click="ignore",
            icon=":material/map:",
        )
