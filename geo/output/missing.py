"""What is missing first, in three plain sentences at most: for a territory, for an ecosystem."""

from typing import Final

from markupsafe import Markup

from geo.analysis.ecosystem import Ecosystem
from geo.analysis.territory import Sheet
from geo.french import count, quoted, typeset
from geo.output.request_link import ask_address
from geo.templates import render
from geo.vocabulary import UNSTATED, label

_FIRST: Final = 3
Missing = tuple[str, str]
"""A sentence, and the address of where to ask; "" for none."""


def territory_missing(answer: Sheet) -> Markup:
    """Describe what a territory lacks most: somebody, then practices, then profiles."""
    place = str(answer.territory.place)
    found: list[Missing] = []
    if answer.inside.empty:
        found.append(("Quelqu’un sur place", ask_address(place=place)))
    found += [
        (f"La pratique {quoted(label('practice', code))}", ask_address(place=place, practice=code))
        for code in answer.practices_of_nobody
    ]
    absent = [code for code in answer.matrix.columns if not answer.matrix[code].any()]
    found += [(_profile(code), "") for code in absent if code != UNSTATED]
    return _to_html(found)


def ecosystem_missing(found: Ecosystem) -> Markup:
    """Describe what an ecosystem lacks most: practices, ties of those who have none, projects."""
    lacks: list[Missing] = [
        (f"La pratique {quoted(label('practice', code))}", ask_address(practice=code))
        for code in found.missing_practices
    ]
    if len(found.alone):
        lacks.append((f"Une alliance pour {count(len(found.alone), 'acteur')}", ""))
    if found.projects.empty:
        lacks.append(("Un premier projet commun", ""))
    absent = [str(code) for code, many in found.by_profile.items() if not many]
    lacks += [(_profile(code), "") for code in absent if code != UNSTATED]
    return _to_html(lacks)


def _profile(code: str) -> str:
    return f"Quelqu’un parmi : {label('any_profile', code).lower()}"


def _to_html(found: list[Missing]) -> Markup:
    first = [(typeset(sentence), ask) for sentence, ask in found[:_FIRST]]
    if not first:
        return Markup("")
    title = count(len(first), "chose qui manque", "choses qui manquent")
    return render("missing.html", title=title, rows=first)
