"""What people decided: proposals, duplicates, columns of files."""

from typing import Final

from geo.directory.schema.kind import PROVENANCE, REAL, TEXTS, WHOLE, Field, RecordKind

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
        Field("payload", "Valeurs proposées"),
        Field("author", "Proposé par"),
        Field("proposed_at", "Proposé le"),
        Field("message", "Message"),
        Field("decision", "Décision", vocabulary="decision"),
        Field("reason", "Motif"),
        Field("decided_by", "Décidé par"),
        Field("decided_at", "Décidé le"),
        *PROVENANCE,
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
        Field("before", "Fiches avant la fusion"),
        Field("decided_by", "Décidé par"),
        Field("decided_at", "Décidé le"),
        *PROVENANCE,
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
        Field("columns", "Colonnes"),
        *PROVENANCE,
    ),
)
