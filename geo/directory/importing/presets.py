"""Known open formats: recognised by their header, mapped once for all."""

from dataclasses import dataclass
from typing import Final

from geo.directory.importing.errors import bad_file
from geo.directory.importing.fields import BY_NAME
from geo.directory.importing.table import Table
from geo.directory.schema import ACTOR


@dataclass(frozen=True)
class ImportPreset:
    """A published format: columns that tell it, and the field each feeds.

    ``url`` is the page of its publisher, empty for a file that Catalyse itself wrote.
    """

    id: str
    title: str
    url: str
    columns: dict[str, str]
    telling: frozenset[str]


_OWN_FIELDS: Final = {field.name: field.label for field in ACTOR.fields if field.name in BY_NAME}
_OWN_COLUMNS: Final = {name: name for name in _OWN_FIELDS} | {"fictif": "fictive"}
# Of no description: in a KML of catalysts, that of a placemark is a text for its bubble.
_CATALYST_COLUMNS: Final = {
    {"actor_id": "catalyst_id", "actor_name": "catalyst_name"}.get(column, column): name
    for column, name in _OWN_COLUMNS.items()
    if name != "description"
}
OWN: Final = (
    ImportPreset(
        "catalyse_acteurs",
        "acteurs exportés de Catalyse",
        "",
        _OWN_COLUMNS,
        frozenset({"actor_id", "actor_name"}),
    ),
    ImportPreset(
        "catalyse_catalyseurs",
        "catalyseurs exportés de Catalyse",
        "",
        _CATALYST_COLUMNS,
        frozenset({"catalyst_id", "catalyst_name"}),
    ),
    ImportPreset(
        "catalyse_classeur",
        "classeur exporté de Catalyse",
        "",
        {label: name for name, label in _OWN_FIELDS.items()},
        frozenset({"Identifiant", "Nom", "Origine des pratiques", "Preuve publique"}),
    ),
)
"""Files that Catalyse writes: each column is the field it was written from."""

_OTHERS: Final = {
    "alliance_id": "d’alliances",
    "link_id": "de liens",
    "project_id": "de projets",
}
"""What else Catalyse writes, by its first column."""

PRESETS: Final = (
    *OWN,
    ImportPreset(
        "france_services",
        "France services (ANCT)",
        "https://www.data.gouv.fr/datasets/liste-des-structures-france-services",
        {
            "id_fs": "external_id",
            "lib_fs": "actor_name",
            "adresse": "address",
            "complement_adresse": "address",
            "insee_com": "commune_code",
            "code_postal": "postcode",
            "lib_com": "town",
            "latitude": "latitude",
            "longitude": "longitude",
        },
        frozenset({"id_fs", "lib_fs"}),
    ),
    ImportPreset(
        "tiers_lieux_anct",
        "Tiers-lieux (ANCT, CGET 2019)",
        "https://www.data.gouv.fr/datasets/recensement-des-tiers-lieux",
        {
            "ID": "external_id",
            "NOM_TL": "actor_name",
            "ADRESSE": "address",
            "CP": "postcode",
            "COMINIT": "town",
            "INSEECOM": "commune_code",
            "WEB": "website",
            "TYPO": "description",
            "LAT": "latitude",
            "LONG": "longitude",
        },
        frozenset({"NOM_TL", "INSEECOM", "TYPO"}),
    ),
    ImportPreset(
        "lieux_mediation_numerique",
        "Lieux de médiation numérique (schéma national)",
        "https://schema.data.gouv.fr/LaMednum/standard-mediation-num/",
        {
            "id": "external_id",
            "nom": "actor_name",
            "commune": "town",
            "code_postal": "postcode",
            "code_insee": "commune_code",
            "adresse": "address",
            "complement_adresse": "address",
            "latitude": "latitude",
            "longitude": "longitude",
            "date_maj": "source_date",
            "services": "description",
            "presentation_resume": "description",
            "pivot": "siret",
            "telephone": "phone",
            "courriel": "email",
            "courriels": "email",
            "site_web": "website",
        },
        frozenset({"pivot", "services", "nom", "date_maj"}),
    ),
    ImportPreset(
        "fabriques_de_territoire",
        "Fabriques de territoire (ANCT)",
        "https://www.data.gouv.fr/datasets/fabriques-de-territoire",
        {
            "id_territoire": "external_id",
            "lib_territoire": "actor_name",
            "id_geo": "commune_code",
            "lib_geo": "town",
        },
        frozenset({"id_territoire", "lib_territoire", "id_geo"}),
    ),
)


def recognised(table: Table) -> ImportPreset | None:
    """Find the known format whose telling columns are all in the header."""
    names = set(table.columns)
    return next((preset for preset in PRESETS if preset.telling <= names), None)


def refuse_others(table: Table) -> None:
    """Refuse what Catalyse wrote of something else than actors.

    Raises
    ------
    BadFileError
        Its lines would become actors that nobody is.
    """
    if what := next((_OTHERS[one] for one in _OTHERS if one in table.columns), ""):
        why = f"c’est un export {what} de Catalyse, qui ne dit pas qui sont les acteurs"
        raise bad_file(table.name, why, "importez l’export des acteurs")
