"""Resources as HTML: the catalogue, the needs that lead to it, the lists still awaited."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from geo.analysis.resources import Need, ResourceChoice
from geo.dates import in_words
from geo.directory.resources import Expected
from geo.french import NBSP, count, typeset
from geo.output.cards import source_html
from geo.output.html import absent, link, outside, table
from geo.output.maps import symbols
from geo.templates import render
from geo.vocabulary import label, name_of

RESOURCE_PAGE: Final = "/ressources"
_STATEMENT_FIELDS: Final = {
    "steps": ("Étapes", "project_step"),
    "odd": ("ODD", "odd"),
    "profiles": ("Profils", "any_profile"),
    "maturity": ("Maturité", "maturity"),
}
_NUMBERED: Final = ("steps", "odd")


def resource_list(rows: pd.DataFrame) -> Markup:
    """List resources in order, each with what its source states and nothing more."""
    return render("resource_list.html", rows=[_entry(row) for row in rows.to_dict("records")])


def _entry(row: dict[Any, Any]) -> dict[str, Any]:
    kind = row["resource_kind"]
    return {
        "link": outside(row["website"], typeset(row["resource_name"])),
        "kind": label("resource_kind", kind) if kind else "Nature non dite",
        "publisher": typeset(row["publisher"] or "éditeur non dit"),
        "date": in_words(row["published_on"]),
        "fictive": row["fictive"],
        "practices": _practices(row["practices"]),
        "says": f"{NBSP}; ".join(_statements(row)),
        "note": row["note"],
        "no_address": "" if row["website"] else row["no_address"],
        "source": source_html(row),
    }


def _practices(codes: list[str]) -> Markup:
    if not codes:
        return Markup()
    shown = [(symbols.picture(code), name_of("practice", code)) for code in codes]
    return render("practices.html", practices=shown, inferred=False)


def _statements(row: dict[Any, Any]) -> list[str]:
    """Describe what a source states of a resource, one part a field."""
    parts = []
    for name, (title, vocabulary_id) in _STATEMENT_FIELDS.items():
        names = [
            (f"{code}. " if name in _NUMBERED else "") + typeset(name_of(vocabulary_id, code))
            for code in row[name]
        ]
        parts += [f"{title}{NBSP}: {', '.join(names)}"] if names else []
    if row["expected_list"]:
        parts.append(f"Liste{NBSP}: {typeset(name_of('expected_list', row['expected_list']))}")
    return parts


def resources_url(choice: ResourceChoice) -> str:
    """Return the address that lists the resources of a choice."""
    query = urlencode(choice.to_url(), doseq=True)
    return f"{RESOURCE_PAGE}?{query}" if query else RESOURCE_PAGE


def need_list(found: Iterable[Need]) -> Markup:
    """List needs, each with a link to the resources that say they answer it."""
    return render("needs.html", rows=[_need(one) for one in found])


def need_link(need: Need) -> Markup:
    """Link to the resources that say they answer a need, or say that none does."""
    row = _need(need)
    return link(row["address"], row["said"]) if need.found else absent(row["said"])


def _need(need: Need) -> dict[str, Any]:
    sentence = count(need.found, "ressource") if need.found else "aucune ressource ne le dit"
    return {
        "label": need.label,
        "found": need.found,
        "said": sentence,
        "address": resources_url(need.choice),
    }


def expected_table(lists: Iterable[Expected]) -> Markup:
    """Write the announced lists: how many items are announced, known, missing."""
    rows = [
        [
            typeset(announced.vocabulary.title),
            str(announced.announced),
            str(announced.known) if announced.known else absent("aucun"),
            str(announced.missing),
        ]
        for announced in lists
    ]
    header = ["Liste", "Annoncés", "Connus", "Manquants"]
    title = "Listes annoncées, dont les éléments ne sont pas publics"
    return table(title, header, rows, folds=True)
