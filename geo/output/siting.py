"""The best next places: sentences, table rows, files."""

from typing import Any, Final

import pandas as pd
import shapely

from geo.analysis.proximity.proximity import mean_and_median, pairs_of
from geo.analysis.siting.question import COVERING, WEIGHTS
from geo.analysis.siting.siting import FAR_KM, Siting, State
from geo.directory.directory import Directory
from geo.directory.schema import REAL, WHOLE
from geo.french import NBSP, count, number, typeset
from geo.output.caption import Caption, caption
from geo.output.datasets.table import Column, Dataset, shapes_of
from geo.output.exports.model import Export
from geo.output.proximity import LIMITS, METHOD, kilometres, share, vintage
from geo.reference import france

_COLUMNS: Final = (
    Column("siting_id", "Identifiant"),
    Column("rank", "Rang", WHOLE),
    Column("commune_code", "Code de la commune"),
    Column("commune_name", "Commune"),
    Column("departement_code", "Département"),
    Column("candidate_of", "Commune la plus peuplée de"),
    Column("population", "Population de la commune", WHOLE),
    Column("gained", "Habitants mis à portée, après les lieux précédents", WHOLE),
    Column("served", "Habitants rapprochés, après les lieux précédents", WHOLE),
    Column("within", "Habitants à portée, ce lieu compris", WHOLE),
    Column("mean_km", "Distance moyenne, ce lieu compris (km)", REAL),
)
_PROVEN: Final = 1e-6
_UNSEEN: Final = " : un lieu proposé peut en avoir un que les textes publics ne situent pas."
_NO_DECISION: Final = (
    "Un catalyseur est ici un point : ni ses moyens, ni les routes, ni les volontés locales ne "
    "sont dans le calcul ; il éclaire un choix et ne le remplace pas."
)
HEADER: Final = (
    "Rang",
    "Lieu",
    "Pour",
    "Mis à portée",
    "Rapprochés",
    "À portée",
    "Distance moyenne",
)


def goal_sentence(answer: Siting) -> str:
    """Return the question in one French sentence."""
    question = answer.question
    goal = (
        f"qui mettent le plus d’habitants à moins de {number(question.within_km)} km"
        if question.goal == COVERING
        else f"qui réduisent le plus la distance moyenne (comptée {number(FAR_KM)} km au plus)"
    )
    return typeset(
        f"{count(question.count, 'lieu', 'lieux')} {goal}, parmi {_among(answer)} ; "
        f"{question.where()} ; compte : {WEIGHTS[question.weight]}."
    )


def _among(answer: Siting) -> str:
    kinds = {
        "epci": "communes les plus peuplées des EPCI",
        "crte": "communes les plus peuplées des CRTE",
    }
    kind = kinds.get(answer.question.candidates, "communes données")
    return f"{number(answer.candidate_count)} {kind}"


def gap_sentence(answer: Siting) -> str:
    """Describe how good the answer is, proven."""
    gap = answer.solution.gap
    if answer.places.empty:
        return "Aucun des lieux possibles n’améliore la situation présente."
    if gap <= _PROVEN:
        return "Choix prouvé optimal : aucun autre choix d’autant de lieux ne ferait mieux."
    return typeset(
        f"Choix prouvé à {number(gap * 100, 2)} % près : aucun autre choix d’autant de lieux "
        "n’apporterait davantage que ce petit écart de plus."
    )


def before_after(answer: Siting) -> str:
    """Describe what changes, in one sentence."""
    before, after = answer.before, answer.after
    return typeset(
        f"À moins de {number(answer.question.within_km)} km : {_within(before, answer.counted)} "
        f"aujourd’hui, {_within(after, answer.counted)} avec ces lieux. Distance moyenne : "
        f"{kilometres(before.mean_km)} aujourd’hui, {kilometres(after.mean_km)} ensuite."
    )


def _within(state: State, people: int) -> str:
    return f"{number(state.within)} habitants ({share(state.within, people)})"


def trust_sentences(answer: Siting) -> list[str]:
    """Describe what the answer rests upon, and what it does not know."""
    placed, every = number(answer.placed_count), number(answer.selected_count)
    sentences = [
        f"{placed} catalyseurs placés sur {every} de la sélection comptent comme présents{_UNSEEN}",
        _NO_DECISION,
    ]
    if answer.unknown:
        sentences.append(
            f"{number(answer.unknown)} habitants de communes sans donnée publiée ne comptent pas."
        )
    return [typeset(sentence) for sentence in sentences]


def place_rows(answer: Siting) -> list[list[str]]:
    """Write the places as cells, in their order: see ``HEADER``."""
    return [
        [
            str(row["rank"]),
            f"{row['commune_name']} ({row['departement_code']})",
            str(row["candidate_of"]),
            f"+{NBSP}{number(row['gained'])}",
            number(row["served"]),
            share(row["within"], answer.counted),
            kilometres(row["mean_km"]),
        ]
        for row in answer.places.to_dict("records")
    ]


def siting_caption(directory: Directory, answer: Siting) -> Caption:
    """Describe the answer: its question, its proof, its limits."""
    sentences = [goal_sentence(answer), before_after(answer), gap_sentence(answer)]
    about = " ".join([*sentences, *trust_sentences(answer), METHOD, LIMITS, vintage()])
    selection = answer.question.selection
    base = caption(directory, selection, "Les prochains lieux qui aideraient le plus", about)
    return Caption(
        base.title, base.filters, base.fictive, base.catalysts_from, about, subject="siting"
    )


def siting_export(directory: Directory, answer: Siting) -> Export:
    """Return the places, as points."""
    rows = answer.places.assign(
        siting_id=[f"lieu-{code}" for code in answer.places["commune_code"]],
        mean_km=answer.places["mean_km"].astype(float).round(3),
    )
    frame = rows[[column.name for column in _COLUMNS]].set_index("siting_id", drop=False)
    points = shapes_of(shapely.points(rows["longitude"], rows["latitude"]).tolist())
    found = Dataset("siting", "Prochains lieux", _COLUMNS, frame, points, "Point")
    return Export((found,), siting_caption(directory, answer), "prochains-lieux")


def far_by_territory(answer: Siting, kind: str, when: str = "after") -> dict[str, float]:
    """Return the mean distance of an inhabitant once the places are there, by territory.

    ``when``: « before » for the distance without them.

    Communes that the question leaves out keep none: territories of theirs have no value.
    """
    towns = pd.DataFrame({"population": france.communes()["population"], "km": answer.km[when]})
    towns["km"] = towns["km"].fillna(float("inf"))
    found = mean_and_median(towns, pairs_of(kind))["mean_km"]
    return {str(code): float(value) for code, value in found.items()}


def siting_record(answer: Siting) -> dict[str, Any]:
    """Return the answer as plain values, for the terminal's JSON."""
    records = answer.places.drop(columns=["longitude", "latitude"]).to_dict("records")
    return {
        "question": goal_sentence(answer),
        "counted": answer.counted,
        "unknown": answer.unknown,
        "before": vars(answer.before),
        "after": vars(answer.after),
        "gap": round(answer.solution.gap, 6),
        "total": answer.solution.total,
        "bound": answer.solution.bound,
        "places": records,
    }
