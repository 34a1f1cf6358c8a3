"""What ``data/sources.toml`` says of each input and each file that the build writes."""

from typing import Any, Final

from geo.reference.build.contours import FORMER, OLDER, RECENT, Edition
from geo.reference.build.fetch import DIVISIONS, TOWN_HALLS

LICENCE: Final = "Licence Ouverte 2.0"
_DIVISIONS_URL: Final = "https://github.com/datagouv/decoupage-administratif"
_MOVEMENTS_URL: Final = "https://www.insee.fr/fr/information/2560452"
_CRTE_URL: Final = "https://www.data.gouv.fr/fr/datasets/60799532757dbdef335c00c5/"
_DIVISIONS: Final = {
    "licence": LICENCE,
    "date": "2026-03-09",
    "sha256": DIVISIONS.sha256,
    "through": f"npm {DIVISIONS.name} {DIVISIONS.version} (code MIT)",
}
_TOWN_HALLS: Final = {
    "licence": LICENCE,
    "date": "2025-05-05",
    "sha256": TOWN_HALLS.sha256,
    "through": f"PyPI {TOWN_HALLS.name} {TOWN_HALLS.version} (données seules, rien n’est installé)",
}
_NINE: Final = ", ".join(OLDER.values())


def _through(edition: Edition) -> dict[str, str]:
    """Describe the files of an edition of outlines."""
    return {
        "licence": LICENCE,
        "sha256": edition.sha256,
        "through": f"GitHub {edition.repository} @{edition.commit}",
    }


INPUTS: Final[tuple[dict[str, str], ...]] = (
    {
        "id": "ign-admin-express",
        "title": "ADMIN EXPRESS COG, contours des communes (API géographique de l’État)",
        "publisher": "IGN",
        "vintage": RECENT.vintage,
        "date": "2026-03-01",
        "url": "https://geoservices.ign.fr/adminexpress",
        "used_for": "contours des communes, sauf dans neuf départements",
        "credit": "IGN ADMIN EXPRESS",
        **_through(RECENT),
    },
    {
        "id": "ign-admin-express-2018",
        "title": "ADMIN EXPRESS COG 2018, contours des communes (généralisés)",
        "publisher": "IGN",
        "vintage": f"{FORMER.vintage}, portés au COG 2026",
        "date": "2018-01-01",
        "url": "https://geoservices.ign.fr/adminexpress",
        "used_for": f"contours des communes de neuf départements : {_NINE}",
        "credit": "",
        **_through(FORMER),
    },
    {
        "id": "insee-cog",
        "title": "Code officiel géographique : communes, départements, régions, anciens codes",
        "publisher": "INSEE",
        "vintage": "COG 2026",
        "url": "https://www.insee.fr/fr/information/2560452",
        "used_for": "codes, noms, communes déléguées et anciennes, arrondissements",
        "credit": "INSEE COG 2026",
        **_DIVISIONS,
    },
    {
        "id": "insee-population",
        "title": "Populations de référence (population municipale)",
        "publisher": "INSEE",
        "vintage": "2023 (Mayotte : 2017)",
        "url": "https://www.insee.fr/fr/statistiques/8680726?sommaire=8681011",
        "used_for": "population des communes et, par somme, des territoires",
        "credit": "",
        **_DIVISIONS,
    },
    {
        "id": "dgcl-epci",
        "title": "Liste et composition des EPCI à fiscalité propre",
        "publisher": "DGCL",
        "vintage": "2025",
        "url": "https://www.collectivites-locales.gouv.fr/institutions/liste-et-composition-des-epci-fiscalite-propre",
        "used_for": "EPCI : codes, noms, natures, communes membres",
        "credit": "DGCL 2025",
        **_DIVISIONS,
    },
    {
        "id": "insee-ept",
        "title": "Établissements publics territoriaux de la métropole du Grand Paris",
        "publisher": "INSEE",
        "vintage": "2025",
        "url": "https://www.insee.fr/fr/information/2510634",
        "used_for": "EPT : codes, noms, communes membres",
        "credit": "",
        **_DIVISIONS,
    },
    {
        "id": "laposte-codes-postaux",
        "title": "Base officielle des codes postaux",
        "publisher": "La Poste",
        "vintage": "2026",
        "url": "https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/",
        "used_for": "codes postaux des communes et des arrondissements",
        "credit": "La Poste",
        **_DIVISIONS,
    },
    {
        "id": "dila-mairies",
        "title": "Annuaire de l’administration : emplacement des mairies (au millième de degré)",
        "publisher": "DILA",
        "vintage": "au plus tard mai 2025",
        "url": "https://www.data.gouv.fr/fr/datasets/service-public-fr-annuaire-de-l-administration-base-de-donnees-locales/",
        "used_for": "point d’une commune, quand sa mairie est dans ses limites",
        "credit": "DILA",
        **_TOWN_HALLS,
    },
)
FILES: Final = {
    "communes.parquet": "les communes : contour, point, population, appartenances",
    "territories.parquet": "les autres territoires : contour, nom, population, point",
    "membership.parquet": "quelles communes font quels territoires",
    "outlines_500.parquet": "affichage seulement : contours à 500 m, communes comprises",
    "outlines_1000.parquet": "affichage seulement : contours à 1 000 m",
    "names.parquet": "recherche : noms actuels, anciens, délégués, arrondissements, codes postaux",
    "former_codes.parquet": "anciens codes de commune et commune actuelle",
    "commune_movements.parquet": "mouvements de communes depuis 1943, tels que publiés",
    "commune_splits.parquet": "communes partagées entre plusieurs, ou séparées d’une autre",
    "overseas.parquet": "communes des collectivités d’outre-mer, hors périmètre",
    "crte_signatories.parquet": "signataires des CRTE, dédoublonnés",
    "petr_members.parquet": "membres des PETR nommés par la liste des CRTE",
    "adjacency.parquet": "communes voisines et longueur de leur frontière",
    "coast.parquet": "bords qu’une seule commune a : côtes et frontières",
    "build_report.json": "rapport de construction",
}


def inputs(crte: dict[str, str], movements: dict[str, str]) -> list[dict[str, str]]:
    """Describe every input, the lists of CRTE and of movements being those that were used."""
    edition = crte["edition"]
    listed = {
        "id": "anct-crte",
        "title": "Contrats de relance et de transition écologique : périmètres",
        "publisher": "ANCT",
        "licence": LICENCE,
        "vintage": f"{edition} (fin d’année)" if edition == "2022" else edition,
        "date": crte["date"],
        "url": _CRTE_URL,
        "sha256": crte["sha256"],
        "used_for": "CRTE et leurs signataires ; PETR",
        "credit": f"ANCT CRTE {edition}",
        "through": crte["file"],
    }
    moved = {
        "id": "insee-movements",
        "title": "Code officiel géographique : événements sur les communes depuis 1943",
        "publisher": "INSEE",
        "licence": LICENCE,
        "vintage": f"COG {movements['edition']}",
        "date": movements["date"],
        "url": _MOVEMENTS_URL,
        "sha256": movements["sha256"],
        "used_for": "anciens noms et codes ; communes séparées ou partagées",
        "credit": "",
        "through": f"{movements['file']} ({_DIVISIONS_URL}, dossier sources)",
    }
    return [{**row, "role": "input"} for row in (*INPUTS, listed, moved)]


def outputs(hashes: dict[str, str], crte: dict[str, str]) -> list[dict[str, Any]]:
    """Describe every file written, with the licence that its inputs ask for."""
    return [
        {
            "id": f"reference/{name}",
            "title": f"data/reference/{name}",
            "publisher": "Catalyse",
            "licence": LICENCE,
            "vintage": f"COG 2026, EPCI 2025, CRTE {crte['edition']}",
            "date": _DIVISIONS["date"],
            "url": _DIVISIONS_URL,
            "sha256": hashes[name],
            "used_for": use,
            "role": "file",
        }
        for name, use in FILES.items()
    ]
