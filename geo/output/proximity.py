"""How far inhabitants are: sentences, table rows, files."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from geo.analysis.proximity.proximity import STEPS_KM, WITHIN, Proximity, counted, practice_columns
from geo.directory.schema import REAL, WHOLE
from geo.french import NBSP, count, number, typeset
from geo.output.caption import Caption
from geo.output.coverage import outlines
from geo.output.datasets.table import NAMED_TERRITORY, Column, Dataset, shapes_of
from geo.output.exports.model import Export
from geo.output.maps.territories import Scale
from geo.reference import sources
from geo.reference.place import Place
from geo.vocabulary import label, plural

UNKNOWN: Final = f"non{NBSP}disponible"
METHOD: Final = (
    "Chaque habitant est compté au point de sa commune (la mairie), à vol d’oiseau, sans "
    "jamais franchir un océan : l’Hexagone et la Corse d’une part, chaque "
    "département d’outre-mer de l’autre."
)
"""How distances are measured."""
LIMITS: Final = (
    "Un catalyseur dont le lieu n’est pas connu ne peut que raccourcir ces distances : les "
    "habitants à portée sont un minimum, les distances un maximum, et la route est plus longue."
)
"""What the figures cannot say."""

FAR_SCALE: Final = Scale((0.0, 10.0, 25.0, 50.0, 75.0, 100.0), "km")
"""Classes of a mean distance, the same whatever is asked: two maps are compared at a glance."""


def vintage() -> str:
    """Name the source of the population: publisher, list, date."""
    return typeset(sources.vintage())


def share(part: float, whole: float) -> str:
    """Write a share in per cent; ``UNKNOWN`` of an empty whole."""
    return f"{number(100 * part / whole, 1)}{NBSP}%" if whole else UNKNOWN


def kilometres(value: float | None) -> str:
    """Write a distance in kilometres, « non disponible » for none."""
    return UNKNOWN if value is None or pd.isna(value) else f"{number(value, 1)}{NBSP}km"


def confidence(answer: Proximity) -> str:
    """Explain how many catalysts the distances rest upon."""
    if not answer.selected_count:
        return "Aucun catalyseur : il n’y a pas de distance à mesurer."
    unplaced = answer.selected_count - answer.placed_count
    quantity = count(answer.selected_count, "catalyseur")
    parts = [
        f"Données partielles : {number(answer.placed_count)} placés sur {quantity} de la sélection"
    ]
    if unplaced:
        parts.append(f"{number(unplaced)} sans point n’entrent dans aucune distance")
    if answer.national_count:
        parts.append(f"{number(answer.national_count)} d’envergure nationale ne sont pas comptés")
    return typeset(" ; ".join(parts) + ".")


def country_figures(answer: Proximity) -> list[tuple[str, str]]:
    """Return the key figures of the whole country."""
    all_, people = answer.country, float(answer.country["population"])
    within = number(answer.within_km)
    return [
        (f"Habitants à moins de {within}{NBSP}km", share(all_["within"], people)),
        ("Distance moyenne d’un habitant", kilometres(all_["mean_km"])),
        ("Distance médiane", kilometres(all_["median_km"])),
        (
            f"Les quatre pratiques à moins de {within}{NBSP}km",
            share(all_["four_practices"], people),
        ),
    ]


def sentences(answer: Proximity) -> list[str]:
    """Describe what the figures leave apart, one sentence each."""
    kinds, none = plural(answer.kind), len(answer.without)
    within = f"{number(answer.within_km)} km"
    none_of = f"{number(none)} {kinds} sur {number(len(answer.frame))}"
    found = [f"{none_of} n’ont aucun habitant à moins de {within} d’un catalyseur placé."]
    if not answer.placed_count:
        return []  # each would say of the whole country what the selection lacks
    if answer.country["unreached"]:
        found.append(
            f"{number(int(answer.country['unreached']))} habitants sont séparés par un océan de "
            "tout catalyseur placé de la sélection : ils n’entrent dans aucune moyenne."
        )
    if answer.country["scope_only"]:
        found.append(
            f"À part : {number(int(answer.country['scope_only']))} habitants plus loin que "
            f"{within} sont dans le territoire d’intervention qu’un catalyseur déclare."
        )
    return [typeset(one) for one in [*found, *_remainders(answer)]]


def _remainders(answer: Proximity) -> list[str]:
    """Explain why the lines do not add up to the whole country; empty when they do."""
    kinds, found = plural(answer.kind), []
    if out := int(answer.outside["population"]):
        found.append(f"{number(out)} habitants ne sont dans aucun de ces {kinds}")
    if twice := int(answer.twice["population"]):
        found.append(f"{number(twice)} sont dans deux et comptent dans chacun")
    if not found:
        return []
    return [f"Somme des lignes et total du pays : {' ; '.join(found)}."]


def least_rows(answer: Proximity, most: int) -> list[list[str]]:
    """Write the least served territories: name, people, mean, within, how sure."""
    rows = answer.least_served().head(most).to_dict("records")
    return [
        [
            str(row["territory_name"]),
            number(row["population"]),
            kilometres(row["mean_km"]),
            share(row["within"], row["population"]),
            *([share(row["beside_within"], row["population"])] if beside(answer) else []),
            sure(row),
        ]
        for row in rows
    ]


def beside(answer: Proximity) -> bool:
    """Return whether neighbouring layers bring anybody within reach."""
    return bool(answer.country["beside_within"] > answer.country["within"])


def least_header(answer: Proximity) -> list[str]:
    """Name the columns of ``least_rows``."""
    within = f"À moins de {number(answer.within_km)}{NBSP}km"
    more = [f"{within}, lieux montrés à part compris"] if beside(answer) else []
    return ["Territoire", "Habitants", "Distance moyenne", within, *more, "Confiance"]


def sure(row: dict[Any, Any]) -> str:
    """Describe what could change the figures of a territory."""
    unplaced, scoped = int(row["unplaced_region"]), int(row["scope_only"])
    parts = []
    if unplaced:
        parts.append(f"à confirmer : {count(unplaced, 'catalyseur')} sans point dans sa région")
    if scoped:
        parts.append(
            f"{share(scoped, row['population'])} dans un territoire d’intervention déclaré"
        )
    return typeset(" ; ".join(parts) or "aucun catalyseur non placé dans sa région")


def _columns() -> tuple[Column, ...]:
    steps = [
        Column(name, f"Habitants à moins de {step} km", WHOLE)
        for step, name in zip(STEPS_KM, WITHIN, strict=True)
    ]
    practices = [
        Column(column, f"Habitants à portée : {label('practice', code)}", WHOLE)
        for code, column in practice_columns().items()
    ]
    return (
        *NAMED_TERRITORY,
        Column("population", "Population", WHOLE),
        *steps,
        Column("within_km", "À portée : à moins de (km)", REAL),
        Column("within", "Habitants à portée", WHOLE),
        Column("mean_km", "Distance moyenne d’un habitant (km)", REAL),
        Column("median_km", "Distance médiane d’un habitant (km)", REAL),
        *practices,
        Column("four_practices", "Habitants à portée des quatre pratiques", WHOLE),
        Column("scope_only", "Hors de portée, dans un territoire d’intervention déclaré", WHOLE),
        Column("beside_within", "Habitants à portée, lieux montrés à part compris", WHOLE),
        Column("unreached", "Habitants d’une terre sans catalyseur placé", WHOLE),
        Column("catalyst_count", "Catalyseurs présents", WHOLE),
        Column("unplaced_region", "Catalyseurs sans point dans la région", WHOLE),
    )


def territory_rows(answer: Proximity) -> pd.DataFrame:
    """Return the rows of files and of the API, by « kind:code »."""
    ids = [str(Place(answer.kind, str(code))) for code in answer.frame.index]
    rows = answer.frame.round({"mean_km": 3, "median_km": 3}).assign(
        territory_kind=answer.kind, territory_id=ids, within_km=answer.within_km
    )
    return rows[[column.name for column in _columns()]].set_index("territory_id", drop=False)


def territory_records(answer: Proximity) -> list[dict[str, Any]]:
    """Return the rows as plain values, None for what is missing."""
    rows = territory_rows(answer).astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in rows.where(rows.notna(), None).to_dict("records")
    ]


def proximity_export(answer: Proximity, about: Caption) -> Export:
    """Return every territory of the kind, its figures and its outline simplified at 500 m."""
    rows = territory_rows(answer)
    kinds = plural(answer.kind)
    shapes = shapes_of(outlines(answer.kind).loc[answer.frame.index])
    title = kinds[0].upper() + kinds[1:]
    dataset = Dataset("reach", title, _columns(), rows, shapes, "MultiPolygon")
    description = " ".join([METHOD, LIMITS, confidence(answer), *_remainders(answer), vintage()])
    return Export(
        (dataset,), replace(about, subject="reach", about=description), f"portee-{answer.kind}"
    )


def country_totals(answer: Proximity) -> dict[str, dict[str, float | None]]:
    """Return the whole country and what parts it from the sum of the rows, for the API."""
    distances = {
        name: None if pd.isna(answer.country[name]) else round(float(answer.country[name]), 3)
        for name in ("mean_km", "median_km")
    }
    counts: dict[str, dict[str, float | None]] = {
        part: {name: int(values[name]) for name in counted()}
        for part, values in (
            ("country", answer.country),
            ("outside", answer.outside),
            ("twice", answer.twice),
        )
    }
    return {**counts, "country": counts["country"] | distances}
