"""What actors do together: alliances, projects and their actions, ecosystems and perimeters."""

from typing import Final

from geo.directory.schema.kind import FLAG, PROVENANCE, TEXTS, WHOLE, Field, RecordKind

ALLIANCE: Final = RecordKind(
    "alliance",
    "alliances",
    "alliance",
    "alliances",
    (
        Field("alliance_id", "Identifiant", exported=True),
        Field("alliance_name", "Nom", exported=True),
        Field("partnership_kind", "Type", vocabulary="any_partnership", exported=True),
        Field("member_ids", "Membres", TEXTS, exported=True),
        Field("member_roles", "Rôles", TEXTS),
        Field("odd", "ODD", TEXTS, "odd", exported=True),
        Field("practices", "Pratiques", TEXTS, "practice", exported=True),
        Field("since", "Depuis", date=True, exported=True),
        Field("until", "Jusqu’à", date=True, exported=True),
        Field("note", "Note", long=True, exported=True),
        *PROVENANCE,
    ),
)

PROJECT: Final = RecordKind(
    "project",
    "projects",
    "projet",
    "projets",
    (
        Field("project_id", "Identifiant", exported=True),
        Field("project_name", "Nom", exported=True),
        Field("step", "Étape", vocabulary="project_step", exported=True),
        Field("progress", "Avancement", vocabulary="progress", exported=True),
        Field("summary", "Résumé", long=True, exported=True),
        Field("actor_ids", "Acteurs", TEXTS, exported=True),
        Field("alliance_ids", "Alliances", TEXTS, exported=True),
        Field("odd", "ODD", TEXTS, "odd", exported=True),
        Field("odd_targets", "Cibles des ODD", TEXTS, "odd_target", since=4, exported=True),
        Field("practices", "Pratiques", TEXTS, "practice", exported=True),
        Field("ecosystem_id", "Écosystème", exported=True),
        Field("rank", "Rang sur le tableau", WHOLE),
        Field("note", "Note", long=True, exported=True),
        *PROVENANCE,
    ),
)

ACTION: Final = RecordKind(
    "action",
    "actions",
    "action",
    "actions",
    (
        Field("action_id", "Identifiant"),
        Field("action_name", "Action"),
        Field("project_id", "Projet"),
        Field("due", "Échéance", date=True),
        Field("actor_id", "Acteur responsable"),
        Field("contact_id", "Personne responsable"),
        Field("done", "Faite", FLAG),
        *PROVENANCE,
    ),
)

ECOSYSTEM: Final = RecordKind(
    "ecosystem",
    "ecosystems",
    "écosystème",
    "écosystèmes",
    (
        Field("ecosystem_id", "Identifiant"),
        Field("ecosystem_name", "Nom"),
        Field("territory_kind", "Type de territoire", vocabulary="territory_kind"),
        Field("territory_code", "Code du territoire"),
        Field("commune_codes", "Communes", TEXTS),
        Field("perimeter_id", "Périmètre"),
        Field("actor_ids", "Acteurs ajoutés", TEXTS),
        Field("maturity", "Maturité", vocabulary="maturity"),
        Field("example", "Exemple", FLAG),
        Field("note", "Notes de l’équipe", long=True),
        *PROVENANCE,
    ),
)

PERIMETER: Final = RecordKind(
    "perimeter",
    "perimeters",
    "périmètre",
    "périmètres",
    (
        Field("perimeter_id", "Identifiant"),
        Field("perimeter_name", "Nom"),
        Field("geojson", "Tracé (GeoJSON, WGS 84)", long=True),
        Field("note", "Note", long=True),
        *PROVENANCE,
    ),
)
