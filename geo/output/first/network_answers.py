"""What the pages of an ecosystem answer before they are live: its records as links, its figures.

Only what is published, without what its owner withholds: see ``readable_book``.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

import pandas as pd
from markupsafe import Markup

from geo.analysis.asked_alliances import AskedAlliances, asked_alliances
from geo.analysis.ecosystem import Ecosystem, ecosystem
from geo.analysis.network import members_of
from geo.analysis.past.ecosystem import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader
from geo.directory.directory import Directory
from geo.directory.ecosystems import Book, row_of, visible_rows
from geo.directory.ecosystems.rows import where
from geo.directory.name_order import by_name
from geo.directory.reading import readable_book
from geo.directory.store.lookup import among, has
from geo.directory.store.network import NETWORK
from geo.directory.store.open import open_store
from geo.directory.store.worlds import is_fictitious, world
from geo.french import count, typeset
from geo.output import ecosystem_figures
from geo.output.board import board_data, no_project
from geo.output.cards import LISTED, source_html
from geo.output.first.document import PageAnswer
from geo.output.html import facts, figures, link, link_list
from geo.output.maps.actors import NETWORK_LINK, located_only, network_bounds, picture
from geo.output.maps.arcs import ALLIANCE_LINK, KINDS, alliance_arcs, line_of, line_sample, period
from geo.output.network import profile_label, profile_table
from geo.output.past import past_answer
from geo.output.record_facts import actor_facts, alliance_facts, project_facts
from geo.output.records import practice_labels
from geo.output.svg_maps.first_map import bounds_around, draw_network
from geo.query import parameters as p
from geo.query.query import Query
from geo.templates import render
from geo.vocabulary import label

_ACTOR_PAGE: Final = "/acteurs?fiche="
_FICTIVE: Final = Markup('<p><span class="marque-fictif">Données fictives</span></p>')
_AROUND: Final = 0.05  # degrees around one actor


def _book(*named: str) -> Book:
    return world(readable_book(open_store(), fictitious=True), *named)


# --- Écosystème ---------------------------------------------------------------------------------


def ecosystem_answer(query: Query, _: Directory, __: str) -> PageAnswer:
    """Answer with one ecosystem, its figures, its actors and its map; without one, lead to them."""
    chosen = query[p.ECOSYSTEM]
    book = readable_book(open_store(), fictitious=True)
    known = book["ecosystem"]["ecosystem_name"]
    if not chosen:
        listed = [_ecosystem_link(str(one), str(name)) for one, name in known.items()]
        links = _parts(("Les écosystèmes", link_list(listed)))
        if NETWORK not in known.index:
            return PageAnswer(links)
        found = ecosystem(NETWORK, book)
        alliances = _alliances(found.alliances, found.linked["actor_name"])
        beside = _beside("Ses alliances, et leurs sources", alliances)
        return PageAnswer(_figures(found) + links, beside)
    past = ecosystem_past(Reader(open_store(), book), chosen, PastQuestion.of(query))
    found = past.state.ecosystem
    names = found.linked["actor_name"]
    alliances = _alliances(found.alliances, names)
    body = (
        past_answer(past)
        + _figures(found)
        + _elsewhere(chosen)
        + _parts(("Ses acteurs", _actors(found.linked)))
    )
    if found.area.is_empty:
        return PageAnswer(body, _beside("Ses alliances, et leurs sources", alliances))
    counts = f"{count(len(found.linked), 'acteur')}, {count(len(found.alliances), 'alliance')}"
    title = f"Carte de {found.record['ecosystem_name']} : {counts}"
    west, south, east, north = found.area.bounds
    box = bounds_around([west, east], [south, north], 0)
    drawing = draw_network(title, found.alliances, found.linked, box, found.area)
    legend = alliance_arcs(found.alliances, found.linked).legend(found.alliances, found.linked)
    return PageAnswer(body + _parts(("Ses alliances", alliances)), drawing, legend=legend)


def _ecosystem_link(one: str, name: str) -> tuple[Markup, str]:
    about = "données fictives" if is_fictitious(one) else ""
    return link(f"/ecosysteme?{urlencode({p.ECOSYSTEM.name: one})}", name), about


def _figures(found: Ecosystem) -> Markup:
    record = found.record
    mark = _FICTIVE if found.fictive else Markup("")
    heading = Markup('<h2>{}</h2><p class="muet">{}</p><p>{}</p>').format(
        record["ecosystem_name"], ecosystem_figures.where_it_lies(found), typeset(record["note"])
    )
    rules = Markup('<p class="muet">{}</p>').format(ecosystem_figures.rules(found))
    return mark + heading + figures(ecosystem_figures.key_figures(found)) + rules


def _elsewhere(chosen: str) -> Markup:
    query = urlencode({p.ECOSYSTEM.name: chosen})
    pages = (("alliances", "Ses alliances"), ("projets", "Ses projets"))
    return link_list((link(f"/{page}?{query}", name), "") for page, name in pages)


# --- Alliances ----------------------------------------------------------------------------------


def alliances_answer(query: Query, _: Directory, __: str) -> PageAnswer:
    """Answer with the alliances of the address, as a list and on a map, or in its other views."""
    book = _book(query[p.ECOSYSTEM], query[p.ACTOR])
    selected = asked_alliances(query, book)
    names, found = book["actor"]["actor_name"], selected.rows
    joined = members_of(found, book["actor"])
    listed = _alliances(found, names)
    body = _count_heading(selected, len(joined), names) + _opened(query, book)
    if query[p.LAYOUT] == "matrice":
        return PageAnswer(body, _beside("", profile_table(found, joined)))
    if query[p.LAYOUT] != "carte":
        return PageAnswer(body, _beside("", listed))
    placed = len(located_only(joined))
    title = f"Carte : {count(len(found), 'alliance')}, {count(placed, 'acteur')}"
    drawing = draw_network(title, found, joined, network_bounds(joined))
    arcs = alliance_arcs(found, book["actor"])
    missing = Markup('<p class="muet">{}</p>').format(typeset(arcs.sentence()))
    return PageAnswer(body + missing + listed, drawing, legend=arcs.legend(found, joined))


def _count_heading(selected: AskedAlliances, joined: int, names: pd.Series) -> Markup:
    many = len(selected.rows)
    who = f"{count(many, 'alliance')}, {count(joined, 'acteur')}" if many else "Aucune alliance"
    place = f"{selected.place} : " if selected.place else ""
    sentence = typeset(f"{place}{who} ({selected.choice.in_words(names)}).")
    return Markup('<h2 class="compte">{}</h2>').format(sentence)


def _opened(query: Query, book: Book) -> Markup:
    """Show the alliance that the address opens, before the others."""
    if not query[p.ALLIANCE]:
        return Markup("")
    row = row_of(book, "alliance", query[p.ALLIANCE])
    title = Markup("<h2>{}</h2>").format(row["alliance_name"])
    return title + _record(row, facts(alliance_facts(row, book)), [row["note"]])


def _alliances(rows: pd.DataFrame, names: pd.Series) -> Markup:
    return _entries(
        {
            "mark": line_sample(line_of(row["partnership_kind"])),
            "link": link(ALLIANCE_LINK + quote(row["alliance_id"]), row["alliance_name"]),
            "about": _joined([label(KINDS, row["partnership_kind"]), _when(row)]),
            "members": Markup(", ").join(
                link(NETWORK_LINK + quote(one), str(names.get(one, one)))
                for one in row["member_ids"]
            ),
            "source": source_html(row),
            "fictive": bool(row["fictive"]),
        }
        for row in _first(rows)
    ) + _left(len(rows), "alliance")


def _when(row: dict[Any, Any]) -> str:
    return period(row["since"], row["until"])


# --- Acteurs ------------------------------------------------------------------------------------


def actors_answer(query: Query, _: Directory, __: str) -> PageAnswer:
    """Answer with the actors of the address, or with the record that it opens."""
    fiche = query[p.RECORD]
    book = _book(query[p.ECOSYSTEM], fiche)
    if has(book["actor"], fiche):
        return _one_actor(book, fiche)
    rows = book["actor"]
    if query[p.ECOSYSTEM]:
        rows = rows[among(rows, ecosystem(query[p.ECOSYSTEM], book).linked.index)]
    order = by_name(rows["actor_name"])  # of all, for those listed: the others are not copied
    sentence = f"{count(len(rows), 'acteur')} sur {len(book['actor'])}."
    return PageAnswer(_parts((sentence, _actors(rows.iloc[order[:LISTED]], len(rows)))))


def _one_actor(book: Book, actor_id: str) -> PageAnswer:
    row = row_of(book, "actor", actor_id)
    known = facts(actor_facts(row))
    network = link(NETWORK_LINK + quote(actor_id), "Son réseau d’alliances")
    body = _record(row, known, [], [network, link("/acteurs", "Tous les acteurs")])
    one = located_only(book["actor"][among(book["actor"], [actor_id])])
    if one.empty:
        return PageAnswer(body, title=row["actor_name"])
    box = bounds_around([*one["longitude"]], [*one["latitude"]], _AROUND)
    none = book["alliance"].iloc[:0]
    drawing = draw_network(f"Carte : {row['actor_name']}", none, one, box)
    return PageAnswer(body, drawing, row["actor_name"])


def _actors(rows: pd.DataFrame, total: int | None = None) -> Markup:
    return _entries(
        {
            "mark": picture(row["profile"]),
            "link": link(_ACTOR_PAGE + quote(row["actor_id"]), row["actor_name"]),
            "about": _joined([profile_label(row["profile"]), row["town"]]),
            "members": practice_labels(row["practices"]) if row["practices"] else "",
            "source": "",
            "fictive": bool(row["fictive"]),
        }
        for row in _first(rows)
    ) + _left(len(rows) if total is None else total, "acteur")


# --- Projets ------------------------------------------------------------------------------------


def projects_answer(query: Query, _: Directory, __: str) -> PageAnswer:
    """Answer with the projects of the address by step, after the one that it opens."""
    book = _book(query[p.ECOSYSTEM], query[p.PROJECT])
    home, odd = query[p.ECOSYSTEM], query[p.ODD]
    rows = ecosystem(home, book).projects if home else visible_rows(book["project"])
    if odd:
        rows = where(rows, (odd in codes for codes in rows["odd"]))
    filters = f"ODD : {odd}. {label('odd', odd)}" if odd else "sans filtre d’ODD"
    if len(rows):
        sentence, board = f"{count(len(rows), 'projet')} ({filters}).", _board(rows, book)
    else:
        some = bool(len(visible_rows(book["project"])))
        sentence, board = no_project(filters, has_some=some), Markup("")
    words = Markup("<p><strong>{}</strong></p>").format(typeset(sentence))
    return PageAnswer(_one_project(query[p.PROJECT], book) + words + board)


def _one_project(project_id: str, book: Book) -> Markup:
    if not project_id:
        return Markup("")
    row = row_of(book, "project", project_id)
    title = Markup("<h2>{}</h2>").format(row["project_name"])
    return title + _record(row, facts(project_facts(row, book)), [row["summary"], row["note"]])


def _board(rows: pd.DataFrame, book: Book) -> Markup:
    today = datetime.now(UTC).date()
    data = board_data(rows, book["action"], book["actor"]["actor_name"], today)
    steps = [
        step | {"cards": [card for card in data["cards"] if card["step"] == step["id"]]}
        for step in data["steps"]
    ]
    return render("first/board.html", steps=steps)


# --- pieces -------------------------------------------------------------------------------------


def _parts(*parts: tuple[str, Markup]) -> Markup:
    return render("first/sections.html", parts=[(typeset(title), one) for title, one in parts])


def _beside(title: str, content: Markup) -> Markup:
    return Markup('<div class="a-lire">{}</div>').format(_parts((title, content)))


def _record(
    row: dict[str, Any], known: Markup, texts: list[str], links: Iterable[Markup] = ()
) -> Markup:
    return render(
        "first/record.html",
        facts=known,
        texts=texts,
        source=source_html(row),
        links=[*links],
        fictive=bool(row["fictive"]),
    )


def _entries(rows: Iterable[dict[str, Any]]) -> Markup:
    return render("first/entries.html", rows=[*rows])


def _first(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    return rows.head(LISTED).to_dict("records")


def _left(total: int, noun: str) -> Markup:
    """Say how many are not listed, if any."""
    if total <= LISTED:
        return Markup("")
    sentence = f"Les {LISTED} premiers sur {count(total, noun)}."
    return Markup('<p class="muet">{}</p>').format(sentence)


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)
