"""What a shared link says of itself where it is pasted: a title, a description, an image.

Light, so that the server's first answers need nothing else; what a territory or a catalyst says
is in ``preview_counts``, which reads the data.
"""

from dataclasses import dataclass
from typing import Final

SITE: Final = "Catalyseurs territoriaux"
GENERAL: Final = (
    "Trouver le catalyseur territorial le plus proche, et voir ceux de votre commune, "
    "intercommunalité, CRTE, département ou région."
)
TITLES: Final = {
    "": "Trouver un catalyseur territorial",
    "carte": "La carte des catalyseurs",
    "couverture": "Qui est loin d’un catalyseur, où aider ensuite",
    "territoire": "Un territoire et ses catalyseurs",
    "catalyseurs": "Les catalyseurs territoriaux",
    "methode": "Méthode",
    "ecosysteme": "Un écosystème d’alliances",
    "acteurs": "Les acteurs des territoires",
    "alliances": "Les alliances",
    "projets": "Les projets de territoire",
    "integrer": "Intégrer une carte dans un site",
    "ressources": "Les ressources pour faire alliance",
    "reperes": "Des repères chiffrés",
    "etre_mis_en_lien": "Être mis en lien avec un catalyseur territorial",
}
APP: Final = "Catalyse"
IMAGE: Final = "/apercu.png"
IMAGE_SAYS: Final = "Contour de la France et nombre de catalyseurs territoriaux"


@dataclass(frozen=True)
class Preview:
    """What a link says of itself; ``image`` is an address of this app, ``alt`` what it shows."""

    title: str
    description: str
    image: str = IMAGE
    alt: str = IMAGE_SAYS


def general(page: str) -> Preview:
    """Return the words of a page whatever it shows; takes no time."""
    return Preview(TITLES.get(page, SITE), GENERAL)
