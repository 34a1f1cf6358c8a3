"""Parameters of the page Couverture: how far inhabitants are, where the next would help."""

from typing import Final

from geo.query.parameter import NumberParameter, Parameter
from geo.query.values import Number, OneOf, Words

WITHIN: Final = NumberParameter[float](
    "seuil",
    Number(
        "Seuil",
        "Donnez de 1 à 300 km.",
        least=1,
        most=300,
        unit=" km",
        offered=(10, 25, 50, 100),
    ),
    50,
    label="À portée\u00a0: à moins de",
    english="within_km",
    help="Distance qui met un habitant à portée, en kilomètres (50 par défaut).",
)
COMPARED: Final = Parameter[str](
    "comparer", OneOf(("pratique", "profil", "preuve")), "pratique", label="Comparer par"
)
GOAL: Final = Parameter[str](
    "but",
    OneOf(("portee", "distance")),
    "portee",
    label="Ce qui compte",
    english="goal",
    help="portee : le plus d’habitants à portée (par défaut) ; distance : la moindre distance "
    "moyenne.",
)
PLACES: Final = NumberParameter[float](
    "lieux",
    Number(
        "Nombre de lieux",
        "Demandez-en de 1 à 50.",
        least=1,
        most=50,
        integer=True,
        offered=(1, 3, 5, 10, 20),
    ),
    10,
    label="Combien de lieux",
    english="places",
    help="Nombre de nouveaux lieux (10 par défaut).",
)
CANDIDATES: Final = Parameter[str](
    "candidats",
    Words(6_000),
    "epci",
    label="Parmi",
    english="candidates",
    help="Lieux possibles : epci (par défaut) ou crte, la commune la plus peuplée de chacun ; ou "
    "des codes INSEE séparés par des virgules.",
)
WEIGHT: Final = Parameter[str](
    "poids",
    OneOf(("habitants", "ruraux", "revenu", "vacance")),
    "habitants",
    label="Pour",
    english="weight",
    help="Qui compte : habitants (par défaut), ruraux, revenu ou vacance.",
)
