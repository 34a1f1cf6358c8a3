"""Shares of inhabitants by distance, for selections side by side: a chart and its table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from geo.analysis.proximity.distances import selection_km, with_places_km
from geo.analysis.proximity.proximity import share_curve
from geo.crs import Floats
from geo.directory.directory import Directory
from geo.french import NBSP, number
from geo.output.maps.symbols import INK, marks
from geo.query.selection import FACETS, Selection
from geo.vocabulary import label, vocabularies

ALL: Final = "Toute la sélection"
BESIDE: Final = "Avec les lieux montrés à part"
_CHART_KM: Final = np.arange(0, 205, 5, dtype=float)
_TABLE_KM: Final = np.array([10, 25, 50, 75, 100, 150, 200], dtype=float)
_SYMBOLS: Final = ("circle", "rect", "triangle", "diamond", "roundRect", "pin", "arrow")
_LINES: Final = ("solid", "dashed", "dotted")
_PERCENT: Final = 100
_PHONE_PX: Final = 560
_LEGEND_LINE_PX: Final = 16
_TEXT: Final = {"color": INK, "fontSize": 13}  # Streamlit's own grey is too pale to read
_AXIS: Final = {"axisLabel": _TEXT, "nameTextStyle": _TEXT}


def compared(directory: Directory, selection: Selection, field: str) -> dict[str, Floats]:
    """Return the distance of every commune for the selection, then for each item of one filter.

    The filter's own values are set aside to compare all its items; those that nobody placed has
    are left out.

    Parameters
    ----------
    field
        A filter of ``Selection``: « practices », « profiles » or « evidence ».
    """
    alone = selection.alone
    found = {ALL: selection_km(directory, alone)}
    if selection.also:
        found[BESIDE] = with_places_km(directory, selection)
    name = FACETS[field].vocabulary
    for code in vocabularies()[name].ids():
        one_value: dict[str, Any] = {field: (code,)}
        km = selection_km(directory, replace(alone, **one_value))
        if np.isfinite(km).any():
            found[label(name, code)] = km
    return found


def curve_options(found: Mapping[str, Floats]) -> dict[str, Any]:
    """Write the ECharts options: one line each, distinguished by dashes and signs too."""
    return {
        "aria": {"enabled": True},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "confine": True},
        "color": [INK, *(mark.fill for mark in marks().values())],
        "legend": {"top": 0, "textStyle": _TEXT},
        "grid": {"left": 56, "right": 24, "top": 48, "bottom": 48},
        "xAxis": {
            "type": "value",
            "name": "km du plus proche",
            "nameLocation": "middle",
            "nameGap": 28,
            "max": float(_CHART_KM[-1]),
            **_AXIS,
        },
        "yAxis": {"type": "value", "name": "% des habitants", "min": 0, "max": 100, **_AXIS},
        "series": [_line(index, name, km) for index, (name, km) in enumerate(found.items())],
        # A phone names the lines one below the other, beside no arrow to press.
        "media": [
            {
                "query": {"maxWidth": _PHONE_PX},
                "option": {
                    "legend": {"orient": "vertical", "left": 0, "itemGap": 4},
                    "grid": {"top": 44 + _LEGEND_LINE_PX * len(found), "left": 40, "right": 16},
                },
            }
        ],
    }


def _line(index: int, name: str, km: Floats) -> dict[str, Any]:
    shares = (share_curve(km, _CHART_KM) * _PERCENT).round(1)
    return {
        "name": name,
        "type": "line",
        "data": np.column_stack([_CHART_KM, shares]).tolist(),
        "symbol": _SYMBOLS[index % len(_SYMBOLS)],
        "symbolSize": 6,
        "lineStyle": {"width": 4 if index == 0 else 2, "type": _LINES[index % len(_LINES)]},
    }


def curve_table(found: Mapping[str, Floats]) -> tuple[list[str], list[list[str]]]:
    """Write the same shares as a header and rows, one selection each."""
    header = ["Sélection", *(f"{number(step)}{NBSP}km" for step in _TABLE_KM)]
    rows = [
        [name, *(f"{number(one * _PERCENT, 1)}{NBSP}%" for one in share_curve(km, _TABLE_KM))]
        for name, km in found.items()
    ]
    return header, rows
