"""The people: what is sealed of them, what they consented to, what members say to each other."""

from typing import Final

from geo.directory.schema.kind import PROVENANCE, TEXTS, Field, RecordKind

PERSONAL: Final = (
    Field(
        "contact_name",
        "Nom de la personne",
        aliases="contact, responsable, nom du contact, nom contact, prenom, "
        "nom du responsable, referent, personne contact, personne a contacter, "
        "nom responsable, interlocuteur, prenom contact, prenom du contact, nom referent, "
        "directeur, president, nom et prenom, nom prenom, prenom nom, coordinateur, "
        "coordinatrice, contact nom, contact prenom, animateur, prenom du responsable, "
        "first name, last name, full name, given name, family name, contact name, "
        "contact person",
        several=True,
    ),
    Field(
        "contact_role",
        "Fonction",
        aliases="fonction, role, poste, qualite, fonction du contact, "
        "fonction contact, fonction du responsable, job title",
    ),
    Field(
        "contact_email",
        "Courriel",
        aliases="email du contact, mail du contact, mail du responsable, email "
        "responsable, courriel du contact, mail referent, email du responsable, "
        "mail responsable, courriel du responsable",
    ),
    Field(
        "contact_phone",
        "Téléphone",
        aliases="telephone du contact, tel du contact, portable, mobile, tel port, "
        "telephone portable, tel responsable, telephone contact, tel contact, "
        "telephone du responsable, telephone mobile, tel mobile, tel portable",
    ),
)
"""What a contact's ``sealed`` holds, once opened."""

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
        Field("consent_date", "Date du consentement", date=True),
        Field("consent_basis", "Preuve du consentement"),
        *PROVENANCE,
    ),
    personal=PERSONAL,
)

COMMENT: Final = RecordKind(
    "comment",
    "comments",
    "commentaire",
    "commentaires",
    (
        Field("comment_id", "Identifiant"),
        Field("record_kind", "Type de fiche"),
        Field("record_id", "Fiche"),
        Field("sealed", "Données scellées"),
        Field("written_at", "Écrit le"),
        *PROVENANCE,
    ),
    since=3,
    personal=(Field("author", "Auteur"), Field("text", "Commentaire", long=True)),
)
"""What a member says of a record to the others: its text and its author are sealed."""
