"""Dated figures as tables to read: what, how much, when, of whom, by whom."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from markupsafe import Markup

from geo.analysis.national_indicators import NationalFigure, national_figures
from geo.directory.landmarks import Landmark, landmarks
from geo.french import count, typeset
from geo.output.html import absent, lines, muted, outside, strong, table

_SHARES: Final = (37, 11, 52)  # tables of a few lines stand under each other: one alignment for all


def landmarks_page() -> list[Markup]:
    """Write the whole page under its title, one piece a part: dated figures, those left out.

    Raises
    ------
    AtlasError
        The file of figures cannot be read.
    """
    found = landmarks()
    shown = [one for one in found if one.is_shown]
    order = [*dict.fromkeys(one.topic for one in shown)]
    shown.sort(key=lambda one: order.index(one.topic))
    return [
        _introduction(len(shown)),
        *(landmark_table(topic, group) for topic, group in groupby(shown, lambda one: one.topic)),
        _left_out([one for one in found if not one.is_shown]),
        _official(),
    ]


def _introduction(many: int) -> Markup:
    """Describe what these figures are: mostly opinions, dated, of those who were asked."""
    return Markup("<p><strong>{}</strong>{}</p>").format(
        count(many, "repère"),
        typeset(
            ", relevés dans des textes publics, surtout de l’Observatoire des partenariats. Ce "
            "sont des parts de personnes ou d’organisations interrogées une année donnée : une "
            "opinion n’est pas une pratique, et deux années ne se comparent que si la question est "
            "la même."
        ),
    )


def _left_out(hidden: list[Landmark]) -> Markup:
    """Count the figures that their sources contradict; their values are shown nowhere."""
    quantity = count(len(hidden), "repère n’est pas montré", "repères ne sont pas montrés")
    sentence = f"{quantity} : leurs sources se contredisent." if hidden else "Rien."
    head = Markup("<h2>Ce qui n’est pas montré</h2><p>{}</p>").format(typeset(sentence))
    return head + (contradicted_table(hidden) if hidden else Markup(""))


def _official() -> Markup:
    """Show the official indicators in force, for France whole."""
    sentence = (
        "Sommes ou rapports des 18 régions ; par territoire, voyez les pages Carte et Territoire."
    )
    foot = Markup('<p class="muet">{}</p>').format(typeset(sentence))
    return Markup("<h2>Indicateurs officiels</h2>") + national_table(national_figures()) + foot


def landmark_table(caption: str, found: Iterable[Landmark]) -> Markup:
    """Write the figures of one topic, each with its population, its year and its source."""
    rows = [
        [
            lines([typeset(one.label), muted(f"{one.nature_label}, {typeset(one.respondents)}")]),
            lines([strong(one.value_text), one.year]),
            _source(one),
        ]
        for one in found
    ]
    return table(caption, ["Repère", "Valeur", "Source"], rows, folds=True, shares=_SHARES)


def _source(landmark: Landmark) -> Markup:
    links = [outside(landmark.source_url, typeset(landmark.source_title))]
    if landmark.other_source_url:
        links.append(outside(landmark.other_source_url, "autre source concordante"))
    elif landmark.agreement == "une seule source":
        links.append(Markup.escape("une seule source"))
    return lines(links)


def contradicted_table(found: Iterable[Landmark]) -> Markup:
    """List which figures are left out, and what their sources disagree on."""
    rows = [
        [
            lines([typeset(one.label), muted(one.year)]),
            typeset(one.why_not),
            lines(
                [
                    outside(one.source_url, typeset(one.source_title)),
                    outside(one.other_source_url, "source contraire"),
                ]
            ),
        ]
        for one in found
    ]
    header = ["Repère non montré", "Ce qui se contredit", "Sources"]
    return table("Repères que leurs sources contredisent", header, rows, folds=True)


def national_table(found: Iterable[NationalFigure]) -> Markup:
    """Write the official indicators for France whole."""
    rows = [
        [
            one.indicator.label,
            lines(
                [absent(one.value_text) if one.value is None else strong(one.value_text), one.year]
            ),
            outside(one.source.url, f"{one.source.publisher}, {typeset(one.source.title)}"),
        ]
        for one in found
    ]
    header = ["Indicateur", "France", "Source"]
    return table("Indicateurs officiels, toutes les régions", header, rows, folds=True)
