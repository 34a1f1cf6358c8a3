"""How far inhabitants are, said: sentences, table rows, files."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

from geo.analysis.proximity.proximity import STEPS_KM, WITHIN, Proximity, counted, practice_columns
from geo.directory.schema import REAL, WHOLE
from geo.french import NBSP, count, number, typeset
from geo.output.caption import Caption
from geo.output.coverage import outlines
from geo.output.datasets import Column, Dataset
from geo.output.datasets.table import NAMED_TERRITORY, shapes_of
from geo.output.exports.model import Export
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


def vintage() -> str:
    """Say which population counts: publisher, list, date."""
    return typeset(sources.vintage())


def share(part: float, whole: float) -> str:
    """Say a share in per cent; what has no whole has none."""
    return f"{number(100 * part / whole, 1)}{NBSP}%" if whole else UNKNOWN


def kilometres(value: float | None) -> str:
    """Say a distance in kilometres, « non disponible » for none."""
    return UNKNOWN if value is None or pd.isna(value) else f"{number(value, 1)}{NBSP}km"


def confidence(seen: Proximity) -> str:
    """Say how many catalysts the distances rest upon."""
    left = seen.selected_count - seen.placed_count
    who = count(seen.selected_count, "catalyseur")
    parts = [f"Données partielles : {number(seen.placed_count)} placés sur {who} de la sélection"]
    if left:
        parts.append(f"{number(left)} sans point n’entrent dans aucune distance")
    if seen.national_count:
        parts.append(f"{number(seen.national_count)} d’envergure nationale ne sont pas comptés")
    return typeset(" ; ".join(parts) + ".")


def country_figures(seen: Proximity) -> list[tuple[str, str]]:
    """Return the key figures of the whole country."""
    all_, people = seen.country, float(seen.country["population"])
    within = number(seen.within_km)
    return [
        (f"Habitants à moins de {within}{NBSP}km", share(all_["within"], people)),
        ("Distance moyenne d’un habitant", kilometres(all_["mean_km"])),
        ("Distance médiane", kilometres(all_["median_km"])),
        (
            f"Les quatre pratiques à moins de {within}{NBSP}km",
            share(all_["four_practices"], people),
        ),
    ]


def sentences(seen: Proximity) -> list[str]:
    """Say what the figures leave apart, one sentence each."""
    kinds, none = plural(seen.kind), len(seen.without)
    within = f"{number(seen.within_km)} km"
    none_of = f"{number(none)} {kinds} sur {number(len(seen.frame))}"
    found = [f"{none_of} n’ont aucun habitant à moins de {within} d’un catalyseur placé."]
    if seen.country["unreached"]:
        found.append(
            f"{number(int(seen.country['unreached']))} habitants vivent outre-mer sur une terre où "
            "aucun catalyseur de la sélection n’est placé : ils n’entrent dans aucune moyenne."
        )
    if seen.country["scope_only"]:
        found.append(
            f"À part : {number(int(seen.country['scope_only']))} habitants plus loin que {within} "
            "sont dans le territoire d’intervention qu’un catalyseur déclare."
        )
    return [typeset(one) for one in [*found, *_remainders(seen)]]


def _remainders(seen: Proximity) -> list[str]:
    """Say what parts the sum of the lines from the whole country; nothing when nothing does."""
    kinds, found = plural(seen.kind), []
    if out := int(seen.outside["population"]):
        found.append(f"{number(out)} habitants ne sont dans aucun de ces {kinds}")
    if twice := int(seen.twice["population"]):
        found.append(f"{number(twice)} sont dans deux et comptent dans chacun")
    if not found:
        return []
    return [f"Somme des lignes et total du pays : {' ; '.join(found)}."]


def least_rows(seen: Proximity, most: int) -> list[list[str]]:
    """Write the least served territories: name, people, mean, within, how sure."""
    rows = seen.least_served().head(most).to_dict("records")
    return [
        [
            str(row["territory_name"]),
            number(row["population"]),
            kilometres(row["mean_km"]),
            share(row["within"], row["population"]),
            *([share(row["beside_within"], row["population"])] if beside(seen) else []),
            sure(row),
        ]
        for row in rows
    ]


def beside(seen: Proximity) -> bool:
    """Tell whether neighbouring layers bring anybody within reach."""
    return bool(seen.country["beside_within"] > seen.country["within"])


def least_header(seen: Proximity) -> list[str]:
    """Name the columns of ``least_rows``."""
    within = f"À moins de {number(seen.within_km)}{NBSP}km"
    more = [f"{within}, lieux montrés à part compris"] if beside(seen) else []
    return ["Territoire", "Habitants", "Distance moyenne", within, *more, "Confiance"]


def sure(row: dict[Any, Any]) -> str:
    """Say what could change the figures of a territory."""
    left, scoped = int(row["unplaced_region"]), int(row["scope_only"])
    said = []
    if left:
        said.append(f"à confirmer : {count(left, 'catalyseur')} sans point dans sa région")
    if scoped:
        said.append(f"{share(scoped, row['population'])} dans un territoire d’intervention déclaré")
    return typeset(" ; ".join(said) or "aucun catalyseur non placé dans sa région")


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


def territory_rows(seen: Proximity) -> pd.DataFrame:
    """Return the rows of files and of the API, by « kind:code »."""
    ids = [str(Place(seen.kind, str(code))) for code in seen.frame.index]
    rows = seen.frame.round({"mean_km": 3, "median_km": 3}).assign(
        territory_kind=seen.kind, territory_id=ids, within_km=seen.within_km
    )
    return rows[[one.name for one in _columns()]].set_index("territory_id", drop=False)


def territory_records(seen: Proximity) -> list[dict[str, Any]]:
    """Return the rows as plain values, None for what is missing."""
    rows = territory_rows(seen).astype(object)
    return [
        {str(name): value for name, value in row.items()}
        for row in rows.where(rows.notna(), None).to_dict("records")
    ]


def proximity_export(seen: Proximity, about: Caption) -> Export:
    """Return every territory of the kind, its figures and its outline simplified at 500 m."""
    rows = territory_rows(seen)
    kinds = plural(seen.kind)
    shapes = shapes_of(outlines(seen.kind).loc[seen.frame.index])
    title = kinds[0].upper() + kinds[1:]
    dataset = Dataset("reach", title, _columns(), rows, shapes, "MultiPolygon")
    said = " ".join([METHOD, LIMITS, confidence(seen), *_remainders(seen), vintage()])
    return Export((dataset,), replace(about, subject="reach", about=said), f"portee-{seen.kind}")


def country_totals(seen: Proximity) -> dict[str, dict[str, float | None]]:
    """Return the whole country and what parts it from the sum of the rows, for the API."""
    distances = {
        name: None if pd.isna(seen.country[name]) else round(float(seen.country[name]), 3)
        for name in ("mean_km", "median_km")
    }
    counts: dict[str, dict[str, float | None]] = {
        part: {name: int(values[name]) for name in counted()}
        for part, values in (
            ("country", seen.country),
            ("outside", seen.outside),
            ("twice", seen.twice),
        )
    }
    return {**counts, "country": counts["country"] | distances}
