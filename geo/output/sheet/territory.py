"""One territory's sheet: its sections in order, ready to print."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pandas as pd

from geo.analysis.report_local import Local
from geo.analysis.territory import Sheet
from geo.dates import in_words
from geo.directory.ecosystems.rows import where
from geo.french import NBSP, count, decimal, distance
from geo.output.caption import FICTIVE_NOTICE, Caption, caption
from geo.output.cards import place_of
from geo.output.local_actors import local_sentences
from geo.output.nearest_outside import outside_sentence
from geo.output.records import practice_labels, records
from geo.output.sheet import alliances_section
from geo.output.sheet.blocks import Block, Document, Front, Grid, Heading, Picture, Sign, Text
from geo.output.sheet.drawing import NEAR, PRESENT, draw, sign
from geo.output.sheet.figures import indicator_table, key_figures
from geo.output.sheet.origin import origin_blocks
from geo.output.sheet.time_section import PastSection, time_blocks
from geo.output.territory_answer import kind_and_code
from geo.reference import france
from geo.reference.kinds import kind_of
from geo.reference.place import Place
from geo.reference.territory import COMMUNE, territory
from geo.vocabulary import UNSTATED, items, name_of

_NOBODY: Final = "aucun"
_INFERRED: Final = "inferred"
_FULL: Final = 3.0
_EMPTY: Final = 1.6


@dataclass(frozen=True)
class TerritoryFacts:
    """A territory's sheet with every catalyst numbered, as the map, the lists and tables say it."""

    sheet: Sheet
    local: Local
    caption: Caption
    past: PastSection | None = None

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Number the catalysts: those present, those covering from elsewhere, those near."""
        groups = self.sheet.groups()
        rows = pd.concat([one.assign(group=name) for name, one in groups.items()])
        covers = rows.index.isin(self.sheet.covering.index)
        return rows.assign(
            number=range(1, len(rows) + 1), inside=rows["group"] == "présent", covers=covers
        )

    @property
    def fictive(self) -> bool:
        """Return whether any record shown is fictitious."""
        return self.caption.fictive or self.local.fictive

    @property
    def dated(self) -> bool:
        """Return whether its alliances, projects and other actors are of a date."""
        return self.past is not None and self.past.dated

    def named(self, rows: pd.DataFrame) -> str:
        """Name catalysts with their number, marked where we inferred the practices."""
        names = zip(rows["number"], rows["catalyst_name"], rows["practices_basis"], strict=True)
        return f"{NBSP}; ".join(_numbered_name(*name) for name in names) or _NOBODY


def _numbered_name(number: int, name: str, basis: str) -> str:
    """Name a catalyst, then its number: before a name, « 1 Dotation » would count."""
    return f"{name}{'*' if basis == _INFERRED else ''} (n°{NBSP}{number})"


def territory_document(sheet: Sheet, local: Local, past: PastSection | None = None) -> Document:
    """Build the sheet of one territory; ``local``: at the date of ``past``."""
    found = sheet.territory
    title = f"{found.label} : qui y fait vivre les alliances"
    about = caption(sheet.directory, sheet.selection, title)
    facts = TerritoryFacts(sheet, local, about, past)
    return Document(
        title=title,
        about=f"Catalyseurs, acteurs, alliances et projets : {found.label}.",
        subtitle=_subtitle(sheet),
        mark="Données fictives" if facts.fictive else "",
        foot=f"{found.label} — Catalyse, {in_words(about.date)}",
        date=about.date,
        blocks=tuple(_blocks(facts)),
    )


def _subtitle(sheet: Sheet) -> str:
    found = sheet.territory
    parts = [kind_and_code(found)]
    signed = france.signatories().get(found.code, []) if kind_of(found.kind).signed else []
    parts += [f"signé par {', '.join(signed)}"] if signed else []
    parts += [f"catalyseurs : {sheet.selection.alone.in_words()}"]
    return f"{NBSP}; ".join(parts)


def _blocks(facts: TerritoryFacts) -> list[Block]:
    alert = [Text(FICTIVE_NOTICE, "alert")] if facts.fictive else []
    return [
        *alert,
        Front(_picture(facts), _first(facts)),
        Heading("Qui est là, qui couvre, par pratique"),
        _by_practice(facts),
        *_from_texts(facts),
        *_catalysts(facts),
        *alliances_section.alliances_and_projects(facts.local, dated=facts.dated),
        *alliances_section.others(facts.local, facts.sheet.directory),
        *time_blocks(facts.past),
        *indicator_table(facts.sheet.territory),
        *origin_blocks(facts.caption, facts.rows),
    ]


def _first(facts: TerritoryFacts) -> tuple[Heading | Text | Grid, ...]:
    figures = key_figures(facts.sheet, facts.caption.date)
    outside = outside_sentence(facts.sheet)
    nearest = (Text(outside),) if outside else ()
    return figures, Heading("Ce qui manque"), Text(_missing(facts.sheet)), *nearest


def _picture(facts: TerritoryFacts) -> Picture:
    found, rows = facts.sheet.territory, facts.rows
    drawing = draw(found, facts.sheet.perimeter, rows, _beside(facts.sheet))
    shown = rows[rows["number"].isin(drawing.shown)]
    inside = int(shown["inside"].sum())
    beside = len(shown) - inside
    numbers = f" (numéros {_numbers(shown)})" if drawing.numbered and len(shown) else ""
    alt = (
        f"Carte de {found.label}, nord en haut : son périmètre, "
        f"{f'ses {drawing.parts}, ' if drawing.parts else ''}ses voisins, "
        f"{count(inside, 'catalyseur')} dans le périmètre et {beside} autour{numbers}."
    )
    return Picture(drawing.svg, alt, _legend(shown), _map_note(facts, shown, drawing.numbered))


def _beside(sheet: Sheet) -> tuple[str, ...]:
    """List the neighbours of a commune, drawn in full detail."""
    alone = sheet.territory.kind == COMMUNE
    return tuple(sheet.neighbours["territory_code"]) if alone else ()


def _numbers(shown: pd.DataFrame) -> str:
    return ", ".join(map(str, shown["number"]))


def _legend(shown: pd.DataFrame) -> tuple[Sign, ...]:
    """Explain the shapes and fills that the map shows, no other."""
    lists = shown["practices"].map(list).to_list()
    found = [
        Sign(sign([item.id], NEAR), item.label) for item in items("practice") if [item.id] in lists
    ]
    if any(len(one_practice) > 1 for one_practice in lists):
        found.append(Sign(sign([items("practice")[0].id, ""], NEAR), "Plusieurs pratiques"))
    if [] in lists:
        found.append(Sign(sign([], NEAR), "Pratique non renseignée"))
    one_practice = [items("practice")[0].id]
    if shown["inside"].any():
        found.append(Sign(sign(one_practice, PRESENT), "fond noir : présent"))
    if not shown["inside"].all():
        found.append(Sign(sign(one_practice, NEAR), "fond blanc : autour"))
    return tuple(found)


def _map_note(facts: TerritoryFacts, shown: pd.DataFrame, numbered: bool) -> str:  # noqa: FBT001
    rows = facts.rows
    unplaced = int((rows["inside"] & rows["longitude"].isna()).sum())
    notes = []
    if len(shown):
        notes.append(
            "Les numéros renvoient à la liste ; un trait joint un signe déplacé à son lieu."
            if numbered
            else "Trop de catalyseurs pour les numéroter sur la carte."
        )
    if unplaced:
        verb = "ne sont" if unplaced > 1 else "n’est"
        notes.append(f"{count(unplaced, 'présent')} sans point {verb} que dans la liste.")
    return " ".join(notes)


def _by_practice(facts: TerritoryFacts) -> Grid:
    rows = facts.rows
    lines: list[tuple[str, ...]] = []
    for code in (*(item.id for item in items("practice")), UNSTATED):
        known = [list(codes) or [UNSTATED] for codes in rows["practices"]]
        of_practice = where(rows, [code in one for one in known])
        if code == UNSTATED and of_practice.empty:
            continue
        present, covers = of_practice[of_practice["inside"]], of_practice[of_practice["covers"]]
        near = of_practice[of_practice["group"] == "proche"]
        name = name_of("practice", code) if code != UNSTATED else "Pratique non renseignée"
        lines.append((name, *map(facts.named, (present, covers, near))))
    km = f"{decimal(facts.sheet.near_km)}{NBSP}km"
    header = ("Pratique", "Présents", "Couvrent tout le territoire", f"À moins de {km}")
    widths = (2, *(_FULL if _has_text(lines, place) else _EMPTY for place in (1, 2, 3)))
    return Grid("Catalyseurs par pratique", header, tuple(lines), widths)


def _from_texts(facts: TerritoryFacts) -> list[Block]:
    """Say what the star means, where there is one."""
    read_by_us = (facts.rows["practices_basis"] == _INFERRED).any()
    return [Text(f"*{NBSP}Pratique reconnue par nous dans les textes publics.")] * bool(read_by_us)


def _has_text(lines: list[tuple[str, ...]], place: int) -> bool:
    return any(line[place] != _NOBODY for line in lines)


def _missing(sheet: Sheet) -> str:
    missing = sheet.practices_of_nobody
    selection = sheet.selection.alone
    filtered = "" if selection.is_empty() else f" ({selection.in_words()})"
    local = local_sentences(sheet)
    condition = "présent ou qui dit intervenir sur tout le territoire"
    sentence = f"Aucun catalyseur connu{filtered}, {condition}, pour : {practice_labels(missing)}."
    if not missing:
        known = "un catalyseur ou un acteur local connu" if local else "un catalyseur connu"
        sentence = f"Les quatre pratiques ont au moins {known}{filtered}."
    return " ".join([sentence, *local])


def _catalysts(facts: TerritoryFacts) -> list[Block]:
    head = Heading("Les catalyseurs, un par un")
    if facts.rows.empty:
        return [head, Text("Aucun catalyseur connu, ni présent, ni autour, ni compétent.")]
    lines = [_line(record) for record in _numbered(facts.rows)]
    header = ("N°", "Catalyseur", "Lien avec le territoire", "Lieu", "Profil", "Connu par")
    return [
        head,
        Grid("Catalyseurs, un par un", header, tuple(lines), (0, 6.2, 4.4, 3.6, 2.7, 3.6), (0,)),
    ]


def _numbered(rows: pd.DataFrame) -> list[dict[str, Any]]:
    extra = rows[["number", "group"]].to_dict("records")
    return [
        record | {str(k): v for k, v in more.items()}
        for record, more in zip(records(rows), extra, strict=True)
    ]


def _line(record: dict[str, Any]) -> tuple[str, ...]:
    fictive, note = f"{NBSP}(fictif)" if record["fictif"] else "", record["note"]
    return (
        str(record["number"]),
        f"{record['catalyst_name']}{fictive}{f' — {note}' if note else ''}",
        _tie(record),
        place_of(record),
        name_of("any_profile", record["profile"]),
        name_of("evidence", record["evidence"]),
    )


def _tie(record: dict[str, Any]) -> str:
    """Describe how a catalyst relates to the territory: inside, how far, declared scope."""
    parts = ["présent"] if record["group"] == "présent" else []
    if record["group"] == "proche":
        parts.append(f"à {distance(record['distance_m'])}")
    if record["covers"]:
        parts.append(f"dit intervenir sur : {scope_label(record['scope'])}")
    return ", ".join(parts)


def scope_label(scope: str) -> str:
    """Name a declared scope: a territory, the whole country, or nothing stated."""
    if ":" not in scope:
        return "toute la France" if scope else "non renseigné"
    return territory(*Place.parse(scope)).label
