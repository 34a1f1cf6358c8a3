"""The parts of the page Méthode, each drawn from the data it describes."""

import streamlit as st

from geo.analysis.counts import evidence_counts, territory_counts
from geo.analysis.resources import needs
from geo.directory.completeness import USEFUL
from geo.directory.directory import Directory
from geo.french import NBSP, number, typeset
from geo.output.caption import NOT_THE_REGISTER
from geo.output.html import lines, table
from geo.output.resources import need_link
from geo.reference.sources import attribution, sources
from geo.settings import settings
from geo.vocabulary import Vocabulary, items, label, listed
from pages.components.needs import resources_in_force

_STATUS = {
    "confirmee": "Confirmée",
    "ouverte": "Confirmée, liste ouverte",
    "partielle": "Partielle",
    "introuvable": "Introuvable",
    "proposition": "Propre à ce site",
}

_WORDS = ("evidence", "basis")
_MORE = (
    ("Intervient sur", "Le territoire où l’organisation dit agir, plus large que sa commune"),
    ("Lieu connu", "Ce que la source dit du lieu, jamais plus précis qu’elle"),
    ("Fiche renseignée à…", "Part des dix points utiles que la fiche dit"),
)


def definitions() -> None:
    """Say what a catalyst is, and what it does."""
    st.markdown(
        "Un **catalyseur territorial** est un tiers de confiance qui relie collectivités, "
        "associations, entreprises, fondations et chercheurs, pour qu’un territoire résolve "
        "ensemble ce que personne ne peut seul. Il exerce une ou plusieurs de quatre pratiques :"
    )
    every = resources_in_force()
    rows = [
        [item.label, lines(item.activities), need_link(one)]
        for item in items("practice")
        for one in needs(every, [item.id])
    ]
    header = ["Pratique", "Activités", "Pour commencer"]
    st.html(table("Les quatre pratiques de catalyse", header, rows))


def catalysts(book: Directory) -> None:
    """Count the catalysts by evidence, placed and not, and say what they are not."""
    st.header("Les catalyseurs de ce site", anchor=False)
    if not book.fictive:
        st.markdown(typeset(NOT_THE_REGISTER))
    counts = evidence_counts(book)
    helps = {item.id: item.help for item in items("evidence")}
    rows = [
        [
            label("evidence", str(code)),
            helps.get(str(code), ""),
            str(placed),
            str(unplaced),
        ]
        for code, (placed, unplaced) in zip(counts.index, counts.to_numpy(), strict=True)
    ]
    rows.append(["Total", "", *(str(total) for total in counts.sum())])
    header = ["Ce qui les fait connaître", "Sens", "Avec un point", "Sans point"]
    st.html(table(f"{len(book.frame)} catalyseurs, {book.name}", header, rows))
    st.markdown(
        "Un catalyseur n’est placé sur la carte que si une source dit sa commune ; le point est "
        "celui de la commune, jamais une adresse inventée. Connu au département ou à la région "
        "seulement, il est compté et listé là, sans point. Une pratique « d’après "
        "les textes publics » est reconnue par nous dans ce que la source décrit.\n\n"
        "**Charger un autre fichier**, celui du réseau par exemple : un CSV UTF-8 aux mêmes "
        "colonnes que `data/catalysts.csv`, dont le chemin est donné par la variable "
        "d’environnement `CATALYSE_CATALYSTS`. Des données fictives pour essayer : "
        "`catalyse demo --n 350 --seed 1`."
    )


def rules() -> None:
    """Say how distances, presence and scope are measured."""
    st.header("Règles de calcul", anchor=False)
    st.markdown(
        "- **Distance** : géodésique sur l’ellipsoïde WGS 84, à vol d’oiseau, depuis la mairie "
        "quand elle est connue et se trouve dans sa commune, sinon depuis un point intérieur ; "
        "depuis un territoire, au choix, son point central ou sa limite (0 à l’intérieur).\n"
        "- **Filtres d’abord** : les plus proches sont cherchés parmi ceux que les filtres "
        "gardent.\n"
        "- **Présent** : la commune du catalyseur est dans le territoire ; connu au département "
        "ou à la région seulement, il est présent dans les territoires qui contiennent toute "
        "cette zone.\n"
        "- **Intervient sur** un territoire : celui où l’organisation dit agir en contient "
        "toutes les communes.\n"
        "- **Ordre des plus proches** : entre deux catalyseurs dont les distances diffèrent de "
        "moins de 2 km, celui dont la fiche dit le plus passe devant, sur dix points : "
        f"{', '.join(USEFUL)}. « Distance seule » se choisit.\n"
        "- **Proche** : hors du territoire, à moins de la distance choisie de sa limite.\n"
        "- **Distance moyenne d’un habitant** : moyenne, pondérée par la population des communes, "
        "de la distance du point de la commune au catalyseur le plus proche.\n"
        "- **Pour 100 000 habitants** : sur la population municipale.\n"
        "- De loin, les limites dessinées sont simplifiées ; de près et dans les calculs, ce sont "
        "celles de l’IGN, à quelques mètres. Neuf départements, nommés dans les sources, n’ont "
        "qu’un tracé plus ancien, à quelques dizaines de mètres."
    )


def glossary() -> None:
    """Say in plain words what the records mean by theirs."""
    st.header("Les mots des fiches", anchor=False)
    helps = [(item.label, item.help) for name in _WORDS for item in items(name)]
    st.html(table("Ce que les fiches veulent dire", ["Mot", "Sens"], [*helps, *_MORE]))


def sources_table() -> None:
    """List what the project takes from others."""
    st.header("Sources", anchor=False)
    rows = [[s.title, s.publisher, s.licence, s.vintage, s.date] for s in sources()]
    header = ["Source", "Éditeur", "Licence", "Millésime", "Date"]
    st.html(table("Sources de la géographie de référence", header, rows))
    st.caption(f"Mention portée par les cartes et les exports : {typeset(attribution())}")


def reference_counts() -> None:
    """Count the territories of each kind."""
    rows = [[label("territory_kind", k), number(n)] for k, n in territory_counts().items()]
    st.html(table("Territoires de référence", ["Type", "Nombre"], rows))


_MANY = 60  # a list of sentences that nobody would read in a cell


def vocabularies_table() -> None:
    """List every vocabulary: how far it is proven, its items, its sources."""
    st.header("Vocabulaires", anchor=False)
    st.markdown(
        "Une liste « introuvable » est annoncée par le réseau sans que ses éléments soient "
        "publics : elle reste vide, personne ne l’invente."
    )
    rows = [_row(vocabulary) for vocabulary in listed()]
    st.html(table("Listes et preuves", ["Liste", "État", "Éléments", "Sources", "Note"], rows))


def _row(vocabulary: Vocabulary) -> list[str]:
    many = len(vocabulary.items)
    names = ", ".join(item.label for item in vocabulary.items)
    names = f"{many} intitulés" if many > _MANY else names
    expected = f"aucun, {vocabulary.expected} attendus" if vocabulary.expected else ""
    return [
        vocabulary.title,
        _STATUS[vocabulary.status],
        names or expected,
        f"{NBSP}; ".join(vocabulary.sources),
        vocabulary.note,
    ]


def private_life() -> None:
    """Say what is kept of visitors and of people: nothing but what they ask for."""
    st.header("Vie privée et limites", anchor=False)
    st.markdown(
        "- Ce site ne dépose pas de traceur, n’appelle aucun tiers sinon le serveur de fonds de "
        "carte choisi, et n’enregistre pas vos recherches. Sans réseau, un contour de France "
        "remplace le fond de carte.\n"
        "- Les fiches décrivent des organisations ; aucun nom, courriel ou téléphone de personne "
        "n’y figure.\n"
        "- Une demande de mise en lien garde ce que vous écrivez et vos coordonnées, chiffrés par "
        "une clé propre à chacune, lus par la seule coordination et envoyés à ceux que vous "
        "choisissez et au secrétariat du réseau. La clé est détruite après "
        f"{settings().request_months} mois, ou dès que vous le demandez par le lien de "
        "confirmation. Les chiffres qui en restent (mois, département, pratique, suite donnée) ne "
        "nomment personne.\n"
        "- Les CRTE sont ceux de la liste de l’ANCT indiquée plus haut ; leur nombre varie selon "
        "la date et la source. Une commune peut relever de deux CRTE, ou d’aucun."
    )
