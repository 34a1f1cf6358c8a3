"""What people ask: to be put in touch; who they are and what they write is sealed."""

from typing import Final

from geo.directory.schema.kind import PROVENANCE, TEXTS, Field, RecordKind

REQUESTER: Final = (
    Field("need", "Besoin", long=True),
    Field("requester_name", "Nom"),
    Field("requester_organisation", "Organisation"),
    Field("requester_email", "Courriel"),
    Field("requester_phone", "Téléphone"),
    Field("team_note", "Notes de la coordination", long=True),
    Field("recipients", "Courriels à qui la coordination l’a transmise", long=True),
)
"""What a request's ``sealed`` holds, once opened: all that was typed, as anything typed may name
somebody."""

REQUEST: Final = RecordKind(
    "request",
    "requests",
    "demande",
    "demandes",
    (
        Field("request_id", "Identifiant"),
        Field("state", "État", vocabulary="request_state"),
        Field("outcome", "Issue", vocabulary="request_outcome"),
        Field("delivery", "Envoi", vocabulary="request_delivery"),
        Field("practice", "Pratique", vocabulary="practice"),
        Field("step", "Étape", vocabulary="project_step"),
        Field("odd", "ODD", vocabulary="odd"),
        Field("maturity", "Maturité", vocabulary="maturity"),
        Field("territory_kind", "Type de territoire", vocabulary="territory_kind"),
        Field("territory_code", "Code du territoire"),
        Field("departement_code", "Code du département"),
        Field("chosen_ids", "Catalyseurs choisis", TEXTS),
        Field("written_ids", "Catalyseurs à qui elle est parvenue", TEXTS),
        Field("created_at", "Reçue le"),
        Field("passed_on_at", "Transmise le"),
        Field("answered_at", "Répondue le"),
        Field("met_at", "Rencontre le"),
        Field("closed_at", "Close le"),
        Field("reminded_at", "Relancée le"),
        Field("sealed", "Données scellées"),
        *PROVENANCE,
    ),
    since=3,
    personal=REQUESTER,
)
