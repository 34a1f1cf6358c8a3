"""The page Méthode in two levels: what a mayor reads in two minutes, then each detail, folded.

Everything counted in it is drawn from the data it describes.
"""

from typing import Final

from markupsafe import Markup

from geo.analysis.bridging import groups, mixing
from geo.analysis.bridging.bridging import LEAST_ACTORS, LEAST_ALLIANCES, LEAST_DATED
from geo.analysis.counts import evidence_counts, territory_counts
from geo.analysis.resources import needs
from geo.dates import in_words
from geo.directory.completeness import USEFUL
from geo.directory.directory import Directory
from geo.directory.resources import catalogue
from geo.directory.store.open import open_store
from geo.french import NBSP, count, number, typeset
from geo.output.caption import NOT_THE_REGISTER, origin_in_words, today
from geo.output.html import lines, table
from geo.output.resources import need_link
from geo.reference.sources import attribution, sources, vintage
from geo.settings import settings
from geo.templates import render
from geo.vocabulary import Vocabulary, items, label, listed

_STATUS: Final = {
    "confirmee": "Confirmée",
    "ouverte": "Confirmée, liste ouverte",
    "partielle": "Partielle",
    "introuvable": "Introuvable",
    "proposition": "Propre à ce site",
}
_WORDS: Final = ("evidence", "basis")
_MORE: Final = (
    ("Intervient sur", "Le territoire où l’organisation dit agir, plus large que sa commune"),
    ("Lieu connu", "Ce que la source dit du lieu, jamais plus précis qu’elle"),
    ("Fiche renseignée à…", "Part des dix points utiles que la fiche dit"),
)
_MANY: Final = 60  # a list of sentences that nobody would read in a cell


def method_page(book: Directory) -> Markup:
    """Write the whole page under its title."""
    total, placed = len(book.frame), int(book.frame["longitude"].notna().sum())
    return render(
        "method.html",
        practices=[(item.label, ", ".join(item.activities)) for item in items("practice")],
        total=total,
        catalysts=count(total, "catalyseur"),
        placed=placed,
        unplaced=total - placed,
        register="" if book.fictive or not total else NOT_THE_REGISTER,
        vintage=vintage(),
        details=[
            ("Les quatre pratiques et leurs activités", _practices()),
            ("Ce qui fait connaître chaque catalyseur", _evidence(book)),
            ("Les mots des fiches", _words()),
            (
                "Comment les distances et les comptes se calculent",
                render("method_rules.html", useful=", ".join(USEFUL)),
            ),
            ("Comment se mesure qui relie qui", _bridges()),
            ("Les sources et leurs dates", _sources()),
            ("Les territoires de France comptés ici", _territories()),
            ("Les listes de mots, et ce qui les prouve", _vocabularies()),
            (
                "Vie privée, en détail",
                render("method_private.html", months=settings().request_months),
            ),
        ],
    )


def _practices() -> Markup:
    every = catalogue(open_store())
    rows = [
        [item.label, lines(item.activities), need_link(need)]
        for item in items("practice")
        for need in needs(every, [item.id])
    ]
    header = ["Pratique", "Activités", "Pour commencer"]
    return table("Les quatre pratiques de catalyse", header, rows, folds=True)


def _evidence(book: Directory) -> Markup:
    """Count the catalysts by evidence, placed and not."""
    counts = evidence_counts(book)
    helps = {item.id: item.help for item in items("evidence")}
    rows = [
        [label("evidence", str(code)), helps.get(str(code), ""), str(placed), str(unplaced)]
        for code, (placed, unplaced) in zip(counts.index, counts.to_numpy(), strict=True)
    ]
    rows.append(["Total", "", *(str(total) for total in counts.sum())])
    header = ["Ce qui les fait connaître", "Sens", "Avec un point", "Sans point"]
    title = f"{count(len(book.frame), 'catalyseur')} ({origin_in_words(book.name, today())})"
    return table(title, header, rows, folds=True) + _paragraph(
        "Connu au département ou à la région seulement, un catalyseur est compté et listé là, sans "
        "point. Une pratique « d’après les textes publics » est reconnue par nous dans ce que la "
        "source décrit."
    )


def _words() -> Markup:
    helps = [(item.label, item.help) for name in _WORDS for item in items(name)]
    return table("Ce que les fiches veulent dire", ["Mot", "Sens"], [*helps, *_MORE])


def _bridges() -> Markup:
    return render(
        "method_bridges.html",
        group_draws=groups.DRAWS,
        draws=mixing.DRAWS,
        seldom=round(mixing.SELDOM * 100),
        actors=LEAST_ACTORS,
        alliances=LEAST_ALLIANCES,
        dated=LEAST_DATED,
    )


def _sources() -> Markup:
    rows = [[s.title, s.publisher, s.licence, s.vintage, in_words(s.date)] for s in sources()]
    header = ["Source", "Éditeur", "Licence", "Millésime", "Date"]
    sentence = f"Mention portée par les cartes et les exports : {attribution()}"
    sourced = table("Sources de la géographie de référence", header, rows, folds=True)
    return sourced + _paragraph(sentence)


def _territories() -> Markup:
    rows = [[label("territory_kind", k), number(n)] for k, n in territory_counts().items()]
    return table("Territoires de référence", ["Type", "Nombre"], rows)


def _vocabularies() -> Markup:
    """List every vocabulary: how far it is proven, its items, its sources."""
    header = ["Liste", "État", "Éléments", "Sources", "Note"]
    return _paragraph(
        "Une liste « introuvable » est annoncée par le réseau sans que ses éléments soient "
        "publics : elle reste vide, personne ne l’invente."
    ) + table("Listes et preuves", header, map(_row, listed()), folds=True)


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


def _paragraph(*texts: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(typeset(text)) for text in texts)
