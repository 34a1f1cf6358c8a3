"""One territory's sheet on screen: figures, catalysts, what is missing, what is around."""

from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.analysis.contracts import Contracts
from geo.analysis.programmes import inside, selected
from geo.analysis.territory import Sheet
from geo.french import NBSP, number, typeset
from geo.output import maps
from geo.output.cards import TERRITORY_PAGE, catalyst_list, matrix_table, territory_links
from geo.output.html import figures
from geo.output.local_actors import local_sentences
from geo.output.missing import territory_missing
from geo.output.nearest_outside import outside_html
from geo.output.records import practice_labels
from geo.output.territory_answer import (
    france_legend,
    france_map,
    sheet_bounds,
    sheet_detail,
    sheet_figures,
    sheet_layers,
    sheet_title,
    titled_groups,
)
from geo.query.parameter import in_address
from geo.query.parameters import CONTRACTS, NEAR, TERRITORY
from geo.query.values import read_place
from geo.reference.sources import vintage
from geo.reference.territory import territory
from geo.vocabulary import label, plural
from pages.components import contracts
from pages.components.ask_link import ask_link, only, unanswered
from pages.components.beside import legend_beside
from pages.components.downloads import Offer, catalyst_downloads, content_of
from pages.components.file_button import file_button
from pages.components.image_downloads import image_download
from pages.components.map import show_map
from pages.components.map_frame import invitation, legend_in_map
from pages.components.needs import near_for, resources_for
from pages.components.paging import one_page
from pages.components.sheet_downloads import sheet_downloads
from pages.components.text import plain
from pages.sections.territoire import commune_shades

_RELATIONS = {
    "above": "Il fait partie de",
    "same": "Même périmètre",
    "across": "Il partage des communes avec",
    "below": "Il contient",
}
_SHOWN = 60
_A_PAGE = 100
EXAMPLES = "Paris Est Marne & Bois, Ardèche…"


def known(text: str) -> tuple[str, str]:
    """Read « kind:code », or refuse it as a territory that does not exist."""
    found = territory(*read_place(text, TERRITORY.name))
    return found.kind, found.code


def near_distance() -> float:
    """Draw the choice of a distance around the territory, in kilometres."""
    st.session_state.setdefault(NEAR.name, f"{NEAR.default:g}")
    chosen = st.selectbox(
        NEAR.label,
        NEAR.kind.offers,
        format_func=lambda value: f"{value}{NBSP}km",
        key=NEAR.name,
        persist_state="session",
    )
    return float(chosen)


def in_url(near_km: float) -> dict[str, str | list[str]]:
    """Return the unusual parameters of the link: the distance, the contracts shown."""
    shown = st.session_state.get(CONTRACTS.name) or CONTRACTS.default
    return in_address({NEAR: near_km, CONTRACTS: shown}) | commune_shades.in_url()


def invite() -> None:
    """Say how to start."""
    invitation(
        "Écrivez le nom d’un territoire : son périmètre, ses communes, les catalyseurs présents, "
        "proches ou compétents, et ce qui manque s’affichent ici.",
        ":material/travel_explore:",
    )


def head(answer: Sheet) -> None:
    """Name the territory."""
    found = answer.territory
    st.header(found.label, anchor=False)
    st.caption(plain(sheet_detail(answer)))


def key_figures(answer: Sheet) -> None:
    """Give the key figures, with their vintage."""
    with st.container(key="chiffres"):  # on a phone, after the answer
        st.html(figures(sheet_figures(answer)))
        words = plain(answer.selection.alone.in_words())
        st.caption(typeset(f"Catalyseurs : {words}. {vintage()}"))


def _filtered(answer: Sheet) -> str:
    selection = answer.selection.alone
    return "" if selection.is_empty() else f" ({plain(selection.in_words())})"


def catalysts(answer: Sheet) -> None:
    """List the catalysts present, near and covering, each group with its count."""
    place = place_of_sheet(answer)
    ask_link(place=place, practice=only(answer.selection.practices))
    if nearest := outside_html(answer):
        st.html(nearest)
    for group, (title, rows) in enumerate(titled_groups(answer).items()):
        if rows.empty and nearest:
            continue  # said just above, with whom to turn to
        st.subheader(title, anchor=False)
        if rows.empty:
            st.caption(f"Aucun catalyseur connu{_filtered(answer)}.")
        else:
            st.html(catalyst_list(one_page(rows, f"groupe_{group}", _A_PAGE), place))


def place_of_sheet(answer: Sheet) -> str:
    """Return the territory as an address writes it."""
    return str(answer.territory.place)


def what_is_missing(answer: Sheet) -> None:
    """Show the matrix practices × profiles, and name the practices nobody is known for."""
    st.subheader("Ce qui manque ici", anchor=False)
    if first := territory_missing(answer):
        st.html(first)
    missing = answer.practices_of_nobody
    _local_actors(answer)
    if missing:
        st.markdown(
            f"Aucun catalyseur connu, présent ou compétent, pour : **{practice_labels(missing)}**."
        )
        resources_for(missing)
        for code in missing:
            near_for(answer.directory, place_of_sheet(answer), code)
            ask_link(place=place_of_sheet(answer), practice=code, what=label("practice", code))
    else:
        who = "un catalyseur ou un acteur local connu" if answer.local else "un catalyseur connu"
        st.markdown(f"Les quatre pratiques ont au moins {who}.")
    unanswered(answer)
    st.html(matrix_table(answer.matrix, answer.present))


def _local_actors(answer: Sheet) -> None:
    """Say which local actors have a practice, and that they are no known catalysts."""
    if not answer.local:
        return
    for sentence in local_sentences(answer):
        st.markdown(plain(sentence))
    st.caption(
        "Ces acteurs locaux ne sont pas des catalyseurs connus\u00a0: qui a apporté leur fichier a "
        "déclaré leur pratique, sans que la source la dise de chacun."
    )


def relations(answer: Sheet) -> None:
    """Link to the territories above, below, across and beside."""
    st.subheader("Territoires liés", anchor=False)
    related = answer.related
    for relation, title in _RELATIONS.items():
        rows = related[related["relation"] == relation]
        if len(rows) and relation != "below":
            st.markdown(f"**{title}**")
            _links(rows)
    _communes(answer)
    below = related[(related["relation"] == "below") & (related["territory_kind"] != "commune")]
    for kind, rows in below.groupby("territory_kind", sort=False):
        with st.expander(f"{_RELATIONS['below']} — {plural(str(kind))} ({number(len(rows))})"):
            _links(rows)
    beside = answer.neighbours
    if len(beside):
        with st.expander(f"Voisins du même type ({len(beside)})"):
            _links(beside, answer.territory.kind)


def _communes(answer: Sheet) -> None:
    """List every member commune, to sort and to take away."""
    communes = answer.communes
    if len(communes) < 2:  # noqa: PLR2004 - a commune is its own only member
        return
    with st.expander(f"{_RELATIONS['below']} — communes ({number(len(communes))})"):
        address = f"{TERRITORY_PAGE}commune:"
        table = communes.assign(
            commune=address + communes["commune_code"] + "#" + communes["commune_name"]
        )
        st.dataframe(
            table[["commune", "commune_code", "population"]],
            hide_index=True,
            column_config={
                "commune": st.column_config.LinkColumn("Commune", display_text="#(.*)$"),
                "commune_code": st.column_config.TextColumn("Code INSEE"),
                "population": st.column_config.NumberColumn("Population", format="localized"),
            },
        )


def _links(rows: pd.DataFrame, kind: str | None = None) -> None:
    st.html(territory_links(rows.head(_SHOWN), kind))
    if len(rows) > _SHOWN:
        st.caption(f"Les {_SHOWN} premiers sur {len(rows)} ; la recherche trouve les autres.")


class Beside(NamedTuple):
    """What the map shows besides catalysts: places, contracts, communes shaded."""

    places: pd.DataFrame
    contracts: Contracts | None
    shaded: commune_shades.CommuneShade | None


def choose_beside(answer: Sheet) -> Beside:
    """Draw the choice of the contracts that touch the territory and of what shades its communes."""
    shaded = commune_shades.choose(answer.territory)
    if shaded:
        shaded.say_origin()
    shown = contracts.choose_contracts(list(answer.communes["commune_code"]))
    contracts.say_contracts(shown)
    places = inside(selected(answer.selection), *answer.territory.place)
    return Beside(places, shown, shaded)


def files(answer: Sheet, query: dict[str, str | list[str]]) -> None:
    """Offer the catalysts, the perimeter, the map as an image, and the sheets to print."""
    st.caption(typeset(f"Ces fichiers contiennent : {answer.composition}."))
    name = f"catalyseurs-{answer.territory.kind}-{answer.territory.code}"
    catalyst_downloads(answer.directory, answer.all_rows, name=name, query=query)
    _perimeter(answer)
    image_download("territoire", query)
    sheet_downloads(answer)


def _perimeter(answer: Sheet) -> None:
    found = answer.territory
    query = in_address({TERRITORY: found.place})
    offer = Offer("territories", query, f"{found.kind}-{found.code}")
    choice = ("territories", "geojson")
    file_button(
        "Périmètre (GeoJSON)",
        content_of(offer, choice, query),
        offer.file(choice),
        "application/geo+json",
        icon=":material/pentagon:",
    )


def show_on_map(answer: Sheet, records: str, beside: Beside) -> None:
    """Draw the map and its legend, with what is asked for beside the catalysts."""
    places, shown, shaded = beside
    under = shaded.legend() if shaded else ""
    marks = legend(answer) + legend_beside(places) + contracts.contract_legend_of(shown)
    legend_in_map(under + marks)
    territory_layers = sheet_layers(answer, records)
    show_map(
        [
            *(shaded.over(territory_layers) if shaded else territory_layers),
            *maps.programme_layers(places),
            *contracts.contract_layers(shown),
        ],
        key="territoire",
        title=sheet_title(answer),
        bounds=sheet_bounds(answer),
    )


def show_france(rows: pd.DataFrame, records: str) -> None:
    """Draw France and its départements, each of which leads to its own page."""
    legend_in_map(france_legend(rows))
    show_map(**france_map(rows, records), key="territoire")


def legend(answer: Sheet) -> Markup:
    """Explain the marks that the map shows, as HTML."""
    return maps.catalyst_legend(answer.shown)
