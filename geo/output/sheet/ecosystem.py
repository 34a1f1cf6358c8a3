"""The sheet of one ecosystem: who is there, what joins them, at a date or now, and time itself."""

from dataclasses import replace

import pandas as pd

from geo.analysis.ecosystem import Ecosystem
from geo.analysis.past.ecosystem import ecosystem_past
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import Reader, ecosystem_at
from geo.analysis.report_local import Local
from geo.dates import in_words
from geo.french import NBSP, count, number
from geo.output import ecosystem_figures
from geo.output.caption import origin_in_words, today
from geo.output.maps import symbols
from geo.output.maps.actors import located_only, mark_of, marks
from geo.output.maps.arcs import KINDS
from geo.output.network import profile_label
from geo.output.past import limits, question_words
from geo.output.sheet.alliances_section import alliances_and_projects
from geo.output.sheet.blocks import Block, Document, Front, Grid, Heading, Picture, Sign, Text
from geo.output.sheet.time_section import PastSection, states_of, time_blocks
from geo.output.svg_maps.first_map import bounds_around, network_view, print_network
from geo.output.svg_maps.network import in_view, sample
from geo.reference.sources import attribution
from geo.vocabulary import UNSTATED, label, vocabularies

_NOTICE = "Données fictives : ce territoire et ses fiches sont inventés pour essayer."
_SIGN, _LINE = 20, 0.8


def ecosystem_document(reader: Reader, ecosystem_id: str, question: PastQuestion) -> Document:
    """Build the sheet of one ecosystem, at the date asked.

    Raises
    ------
    UnknownCodeError
        There is no such ecosystem, or the history does not reach so far back any more.
    """
    past = ecosystem_past(reader, ecosystem_id, question)
    state, found = past.state, past.state.ecosystem
    printed = None
    if not question.is_now:
        other = None
        if question.days:
            other_question = replace(question, date=question.compared, compared="")
            other = ecosystem_at(reader, ecosystem_id, other_question, state.current).ecosystem
        states = states_of(question, found, other)
        printed = PastSection(question, limits(state), states, past.changes, past.levels)
    name, day = found.record["ecosystem_name"], today()
    moment = question_words(question)
    return Document(
        title=f"{name} : un écosystème d’alliances",
        about=f"Acteurs, alliances et projets : {name}.",
        subtitle=f"{ecosystem_figures.where_it_lies(found)}{f' — {moment}' if moment else ''}",
        mark="Données fictives" if found.fictive else "",
        foot=f"{name} — Catalyse, {in_words(day)}",
        date=day,
        blocks=tuple(_blocks(reader, found, printed)),
    )


def _blocks(reader: Reader, found: Ecosystem, past: PastSection | None) -> list[Block]:
    alert = [Text(_NOTICE, "alert")] if found.fictive else []
    front = (_figures(found), Text(ecosystem_figures.rules(found), "note"))
    first: list[Block] = [*front] if found.area.is_empty else [Front(_picture(found), front)]
    gathered = Local(found.everyone, found.actors, found.alliances, found.projects)
    base = origin_in_words(reader.store.origin, today())
    origin = f"Provenance : {base}. {attribution()}."
    return [
        *alert,
        *first,
        *time_blocks(past),
        *alliances_and_projects(gathered, dated=past is not None and past.dated),
        *_actors(found),
        Text(origin, "note"),
    ]


def _figures(found: Ecosystem) -> Grid:
    rows = tuple(ecosystem_figures.key_figures(found))
    return Grid("Chiffres clés", ("Chiffre", "Valeur"), rows, (5, 0), (1,))


def _picture(found: Ecosystem) -> Picture:
    counts = f"{count(len(found.linked), 'acteur')}, {count(len(found.alliances), 'alliance')}"
    title = f"Carte de {found.record['ecosystem_name']}, nord en haut : {counts}"
    west, south, east, north = found.area.bounds
    box = bounds_around([west, east], [south, north], 0)
    view = network_view(box)
    svg = print_network(title, found.alliances, found.linked, view, found.area)
    placed = located_only(found.linked)
    shown = in_view(placed, view)
    note = "Un trait joint les membres d’une alliance."
    if away := len(placed) - len(shown):
        note += f" Hors du cadre{NBSP}: {count(away, 'acteur')}."
    return Picture(svg, title, _legend(shown, found.alliances), note)


def _legend(actors: pd.DataFrame, alliances: pd.DataFrame) -> tuple[Sign, ...]:
    """Explain the profiles and the kinds of alliance that are drawn."""
    present = {mark_of(str(one)) for one in actors["profile"]}
    kinds = set(alliances["partnership_kind"])
    return (
        *(
            Sign(_alone(symbols.mark_svg(mark, _SIGN)), profile_label(code))
            for code, mark in marks().items()
            if code in present
        ),
        *(
            Sign(_alone(sample(kind, _SIGN, _LINE)), label(KINDS, kind))
            for kind in (*vocabularies()[KINDS].ids(), "")
            if kind in kinds
        ),
    )


def _alone(content: str) -> str:
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIGN} {_SIGN}">'
    return f"{opening}{content}</svg>"


def _actors(found: Ecosystem) -> list[Block]:
    """Name the actors inside, by profile."""
    head = Heading(f"Acteurs ({number(len(found.actors))})")
    if found.actors.empty:
        return [head, Text("Aucun acteur à cette date.")]
    profile = found.actors["profile"].replace("", UNSTATED)
    lines = [
        (
            f"{profile_label(code)} ({number(len(members))})",
            f"{NBSP}; ".join(sorted(members["actor_name"], key=str.casefold)),
        )
        for code in (*vocabularies()["any_profile"].ids(), UNSTATED)
        if len(members := found.actors[profile == code])
    ]
    return [head, Grid("Acteurs, par profil", ("Profil", "Acteurs"), tuple(lines), (2, 8))]
