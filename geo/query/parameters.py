"""Every parameter that an address can hold, declared here, or there for this module to name.

What only the data can tell (is there such a territory, such a record, such an indicator) is
checked by who reads them: see ``Door.read``.
"""

import math
from typing import Final

from geo.query import reach_parameters as reach
from geo.query import resource_parameters as resource
from geo.query import time_parameters as time
from geo.query.item_lists import ItemsOfNatures
from geo.query.parameter import Facet, NumberParameter, Parameter
from geo.query.values import Centre, Code, Flag, ItemValue, ItemValues, Number, OneOf, Words
from geo.reference.kinds import any_kind, drawn_kinds, undrawn_kinds
from geo.reference.place import Place

# --- which catalysts ----------------------------------------------------------------------

PRACTICE: Final = Facet(
    "pratique",
    ItemValues("practice"),
    (),
    label="Pratique",
    english="practice",
    help="Pratique exercée (répétable) : dialogue_territorial, …",
)
PROFILE: Final = Facet(
    "profil",
    ItemValues("any_profile"),
    (),
    label="Profil",
    english="profile",
    help="Profil (répétable) : association, collectivite, …",
)
EVIDENCE: Final = Facet(
    "preuve",
    ItemValues("evidence"),
    (),
    label="Ce qui les fait connaître",
    english="evidence",
    help="Preuve publique (répétable) : named, pioneer, …",
)
TEXT: Final = Parameter[str](
    "texte",
    Words(),
    "",
    label="Nom, commune ou note",
    english="text",
    help="Mots du nom, de la commune ou de la note.",
)
ALSO: Final = Facet(
    "aussi",
    ItemsOfNatures("programme", ("lieu", "programme")),
    (),
    label="Montrer aussi (ce ne sont pas des catalyseurs)",
    english="also",
    help="Montre aussi, à part (répétable) : fabrique_territoire, manufacture_proximite, …",
)

# --- where, how far, how many -------------------------------------------------------------

PLACE: Final = Parameter[str]("lieu", Words(300), "", english="place")
"""A territory, or a point and maybe its address: read by ``geo.analysis.origin``."""
LOOKED_FOR: Final = Parameter[str]("recherche", Words(), "")
"""What was typed in the search of a page that no script runs on."""
TERRITORY: Final = Parameter[Place | None](
    "territoire",
    Code(),
    None,
    label=any_kind(),
    english="territory",
    help="Catalyseurs présents dans ce territoire, ou son périmètre.",
)
RADIUS: Final = NumberParameter[float | None](
    "rayon",
    Number(
        "Rayon",
        "Donnez un rayon positif.",
        least=0,
        above=True,
        most=math.inf,
        unit=" km",
        offered=(10, 25, 50, 100, 250),
    ),
    None,
    label="Distance maximale",
    english="radius_km",
    help="Distance maximale, en kilomètres.",
)
COUNT: Final = NumberParameter[float](
    "nombre",
    Number(
        "Nombre de résultats",
        "Demandez-en de 1 à 10000.",
        least=1,
        most=10_000,
        integer=True,
        offered=(5, 10, 20, 50),
    ),
    10,
    label="Nombre de résultats",
    english="k",
    help="Nombre de catalyseurs (10 par défaut).",
)
_DEGREES: Final = "Donnez des degrés de {} à {}."
LON: Final = NumberParameter[float | None](
    "lon",
    Number("Longitude", _DEGREES.format(-180, 180), least=-180, most=180),
    None,
    english="lon",
    help="Longitude en degrés, WGS 84.",
)
LAT: Final = NumberParameter[float | None](
    "lat",
    Number("Latitude", _DEGREES.format(-90, 90), least=-90, most=90),
    None,
    english="lat",
    help="Latitude en degrés, WGS 84.",
)
LIMIT: Final = NumberParameter[float](
    "limit",
    Number("Nombre de réponses", "Demandez-en de 1 à 1000.", least=1, most=1_000, integer=True),
    10,
    english="limit",
    help="Nombre de réponses.",
)
BOUNDARY: Final = Parameter[bool](
    "mesure", Flag("limite", "centre"), default=False, label="Distances mesurées depuis"
)
ORDER: Final = Parameter[bool](
    "ordre",
    Flag("distance", "fiches", subject="l’ordre"),
    default=False,
    label="Ordre",
    english="order",
    help="fiches : à moins de 2 km d’écart, la fiche la mieux renseignée d’abord (par défaut) ; "
    "distance : distance seule.",
)
NEAR: Final = NumberParameter[float](
    "autour",
    Number(
        "Distance",
        "Donnez de 0 à 2000 km.",
        least=0,
        most=2_000,
        unit=" km",
        offered=(0, 5, 10, 20, 50, 100),
    ),
    20,
    label="Catalyseurs proches\u00a0: distance à la limite du territoire",
    english="near_km",
    help="Rayon autour du périmètre, en kilomètres (20 par défaut).",
)

# --- territories side by side -------------------------------------------------------------

DRAWN_KINDS: Final = drawn_kinds()
"""Kinds of territory whose outlines a map draws."""
OUTLINES: Final = Parameter[str](
    "contours",
    OneOf(DRAWN_KINDS, beyond=undrawn_kinds()),
    "",
    label="Territoires",
    english="kind",
    help=f"Territoires de ce type : {', '.join(DRAWN_KINDS[:4])}, …",
)
_SHADED: Final = "Couleur des territoires"
SHADE: Final = Parameter[str]("indicateur", Words(), "", label=_SHADED, english="shade")
COMMUNE_SHADE: Final = Parameter[str](
    "communes", Words(), "", label="Couleur des communes de ce territoire"
)
DETAIL: Final = Parameter[bool](
    "detail",
    Flag("complet", "simplifie"),
    default=False,
    english="detail",
    help="Territoires d’un type, périmètres entiers : complet.",
)

# --- how far inhabitants are, where next; resources; time: declared beside -----------------

WITHIN, COMPARED = reach.WITHIN, reach.COMPARED
GOAL, PLACES = reach.GOAL, reach.PLACES
CANDIDATES, WEIGHT = reach.CANDIDATES, reach.WEIGHT
NATURE, STEP, MATURITY = resource.NATURE, resource.STEP, resource.MATURITY
DATE, COMPARED_DATE, READING = time.DATE, time.COMPARED_DATE, time.READING

# --- alliances and projects ---------------------------------------------------------------

ECOSYSTEM: Final = Parameter[str](
    "ecosysteme",
    Words(),
    "",
    label="Écosystème",
    english="ecosystem",
    help="Acteurs, alliances ou projets de cet écosystème.",
)
TYPE: Final = Parameter[str](
    "type",
    ItemValue("any_partnership"),
    "",
    label="Type d’alliance",
    english="type",
    help="Alliances de ce type : mecenat, …",
)
ODD: Final = Parameter[str](
    "odd",
    ItemValue("odd"),
    "",
    label="ODD",
    english="odd",
    help="Alliances ou projets qui visent cet ODD : 1 à 17.",
)
ACTOR: Final = Parameter[str](
    "acteur",
    Words(),
    "",
    label="Réseau d’un acteur",
    english="actor",
    help="Alliances du réseau de cet acteur.",
)
CURRENT: Final = Parameter[bool](
    "periode",
    Flag("en_cours", subject="la période"),
    default=False,
    label="Période",
    english="period",
    help="Alliances en cours seulement : en_cours.",
)

YEAR: Final = NumberParameter[float | None](
    "annee",
    Number("Année", "Donnez une année, de 1800 à 2200.", least=1800, most=2200, integer=True),
    None,
    label="Année",
    english="year",
    help="Alliances en vigueur cette année-là ; sans date, une alliance reste.",
)

CONTRACTS: Final = Parameter[str](
    "contrats",
    OneOf(("crte", "petr"), subject="les contrats"),
    "",
    label="Montrer aussi les contrats entre collectivités",
)

# --- what a page shows of them ------------------------------------------------------------

LAYOUT: Final = Parameter[str](
    "vue", OneOf(("carte", "graphe", "matrice", "tableau"), subject="la vue"), "carte", label="Vue"
)
COLOURS: Final = Parameter[str](
    "couleurs",
    OneOf(("profil", "groupe"), subject="les couleurs"),
    "profil",
    label="Couleurs du graphe",
)
FRAMED: Final = Parameter[str](
    "montrer",
    OneOf(("territoire", "carte", "ecosysteme"), subject="ce que montre le cadre"),
    "territoire",
    label="Que montrer\u00a0?",
)
RECORD: Final = Parameter[str]("fiche", Words(), "")
OTHER: Final = Parameter[str]("autre", Words(), "")
"""The record to which the first is compared."""
_STATES: Final = Number("Numéro d’état", "L’historique les cite.", least=1, most=1e12, integer=True)
STATE: Final = NumberParameter[float | None]("etat", _STATES, None)
BEFORE: Final = NumberParameter[float | None]("avant", _STATES, None)
"""States of the store older than this one."""
LINK: Final = Parameter[str]("lien", Words(), "")
"""What proves that an organisation was asked to complete its record: see ``owner_link``."""
ALLIANCE: Final = Parameter[str]("alliance", Words(), "")
PROJECT: Final = Parameter[str]("projet", Words(), "")

# --- asking to be put in touch ------------------------------------------------------------

ERASE: Final = Parameter[str]("effacer", Words(), "")
"""A request and its signature: the link of its confirmation, which forgets whoever made it."""

# --- where the map looks: written by web/scripts/page.js and view_state.js -------------------

CENTRE: Final = Parameter[tuple[float, float] | None]("centre", Centre(), None)
ZOOM: Final = NumberParameter[float | None](
    "zoom", Number("Zoom", "Possible : de 3 à 18.", least=3, most=18), None
)
GROUND: Final = Parameter[str]("fond", Words(), "")
CARD: Final = Parameter[str]("choix", Words(), "")
EMBED: Final = Parameter[str]("embed", Words(), "")

# --- what a file holds --------------------------------------------------------------------

_SIZES: Final = ("diapositive", "a4", "publication")
SIZE: Final = Parameter[str](
    *("taille", OneOf(_SIZES), _SIZES[0]), english="size", help=f"Image : {', '.join(_SIZES)}."
)
UNPLACED: Final = Parameter[bool]("sans_point", Flag("oui", "non"), default=False)
