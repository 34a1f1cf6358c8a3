"""Who bears which number in a graph, where a name has no room."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from geo.templates import render


def numbered(options: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    """List the numbers of a graph in order: the number, the name, whether phones alone bear it."""
    narrow = options["media"][0]["option"]["series"][0]["data"]
    written = [{*_number_of(nodes)} for nodes in (options["series"][0]["data"], narrow)]
    return [
        (number, name, (number, name) not in written[0])
        for number, name in sorted(written[0] | written[1], key=lambda one: int(one[0]))
    ]


def _number_of(nodes: Sequence[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    return (
        (node["label"]["formatter"], node["name"]) for node in nodes if "formatter" in node["label"]
    )


def numbered_names(options: Mapping[str, Any]) -> Markup:
    """Explain the numbers as HTML, in order; style sheets hide those that phones alone bear."""
    found = numbered(options)
    everywhere = any(not on_phones for _, _, on_phones in found)
    return render("numbers.html", found=found, everywhere=everywhere) if found else Markup()
