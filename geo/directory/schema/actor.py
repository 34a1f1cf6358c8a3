"""The organisations, catalysts among them."""

from typing import Final

from geo.directory.schema.kind import PROVENANCE, REAL, TEXTS, Field, RecordKind

ACTOR: Final = RecordKind(
    "actor",
    "actors",
    "acteur",
    "acteurs",
    (
        Field("actor_id", "Identifiant", exported=True, aliases="catalyst id"),
        Field(
            "actor_name",
            "Nom",
            editable=True,
            exported=True,
            aliases="nom, name, denomination, raison sociale, structure, nom de la structure, "
            "nom structure, nom de l organisation, organisation, organisme, organisme nom, titre, "
            "title, libelle, nom acteur, nom de l acteur, acteur, nom du lieu, nom lieu, lieu, "
            "etablissement, nom usuel, enseigne, association, nom de l association, nom tl, "
            "catalyst name, nom officiel, intitule, entreprise, nom de l entreprise, nom complet, "
            "denomination usuelle, societe, nom de la societe, company, company name, "
            "organization, organization name, business name, account name",
        ),
        Field(
            "profile",
            "Profil",
            vocabulary="any_profile",
            editable=True,
            exported=True,
            aliases="profil, type d acteur, type acteur, statut juridique, forme juridique, "
            "type de structure, nature, categorie d acteur, famille, profil acteur, type",
        ),
        Field(
            "practices",
            "Pratiques",
            TEXTS,
            "practice",
            editable=True,
            exported=True,
            aliases="pratique, metier, metiers, mission, missions, pratiques de catalyse, "
            "activites, activite",
            several=True,
        ),
        Field(
            "practices_basis",
            "Origine des pratiques",
            vocabulary="basis",
            exported=True,
            aliases="",
        ),
        # « Activités » of other people's files is their practices.
        Field(
            "activities",
            "Activités exercées",
            TEXTS,
            "activity",
            since=3,
            editable=True,
            exported=True,
            aliases="",
        ),
        Field("evidence", "Preuve publique", vocabulary="evidence", exported=True, aliases=""),
        Field(
            "object_kind",
            "Type d’objet",
            vocabulary="object_kind",
            exported=True,
            aliases="type d objet",
        ),
        Field(
            "summary",
            "Ce qu’ils font, en une phrase",
            since=3,
            editable=True,
            withholdable=True,
            exported=True,
            aliases="ce qu ils font, ce que fait l organisation, en une phrase, accroche",
        ),
        Field(
            "offers",
            "Ce qu’ils peuvent faire pour vous, et pour qui",
            since=3,
            long=True,
            editable=True,
            withholdable=True,
            exported=True,
            aliases="ce qu ils peuvent faire pour vous, offre de service, offres de service, "
            "pour qui",
        ),
        Field(
            "description",
            "Description",
            long=True,
            editable=True,
            withholdable=True,
            exported=True,
            aliases="descriptif, desc, presentation, objet, resume, services, description more, "
            "detail, details, a propos, abstract, presentation resume, presentation detail",
            several=True,
        ),
        Field(
            "address",
            "Adresse",
            editable=True,
            withholdable=True,
            exported=True,
            aliases="adresse postale, rue, voie, adresse complete, address, adresse 1, "
            "numero et voie, street address, street, adresse siege, adresse du siege, n et rue, "
            "complement adresse, complement d adresse, adresse 2, numero de voie, nom de voie, "
            "numero voie, adresse ligne 1, adresse ligne 2, address street address, "
            "adresse numero nom de la voie, siege social, street number, num voie, numvoie, "
            "indice repetition, repetition, type voie, typevoie, type de voie, libelle voie, "
            "libvoie, distrib, complement",
            several=True,
        ),
        Field(
            "postcode",
            "Code postal",
            exported=True,
            aliases="cp, code postal, codepostal, postal code, zip, zipcode, "
            "address postal code, code post, zip code, c p",
        ),
        Field(
            "town",
            "Ville",
            exported=True,
            aliases="commune, ville, nom commune, nom de la commune, city, localite, "
            "libelle commune, lib com, nomcom, nom com, cominit, commune nom, "
            "address address locality, libcom, address locality, bureau distributeur, "
            "com arm name, com name, lib commune, libcommune, cp ville, cp commune, cp et ville, "
            "code postal ville, code postal commune, code postal et ville",
        ),
        Field(
            "commune_code",
            "Code de la commune",
            editable=True,
            exported=True,
            aliases="insee, code insee, insee com, inseecom, code commune, codecommune, "
            "code insee commune, commune insee, depcom, code commune insee, cog, codgeo, "
            "code geo, id geo, citycode, insee commune, code officiel geographique, "
            "com arm code, com code, com current code",
        ),
        Field(
            "departement_code",
            "Code du département",
            exported=True,
            aliases="departement, code departement, insee dep, dep, dept, dpt, code dep, "
            "code dept, nom departement, nom du departement, libelle departement, "
            "departement nom, lib dep, dep name, dep code",
        ),
        Field(
            "region_code",
            "Code de la région",
            exported=True,
            aliases="region, code region, insee reg, nom region, nom de la region, "
            "libelle region, region nom, reg, code reg, lib reg, reg name, "
            "reg code",
        ),
        # Exports carry the point as a shape, not as two columns.
        Field(
            "longitude",
            "Longitude",
            REAL,
            withholdable=True,
            aliases="lon, long, lng, x, coord x, x wgs84, longitude wgs84, coordonnee x, "
            "geo longitude, x lambert93, x l93, x lambert 93, coordx, x lamb93, "
            "coordonnee lambert abscisse",
        ),
        Field(
            "latitude",
            "Latitude",
            REAL,
            withholdable=True,
            aliases="lat, y, coord y, y wgs84, latitude wgs84, coordonnee y, geo latitude, "
            "y lambert93, y l93, y lambert 93, coordy, y lamb93, "
            "coordonnee lambert ordonnee",
        ),
        Field(
            "location_precision",
            "Précision du lieu",
            vocabulary="precision",
            exported=True,
            aliases="precision du lieu",
        ),
        Field("location_source", "Origine du lieu"),
        Field("location_score", "Score du géocodage", REAL),
        Field("location_check", "À vérifier sur la carte"),
        Field(
            "scope",
            "Territoire d’intervention",
            editable=True,
            exported=True,
            aliases="territoire d intervention, perimetre",
        ),
        Field(
            "website",
            "Site",
            editable=True,
            withholdable=True,
            exported=True,
            aliases="site, site web, site internet, siteweb, web, url, lien, link, page web, "
            "website url, adresse web, site webs, sites web, lien internet",
        ),
        # Neither mails nor telephones are exported: a list of them is what a machine comes for.
        Field(
            "email",
            "Courriel de l’organisation",
            editable=True,
            withholdable=True,
            aliases="courriel, mail, e mail, adresse mail, adresse e mail, adresse courriel, "
            "email de contact, mail contact, contact mail, courriels, adresse electronique, "
            "courriel de l organisation, mel",
        ),
        Field(
            "phone",
            "Téléphone de l’organisation",
            editable=True,
            withholdable=True,
            aliases="telephone, tel, telephones, numero de telephone, tel fixe, telephone fixe, "
            "phone number, no tel, n tel, standard, telephone de l organisation, "
            "num telephone, num tel, numero telephone, numero tel",
        ),
        Field(
            "opening_hours",
            "Horaires d’ouverture",
            since=3,
            editable=True,
            withholdable=True,
            exported=True,
            aliases="horaires, ouverture, heures d ouverture, horaires accueil",
        ),
        Field(
            "siret",
            "SIRET ou SIREN",
            exported=True,
            aliases="siren, numero siret, n siret, siret ou siren, numero siren, n siren, pivot, "
            "code siret, siret siege, siren siret",
        ),
        Field("external_ids", "Identifiants d’origine", TEXTS),
        Field("sources", "Autres sources", TEXTS),
        Field("withheld", "Champs non publiés", TEXTS, editable=True),
        Field(
            "note",
            "Note",
            long=True,
            withholdable=True,
            exported=True,
            aliases="remarque, remarques, commentaire, commentaires, observation, observations, "
            "notes",
            several=True,
        ),
        *PROVENANCE,
    ),
)
