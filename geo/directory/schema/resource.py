"""What a territory may read, follow or use next, and how it judges its own maturity."""

from typing import Final

from geo.directory.schema.kind import PROVENANCE, TEXTS, Field, RecordKind

RESOURCE: Final = RecordKind(
    "resource",
    "resources",
    "ressource",
    "ressources",
    (
        Field("resource_id", "Identifiant", exported=True, aliases="id"),
        Field(
            "resource_name",
            "Titre",
            editable=True,
            exported=True,
            aliases="nom, ressource, intitule, libelle",
        ),
        Field(
            "publisher",
            "Éditeur",
            editable=True,
            exported=True,
            aliases="auteur, producteur, organisme, publie par",
        ),
        Field(
            "website",
            "Adresse",
            editable=True,
            exported=True,
            aliases="url, lien, adresse web, site",
        ),
        Field("no_address", "Pourquoi sans adresse", editable=True, exported=True, aliases=""),
        Field(
            "resource_kind",
            "Nature",
            vocabulary="resource_kind",
            editable=True,
            exported=True,
            aliases="type, sorte, genre, type de ressource",
        ),
        Field(
            "expected_list",
            "Liste annoncée",
            vocabulary="expected_list",
            editable=True,
            exported=True,
            aliases="liste",
        ),
        Field(
            "practices",
            "Pratiques",
            TEXTS,
            "practice",
            editable=True,
            exported=True,
            aliases="pratique, metier, metiers",
        ),
        Field(
            "steps",
            "Étapes",
            TEXTS,
            "project_step",
            editable=True,
            exported=True,
            aliases="etape, step",
        ),
        Field("odd", "ODD", TEXTS, "odd", editable=True, exported=True, aliases="objectifs"),
        Field(
            "profiles",
            "Profils",
            TEXTS,
            "any_profile",
            editable=True,
            exported=True,
            aliases="profil, public, pour qui",
        ),
        Field(
            "maturity",
            "Maturités",
            TEXTS,
            "maturity",
            editable=True,
            exported=True,
            aliases="maturite",
        ),
        Field("published_on", "Date", date=True, editable=True, exported=True, aliases="annee"),
        Field("note", "Note", long=True, editable=True, exported=True, aliases="remarque, resume"),
        *PROVENANCE,
    ),
    since=3,
)

ASSESSMENT: Final = RecordKind(
    "assessment",
    "assessments",
    "auto-évaluation",
    "auto-évaluations",
    (
        Field("assessment_id", "Identifiant"),
        Field("assessment_name", "Nom"),
        Field("ecosystem_id", "Écosystème"),
        Field("assessed_on", "Faite le", date=True),
        Field("answers", "Réponses", TEXTS),
        Field("maturity", "Maturité", vocabulary="maturity"),
        Field("note", "Note", long=True),
        *PROVENANCE,
    ),
    since=3,
)
"""``answers``: « question:points », in the order of ``data/maturity.toml``."""
