"""Fields that a column of a file may feed, and the names columns give them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.directory.schema import ACTOR, PERSONAL
from geo.reference.gazetteer.spelling import fold, fold_lines

EXTERNAL_ID: Final = "external_id"
LONLAT: Final = "lonlat"
LATLON: Final = "latlon"
GEOMETRY: Final = "geometry"
CONTACT: Final = tuple(field.name for field in PERSONAL)


@dataclass(frozen=True)
class Target:
    """A field to feed: what a person reads, the names it is known by, whether columns add up."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    several: bool = False


def _of_kind(name: str, aliases: str, *, several: bool = False) -> Target:
    known = {field.name: field.label for field in (*ACTOR.fields, *PERSONAL)}
    return Target(name, known[name], _split(aliases), several)


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias.strip() for alias in aliases.split(",") if alias)


TARGETS: Final = (
    Target(
        EXTERNAL_ID,
        "Identifiant dans le fichier",
        _split(
            "id, identifiant, identifiant unique, uid, uuid, code structure, num, numero, "
            "ref, reference, id structure, id acteur, id lieu, source key"
        ),
    ),
    # After the file's own: an « identifiant » of somebody else's list is none of ours.
    _of_kind("actor_id", "catalyst id"),
    _of_kind(
        "actor_name",
        "nom, name, denomination, raison sociale, structure, nom de la structure, nom structure, "
        "nom de l organisation, organisation, organisme, organisme nom, titre, title, libelle, "
        "nom acteur, nom de l acteur, acteur, nom du lieu, nom lieu, lieu, etablissement, "
        "nom usuel, enseigne, association, nom de l association, nom tl, catalyst name, "
        "nom officiel, intitule, entreprise, nom de l entreprise, nom complet",
    ),
    _of_kind(
        "profile",
        "profil, type d acteur, type acteur, statut juridique, forme juridique, "
        "type de structure, nature, categorie d acteur, famille, profil acteur, type",
    ),
    _of_kind(
        "practices",
        "pratique, metier, metiers, mission, missions, pratiques de catalyse, activites, activite",
        several=True,
    ),
    _of_kind("practices_basis", ""),
    _of_kind("evidence", ""),
    _of_kind("object_kind", "type d objet"),
    _of_kind(
        "description",
        "descriptif, desc, presentation, objet, resume, services, description more, "
        "detail, details, a propos",
        several=True,
    ),
    _of_kind(
        "address",
        "adresse postale, rue, voie, adresse complete, address, adresse 1, "
        "numero et voie, street address, adresse siege, adresse du siege, n et rue, "
        "complement adresse, complement d adresse, adresse 2, numero de voie, nom de voie, "
        "numero voie, adresse ligne 1, adresse ligne 2, address street address, "
        "adresse numero nom de la voie",
        several=True,
    ),
    _of_kind(
        "postcode",
        "cp, code postal, codepostal, postal code, zip, zipcode, address postal code, code post",
    ),
    _of_kind(
        "town",
        "commune, ville, nom commune, nom de la commune, city, localite, libelle "
        "commune, lib com, nomcom, nom com, cominit, commune nom, address address locality, "
        "libcom, address locality, bureau distributeur",
    ),
    _of_kind(
        "commune_code",
        "insee, code insee, insee com, inseecom, code commune, codecommune, "
        "code insee commune, commune insee, depcom, code commune insee, cog, codgeo, "
        "code geo, id geo, citycode, insee commune, code officiel geographique",
    ),
    _of_kind(
        "departement_code",
        "departement, code departement, insee dep, dep, dept, dpt, code dep, code dept, "
        "nom departement, nom du departement, libelle departement, departement nom, lib dep",
    ),
    _of_kind(
        "region_code",
        "region, code region, insee reg, nom region, nom de la region, libelle region, "
        "region nom, reg, code reg, lib reg",
    ),
    _of_kind(
        "longitude",
        "lon, long, lng, x, coord x, x wgs84, longitude wgs84, coordonnee x, "
        "geo longitude, x lambert93, x l93, x lambert 93, coordx, x lamb93",
    ),
    _of_kind(
        "latitude",
        "lat, y, coord y, y wgs84, latitude wgs84, coordonnee y, geo latitude, "
        "y lambert93, y l93, y lambert 93, coordy, y lamb93",
    ),
    Target(
        LATLON,
        "Latitude et longitude (une colonne)",
        _split(
            "coordonnees, coordonnees gps, gps, geo point, geo point 2d, geopoint, geoloc, "
            "geolocalisation, lat lon, latlon, latitude longitude, lat long, latlng, "
            "coordonnees geographiques, position, point geo"
        ),
    ),
    Target(
        LONLAT,
        "Longitude et latitude (une colonne)",
        _split("coordonnees xy, coordonneesxy, lon lat, lonlat, longitude latitude, lnglat"),
    ),
    _of_kind("location_precision", "precision du lieu"),
    _of_kind("scope", "territoire d intervention, perimetre"),
    _of_kind(
        "website",
        "site, site web, site internet, siteweb, web, url, lien, link, page web, "
        "website url, adresse web, site webs, sites web, lien internet",
    ),
    _of_kind(
        "email",
        "courriel, mail, e mail, adresse mail, adresse e mail, adresse courriel, "
        "email de contact, mail contact, contact mail, courriels, adresse electronique, "
        "courriel de l organisation, mel",
    ),
    _of_kind(
        "phone",
        "telephone, tel, telephones, numero de telephone, tel fixe, telephone fixe, "
        "phone number, no tel, n tel, standard, telephone de l organisation",
    ),
    _of_kind(
        "siret",
        "siren, numero siret, n siret, siret ou siren, numero siren, n siren, pivot, "
        "code siret, siret siege, siren siret",
    ),
    _of_kind(
        "contact_name",
        "contact, responsable, nom du contact, nom contact, prenom, "
        "nom du responsable, referent, personne contact, personne a contacter, "
        "nom responsable, interlocuteur, prenom contact, prenom du contact, nom referent, "
        "directeur, president, nom et prenom, nom prenom, prenom nom, coordinateur, "
        "coordinatrice, contact nom, contact prenom, animateur, prenom du responsable",
        several=True,
    ),
    _of_kind(
        "contact_role",
        "fonction, role, poste, qualite, fonction du contact, "
        "fonction contact, fonction du responsable",
    ),
    _of_kind(
        "contact_email",
        "email du contact, mail du contact, mail du responsable, email "
        "responsable, courriel du contact, mail referent, email du responsable, "
        "mail responsable, courriel du responsable",
    ),
    _of_kind(
        "contact_phone",
        "telephone du contact, tel du contact, portable, mobile, tel port, "
        "telephone portable, tel responsable, telephone contact, tel contact, "
        "telephone du responsable, telephone mobile, tel mobile, tel portable",
    ),
    _of_kind(
        "note",
        "remarque, remarques, commentaire, commentaires, observation, observations, notes",
        several=True,
    ),
    _of_kind("source_title", "origine"),
    _of_kind("source_url", "url source, lien source"),
    _of_kind(
        "source_date",
        "date maj, date de mise a jour, mise a jour, date de la source, "
        "updated at, derniere modification",
    ),
    _of_kind("fictive", "fictif"),
)
"""Every field, in the order a person chooses it."""

BY_NAME: Final = {target.name: target for target in TARGETS}


def plain(column: str) -> str:
    """Write a column's name as its aliases are: no accent, case nor mark."""
    return fold(column).decode().strip()


def plain_all(texts: Iterable[str]) -> dict[str, str]:
    """Write many names plainly at once, far faster than one by one."""
    distinct = [*dict.fromkeys(["", *texts])]
    lines = "\n".join(text.replace("\n", " ") for text in distinct)
    folded = fold_lines(lines).decode().split("\n")
    return {text: line.strip() for text, line in zip(distinct, folded, strict=True)}


def names_of(target: Target) -> tuple[str, ...]:
    """List the plain names of a field: its own, its French label, its aliases."""
    return tuple(
        dict.fromkeys(plain(text) for text in (target.name, target.label, *target.aliases))
    )
