"""Kinds of record that the store keeps: their fields, in order, with type and French label.

The one place where fields are named: tables, forms, history, exports and checks read it.
"""

from dataclasses import dataclass
from typing import Any, Final

TEXT, TEXTS, REAL, WHOLE, FLAG = "VARCHAR", "VARCHAR[]", "DOUBLE", "BIGINT", "BOOLEAN"
_EMPTY: Final[dict[str, Any]] = {TEXT: "", TEXTS: [], REAL: None, WHOLE: 0, FLAG: False}


@dataclass(frozen=True)
class Field:
    """One field: its column, what a person reads, its type, the vocabulary it draws from."""

    name: str
    label: str
    type: str = TEXT
    vocabulary: str = ""

    @property
    def empty(self) -> Any:
        """Value of a field nobody filled; a fresh list each time."""
        value = _EMPTY[self.type]
        return list(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class RecordKind:
    """One kind of record: its table, its French names, its fields; the first is its id."""

    name: str
    table: str
    label: str
    plural: str
    fields: tuple[Field, ...]

    @property
    def id(self) -> str:
        """Column that names a record."""
        return self.fields[0].name

    @property
    def title(self) -> str:
        """Column that a person reads as its name, its id where it has none."""
        return self.fields[1].name if self.fields[1].name.endswith("_name") else self.id

    def field(self, name: str) -> Field:
        """Give one field by its column."""
        return next(field for field in self.fields if field.name == name)

    def blank(self) -> dict[str, Any]:
        """Give a record with every field empty."""
        return {field.name: field.empty for field in self.fields}


_PROVENANCE: Final = (
    Field("source_title", "Source"),
    Field("source_url", "Adresse de la source"),
    Field("source_date", "Date de la source"),
    Field("status", "Statut", vocabulary="record_status"),
    Field("checked_on", "Dernière vérification"),
    Field("fictive", "Donnée fictive", FLAG),
    Field("revision", "Révision", WHOLE),
)

ACTOR: Final = RecordKind(
    "actor",
    "actors",
    "acteur",
    "acteurs",
    (
        Field("actor_id", "Identifiant"),
        Field("actor_name", "Nom"),
        Field("profile", "Profil", vocabulary="any_profile"),
        Field("practices", "Pratiques", TEXTS, "practice"),
        Field("practices_basis", "Origine des pratiques", vocabulary="basis"),
        Field("evidence", "Preuve publique", vocabulary="evidence"),
        Field("object_kind", "Type d’objet", vocabulary="object_kind"),
        Field("description", "Description"),
        Field("address", "Adresse"),
        Field("postcode", "Code postal"),
        Field("town", "Ville"),
        Field("commune_code", "Code de la commune"),
        Field("departement_code", "Code du département"),
        Field("region_code", "Code de la région"),
        Field("longitude", "Longitude", REAL),
        Field("latitude", "Latitude", REAL),
        Field("location_precision", "Précision du lieu", vocabulary="precision"),
        Field("location_source", "Origine du lieu"),
        Field("location_score", "Score du géocodage", REAL),
        Field("location_check", "À vérifier sur la carte"),
        Field("scope", "Territoire d’intervention"),
        Field("website", "Site"),
        Field("email", "Courriel de l’organisation"),
        Field("phone", "Téléphone de l’organisation"),
        Field("siret", "SIRET ou SIREN"),
        Field("external_ids", "Identifiants d’origine", TEXTS),
        Field("sources", "Autres sources", TEXTS),
        Field("withheld", "Champs non publiés", TEXTS),
        Field("note", "Note"),
        *_PROVENANCE,
    ),
)

CONTACT: Final = RecordKind(
    "contact",
    "contacts",
    "contact",
    "contacts",
    (
        Field("contact_id", "Identifiant"),
        Field("actor_id", "Acteur"),
        Field("sealed", "Données scellées"),
        Field("published", "Champs dont la publication est consentie", TEXTS),
        Field("consent_date", "Date du consentement"),
        Field("consent_basis", "Preuve du consentement"),
        *_PROVENANCE,
    ),
)
PERSONAL: Final = (
    Field("contact_name", "Nom de la personne"),
    Field("contact_role", "Fonction"),
    Field("contact_email", "Courriel"),
    Field("contact_phone", "Téléphone"),
)
"""What a contact's ``sealed`` holds, once opened."""

ALLIANCE: Final = RecordKind(
    "alliance",
    "alliances",
    "alliance",
    "alliances",
    (
        Field("alliance_id", "Identifiant"),
        Field("alliance_name", "Nom"),
        Field("partnership_kind", "Type", vocabulary="any_partnership"),
        Field("member_ids", "Membres", TEXTS),
        Field("member_roles", "Rôles", TEXTS),
        Field("odd", "ODD", TEXTS, "odd"),
        Field("practices", "Pratiques", TEXTS, "practice"),
        Field("since", "Depuis"),
        Field("until", "Jusqu’à"),
        Field("note", "Note"),
        *_PROVENANCE,
    ),
)

PROJECT: Final = RecordKind(
    "project",
    "projects",
    "projet",
    "projets",
    (
        Field("project_id", "Identifiant"),
        Field("project_name", "Nom"),
        Field("step", "Étape", vocabulary="project_step"),
        Field("progress", "Avancement", vocabulary="progress"),
        Field("summary", "Résumé"),
        Field("actor_ids", "Acteurs", TEXTS),
        Field("alliance_ids", "Alliances", TEXTS),
        Field("odd", "ODD", TEXTS, "odd"),
        Field("practices", "Pratiques", TEXTS, "practice"),
        Field("ecosystem_id", "Écosystème"),
        Field("rank", "Rang sur le tableau", WHOLE),
        Field("note", "Note"),
        *_PROVENANCE,
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
        Field("due", "Échéance"),
        Field("actor_id", "Acteur responsable"),
        Field("contact_id", "Personne responsable"),
        Field("done", "Faite", FLAG),
        *_PROVENANCE,
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
        Field("note", "Notes de l’équipe"),
        *_PROVENANCE,
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
        Field("geojson", "Tracé (GeoJSON, WGS 84)"),
        Field("note", "Note"),
        *_PROVENANCE,
    ),
)

PROPOSAL: Final = RecordKind(
    "proposal",
    "proposals",
    "proposition",
    "propositions",
    (
        Field("proposal_id", "Identifiant"),
        Field("record_kind", "Type de fiche"),
        Field("record_id", "Fiche"),
        Field("base_revision", "Révision de départ", WHOLE),
        Field("payload", "Valeurs proposées (JSON)"),
        Field("author", "Proposé par"),
        Field("proposed_at", "Proposé le"),
        Field("message", "Message"),
        Field("decision", "Décision", vocabulary="decision"),
        Field("reason", "Motif"),
        Field("decided_by", "Décidé par"),
        Field("decided_at", "Décidé le"),
        *_PROVENANCE,
    ),
)

MERGE: Final = RecordKind(
    "merge",
    "merges",
    "doublon",
    "doublons",
    (
        Field("merge_id", "Identifiant"),
        Field("kept_id", "Fiche gardée"),
        Field("other_id", "Autre fiche"),
        Field("decision", "Décision", vocabulary="duplicate_decision"),
        Field("score", "Score", REAL),
        Field("reasons", "Raisons", TEXTS),
        Field("before", "Fiches avant la fusion (JSON)"),
        Field("decided_by", "Décidé par"),
        Field("decided_at", "Décidé le"),
        *_PROVENANCE,
    ),
)

MAPPING: Final = RecordKind(
    "mapping",
    "mappings",
    "correspondance de colonnes",
    "correspondances de colonnes",
    (
        Field("mapping_id", "Identifiant"),
        Field("mapping_name", "Nom"),
        Field("columns", "Colonnes (JSON)"),
        *_PROVENANCE,
    ),
)

KINDS: Final = {
    kind.name: kind
    for kind in (
        *(ACTOR, CONTACT, ALLIANCE, PROJECT, ACTION, ECOSYSTEM),
        *(PERIMETER, PROPOSAL, MERGE, MAPPING),
    )
}
"""Every kind, by name, in the order a person reads them."""
