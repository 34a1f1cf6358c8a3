"""Territories side by side as bars: an HTML table that a screen reader reads, and that prints."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
from markupsafe import Markup

from geo.french import number
from geo.output.cards import TERRITORY_PAGE
from geo.output.html import link
from geo.reference.place import Place
from geo.templates import render

_MOST_BARS: Final = 20
_PERCENT: Final = 100


def territory_bars(  # noqa: PLR0913 - one more than the rule: what is pointed at
    title: str,
    kind: str,
    names: pd.Series,
    values: Mapping[str, float | None],
    *,
    decimals: int = 0,
    here: str = "",
) -> Markup:
    """Draw the value of each territory as a bar, the largest first.

    Parameters
    ----------
    names
        Names of the territories, by code.
    values
        By code; None is said « non disponible », and has no bar.
    here
        The code of the one to point at.
    """
    known = {str(code): values.get(str(code)) for code in names.index}
    order = sorted(known, key=lambda code: (known[code] is None, -(known[code] or 0)))
    most = max((value for value in known.values() if value), default=0) or 1
    shown = order[:_MOST_BARS] + ([here] if here in order[_MOST_BARS:] else [])
    rows = [
        {
            "link": link(f"{TERRITORY_PAGE}{Place(kind, code)}", str(names[code])),
            "said": "non disponible" if (value := known[code]) is None else number(value, decimals),
            "share": round(max(value or 0, 0) * _PERCENT / most, 1),
            "here": code == here,
        }
        for code in shown
    ]
    return render("territory_bars.html", title=title, rows=rows, left=len(order) - len(shown))
