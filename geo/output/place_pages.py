"""The pages of one place, as its tabs: the live page and the painted one show the same."""

from typing import Final

PLACE_PAGES: Final = {
    "territoire": "Territoire",
    "ecosysteme": "Écosystème",
    "acteurs": "Acteurs",
    "alliances": "Alliances",
    "projets": "Projets",
}
