"""Territories as bars: lengths in proportion, the largest first, nothing invented."""

import re

import pandas as pd

from geo.output.territory_bars import territory_bars

NAMES = pd.Series({"11": "Île-de-France", "84": "Auvergne-Rhône-Alpes", "06": "Mayotte <b>"})


def shares(drawn: str) -> list[float]:
    return [float(one) for one in re.findall(r"width:([\d.]+)%", drawn)]


def test_bars_are_in_proportion_and_the_largest_comes_first() -> None:
    drawn = territory_bars("Catalyseurs", "region", NAMES, {"11": 2, "84": 8, "06": None})
    assert shares(drawn) == [100, 25, 0]
    assert drawn.index("Auvergne") < drawn.index("Île-de-France") < drawn.index("Mayotte")
    assert "non disponible" in drawn
    assert "<b>" not in drawn


def test_one_is_pointed_at_even_beyond_the_first_and_the_others_are_counted() -> None:
    names = pd.Series({str(code): f"Lieu {code}" for code in range(40)})
    drawn = territory_bars("Essai", "epci", names, {str(n): n for n in range(40)}, here="0")
    assert drawn.count("<tr") == 21
    assert drawn.count('class="ici"') == 1
    assert "19 autres" in drawn
    assert shares(territory_bars("Rien", "region", NAMES, {})) == [0, 0, 0]
