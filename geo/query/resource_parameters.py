"""Parameters of resources: their nature, the step and the maturity that they serve."""

from typing import Final

from geo.query.parameter import Parameter
from geo.query.values import ItemValue

NATURE: Final = Parameter[str](
    "nature",
    ItemValue("resource_kind"),
    "",
    label="Nature",
    english="nature",
    help="Ressources de cette nature : parcours, guide, webinaire, …",
)
STEP: Final = Parameter[str](
    "etape",
    ItemValue("project_step"),
    "",
    label="Étape d’un projet",
    english="step",
    help="Ressources utiles à cette étape d’un projet : 01, 02 ou 03.",
)
MATURITY: Final = Parameter[str](
    "maturite",
    ItemValue("maturity"),
    "",
    label="Maturité",
    english="maturity",
    help="Ressources pour un territoire de cette maturité : pionnier, actif, …",
)
