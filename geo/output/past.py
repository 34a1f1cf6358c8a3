"""The past of an ecosystem in French: which past it is, what it counts, what changed."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from geo.analysis.past.changes import CAME, CHANGED, LEFT, NAMED, PastChange, PastChanges
from geo.analysis.past.ecosystem import Past
from geo.analysis.past.maturity import MaturityLevel
from geo.analysis.past.question import PastQuestion
from geo.analysis.past.state import PastEcosystem
from geo.dates import in_words
from geo.directory.schema import KINDS
from geo.french import NBSP, count, quoted, typeset
from geo.output.html import table
from geo.query.time_parameters import last_day, today
from geo.vocabulary import name_of

_DAY: Final = 10
_HEADS: Final = {
    CAME: {
        "actor": "Acteurs entrés dans une alliance",
        "alliance": "Alliances commencées",
    },
    NAMED: {
        "actor": "Acteurs cités pour la première fois par une source",
        "alliance": "Alliances citées pour la première fois, sans date de début",
        "project": "Projets cités pour la première fois par une source",
    },
    LEFT: {
        "actor": "Acteurs sortis de leur dernière alliance en cours",
        "alliance": "Alliances terminées",
    },
}
_BASE_HEADINGS: Final = {
    CAME: "{} apparus dans l’écosystème",
    LEFT: "{} sortis de l’écosystème",
    CHANGED: "{} modifiés",
}
_FEMININE: Final = {"alliance"}
HEADER: Final = ("Ce qui a changé", "Fiche", "Quand, ou quoi")


def date_words(text: str) -> str:
    """Write the date of a text: « fin mai 2023 », « 12 mai 2023 », « aujourd’hui »."""
    if last_day(text) == today():
        return "aujourd’hui"
    return in_words(text) if len(text) == _DAY else f"fin {in_words(text)}"


def question_words(question: PastQuestion) -> str:
    """Write the question as a filter of a file: the date, and which past it is of."""
    if not question.date:
        return ""
    reading = "ce que la base savait" if question.of_base else "ce qui existait"
    return f"{reading} au {in_words(question.day.isoformat())}"


def meaning(question: PastQuestion) -> str:
    """Explain in one sentence which past is shown."""
    day = in_words(question.day.isoformat())
    if question.of_base:
        return typeset(
            f"Voici ce que la base savait au {day}, d’après son historique, et non ce qui "
            "existait alors : une alliance de 2020 saisie hier n’y est que depuis hier."
        )
    return typeset(
        f"Voici ce qui existait au {day}, d’après les dates que portent les fiches "
        "d’aujourd’hui, et non ce que la base savait alors."
    )


def limits(state: PastEcosystem) -> list[str]:
    """Describe what the date leaves out: what nothing dates, or what may not be shown any more."""
    if not state.question.date:
        return []
    if state.question.of_base:
        return base_limits(state.unnamed, base_existed=state.base_existed)
    return dated_limits(state.undated)


def dated_limits(undated: Mapping[str, int]) -> list[str]:
    """Explain how many records of today have no date to place them, and what places one."""
    if not (counts := _quantities(undated)):
        return []
    return [
        typeset(
            f"Non montrés, car rien ne dit s’ils y étaient déjà : {counts}. Une alliance est "
            "située par son début et sa fin ; un acteur, par ses alliances ou sa source ; un "
            "projet, par sa source seule."
        )
    ]


def base_limits(unnamed: Mapping[str, int], *, base_existed: bool) -> list[str]:
    """Describe what the past does not bring back, or that there was no base yet."""
    if not base_existed:
        return [typeset("La base n’était pas encore écrite à cette date : rien n’est montré.")]
    sentences = [
        "Noms, lieux et textes sont ceux d’aujourd’hui : rien de ce qui fut retiré ne revient."
    ]
    if counts := _quantities(unnamed):
        sentences.append(
            f"Dans toute la base, {counts} de cette date, retirés ou dépubliés depuis, ne sont ni "
            "nommés ni comptés."
        )
    return [typeset(sentence) for sentence in sentences]


def _quantities(many: Mapping[str, int]) -> str:
    parts = [count(n, KINDS[kind].label, KINDS[kind].plural) for kind, n in many.items() if n]
    return ", ".join(parts)


def change_title(changes: PastChanges) -> str:
    """Return the title of what changed, with both days."""
    first, last = (in_words(day.isoformat()) for day in (changes.first, changes.last))
    return f"Ce qui a changé du {first} au {last}"


def change_sentence(changes: PastChanges) -> str:
    """Count what changed, by kind and nature; and what nothing dates."""
    parts = [
        f"{_head(kind, nature, changes).lower()}{NBSP}: {len(found)}"
        for nature in (CAME, NAMED, LEFT, CHANGED)
        for kind in ("alliance", "actor", "project")
        if (found := changes.of(nature, kind))
    ]
    sentence = "; ".join(parts)
    sentence = f"{sentence[:1].upper()}{sentence[1:]}." if sentence else "Rien de daté n’a changé."
    sentence = sentence if not changes.of_base or parts else "Rien n’a changé dans la base."
    if changes.of_base and not changes.base_existed:
        sentence += (
            " La base n’était pas encore écrite à la première date : tout y est apparu ensuite."
        )
    if undated := _quantities(changes.undated):
        sentence += f" Sans date, donc hors de ce compte : {undated}."
    return typeset(sentence.replace("; ", f"{NBSP}; "))


def change_rows(changes: PastChanges) -> list[tuple[str, str, str]]:
    """List each change: its nature, the record, when it is dated or what was altered."""
    order = {kind: i for i, kind in enumerate(("alliance", "actor", "project"))}
    natures = (CAME, NAMED, LEFT, CHANGED)
    rows = sorted(changes.rows, key=lambda one: (natures.index(one.nature), order[one.kind]))
    return [(change_head(row, changes), row.title, change_words(row)) for row in rows]


def change_head(change: PastChange, changes: PastChanges) -> str:
    """Name what happened to a record, in the plural, as a heading."""
    return _head(change.kind, change.nature, changes)


def _head(kind: str, nature: str, changes: PastChanges) -> str:
    if not changes.of_base:
        return _HEADS[nature][kind]
    heading = _BASE_HEADINGS[nature].format(KINDS[kind].plural.capitalize())
    for word in ("apparus", "sortis", "modifiés") if kind in _FEMININE else ():
        heading = heading.replace(word, f"{word[:-1]}es")
    return heading


def change_words(change: PastChange) -> str:
    """Explain when a change is dated, or what was altered."""
    if change.altered:
        parts = [
            f"{label}{NBSP}: {_quoted(before)} devient {_quoted(after)}"
            for label, before, after in change.altered
        ]
        return f"{NBSP}; ".join(parts)
    return in_words(change.when) if change.when else "—"


def _quoted(text: str) -> str:
    return quoted(text) if text else "rien"


def change_table(changes: PastChanges) -> Markup:
    """Write the changes as a table; nothing without any."""
    rows = change_rows(changes)
    return table(change_title(changes), HEADER, rows) if rows else Markup("")


LEVEL_HEADER: Final = ("Depuis", "Maturité", "Comment on le sait")


def level_rows(levels: Sequence[MaturityLevel]) -> list[tuple[str, str, str]]:
    """List the levels of maturity: since when, which, known how."""
    return [
        (
            in_words(level.since),
            name_of("maturity", level.level) if level.level else "retirée",
            "auto-évaluation de l’équipe" if level.judged else "notée ce jour-là dans la base",
        )
        for level in levels
    ]


def level_sentence(levels: Sequence[MaturityLevel]) -> str:
    """Describe where the history of maturity comes from, or that there is none."""
    if not levels:
        return "Maturité : aucune date n’en est connue."
    return typeset("Un territoire ne se compare qu’à lui-même : jamais à un autre.")


def past_answer(past: Past) -> Markup:
    """Write which past is shown, its limits and what changed, before the page is live."""
    sentences = (
        [] if not past.state.question.date else [meaning(past.state.question), *limits(past.state)]
    )
    if past.changes:
        sentences.append(change_sentence(past.changes))
    html = Markup("").join(Markup("<p>{}</p>").format(sentence) for sentence in sentences)
    if past.levels:
        html += table("La maturité dans le temps", LEVEL_HEADER, level_rows(past.levels))
    return html + (change_table(past.changes) if past.changes else Markup(""))
