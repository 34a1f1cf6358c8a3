"""Why two records may be one, in French, the strongest reason first."""

from typing import Final

import numpy as np

from geo.directory.duplicates.score import Scored
from geo.french import NBSP, number

_SAME: Final = (
    ("siret", "même SIRET"),
    ("siren", "même SIREN"),
    ("email", "même courriel"),
    ("phone", "même téléphone"),
    ("site", "même site"),
)
_DIFFER: Final = (
    ("siren", "SIREN différents"),
    ("siret", "deux établissements du même SIREN"),
    ("number", "numéros différents dans le nom"),
    ("kind", "types de lieu différents"),
    ("guest", "peut-être un service et le lieu qui l’accueille"),
)
_LIKE: Final = 0.6
_KM: Final = 1000.0


def reasons(found: Scored, pair: int) -> list[str]:
    """Say what speaks for a pair, then what speaks against."""
    parts = [text for sign, text in _SAME if found.agree[sign][pair]]
    parts += [_names(found.ratio[pair])] if found.ratio[pair] >= _LIKE else []
    parts += ["même adresse"] if found.agree["address"][pair] else []
    parts += _place(found, pair)
    return parts + [text for sign, text in _DIFFER if found.differ[sign][pair]]


def _names(ratio: float) -> str:
    percent = int(ratio * 100 + 1e-6)
    return "noms équivalents" if percent >= 100 else f"noms à {percent}{NBSP}%"  # noqa: PLR2004


def _place(found: Scored, pair: int) -> list[str]:
    metres = found.metres[pair]
    if not np.isnan(metres) and found.exact[pair]:
        return [f"à {how_far(float(metres))}"]
    return ["même commune"] if found.agree["town"][pair] else []


def how_far(metres: float) -> str:
    """Write a small distance: « 40 m » to the ten metres, « 1,2 km » from one kilometre."""
    if metres >= _KM:
        return f"{number(metres / _KM, 1)}{NBSP}km"
    rounded = round(metres / 10) * 10 or (0 if metres < 1 else 10)
    return f"{rounded if rounded < _KM else 990}{NBSP}m"
