"""Dated figures as tables to read: what, how much, when, of whom, by whom."""

from collections.abc import Iterable

from markupsafe import Markup

from geo.analysis.national_indicators import NationalFigure
from geo.directory.landmarks import Landmark
from geo.french import typeset
from geo.output.html import absent, lines, muted, outside, strong, table


def landmark_table(caption: str, found: Iterable[Landmark]) -> Markup:
    """Write the figures of one topic, each with its population, its year and its source."""
    rows = [
        [
            lines([typeset(one.label), muted(f"{one.nature_label}, {typeset(one.asked)}")]),
            lines([strong(one.said), one.year]),
            _source(one),
        ]
        for one in found
    ]
    return table(caption, ["Repère", "Valeur", "Source"], rows)


def _source(one: Landmark) -> Markup:
    links = [outside(one.source_url, typeset(one.source_title))]
    if one.other_source_url:
        links.append(outside(one.other_source_url, "autre source concordante"))
    elif one.agreement == "une seule source":
        links.append(Markup.escape("une seule source"))
    return lines(links)


def contradicted_table(found: Iterable[Landmark]) -> Markup:
    """Say which figures are left out, and what their sources disagree on."""
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
    return table("Repères que leurs sources contredisent", header, rows)


def national_table(found: Iterable[NationalFigure]) -> Markup:
    """Write the official indicators for France whole."""
    rows = [
        [
            one.indicator.label,
            lines([absent(one.said) if one.value is None else strong(one.said), one.year]),
            outside(one.source.url, f"{one.source.publisher}, {typeset(one.source.title)}"),
        ]
        for one in found
    ]
    header = ["Indicateur", "France", "Source"]
    return table("Indicateurs officiels, toutes les régions", header, rows)
