"""What ``data/sources.toml`` says of the programmes, the grids and the indicators that ship."""

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from geo.reference.build import fetch, local_figures, programmes
from geo.reference.build.provenance import LICENCE

FILES: Final = {
    "reference/programmes.parquet": "lieux ressources, programmes et communes lauréates",
    "reference/grids.parquet": "classe des communes dans les grilles de densité et de ruralité",
    "reference/programmes_report.json": "ce qui fut lu des listes, et ce qui n’a pu être placé",
    "reference/petr_listed.parquet": "PETR connus par leur nom",
    "indicators/grilles.csv": "habitants des communes de chaque classe des grilles",
    "indicators/logement.csv": "logements et logements vacants des communes",
    "indicators/revenus.csv": "niveau de vie médian des communes",
}
_INTERMEDIARY: Final = "github anct-carto/superposeur-anct @949f7e5"
_NEWER: Final = "github anct-carto/superposeur-V2 @3f2b0c0"
_ENGAGED: Final = "github anct-carto/engagement-citoyen @74d4c25"
_LISTS: Final = tuple(name for name, _ in programmes.LISTS.values())
_INPUTS: Final[tuple[tuple[tuple[str, ...], dict[str, str]], ...]] = (
    (
        _LISTS,
        {
            "id": "anct-programmes",
            "title": "Lauréats des programmes de l’ANCT",
            "publisher": "ANCT",
            "vintage": "septembre 2024",
            "date": "2024-09-01",
            "url": "https://github.com/anct-carto/superposeur-anct",
            "used_for": "Fabriques de territoire, Manufactures de proximité, Cités éducatives, "
            "Cités de l’emploi, Petites villes de demain, Action cœur de ville, Villages d’avenir",
            "credit": "ANCT programmes\u00a02024 et\u00a02026",
            "through": _INTERMEDIARY,
        },
    ),
    (
        (programmes.ENGAGED[0],),
        {
            "id": "anct-territoires-engagement",
            "title": "Territoires d’engagement : collectivités accompagnées",
            "publisher": "ANCT",
            "vintage": "juillet 2026",
            "date": "2026-07-01",
            "url": "https://github.com/anct-carto/superposeur-V2",
            "used_for": "Territoires d’engagement",
            "credit": "",
            "through": _NEWER,
        },
    ),
    (
        (programmes.ENGAGED_BEFORE[0],),
        {
            "id": "anct-territoires-engagement-2025",
            "title": "Territoires d’engagement : liste antérieure",
            "publisher": "ANCT",
            "vintage": "décembre 2025",
            "date": "2025-12-01",
            "url": "https://github.com/anct-carto/engagement-citoyen",
            "used_for": "Territoires d’engagement absents de la liste de juillet 2026",
            "credit": "",
            "through": _ENGAGED,
        },
    ),
    (
        (local_figures.DENSITY,),
        {
            "id": "insee-grille-densite",
            "title": "Grille communale de densité à sept niveaux",
            "publisher": "INSEE",
            "vintage": "publiée par l’ANCT en juillet 2026",
            "date": "2026-07-01",
            "url": "https://www.insee.fr/fr/information/6439600",
            "used_for": "classe de densité des communes",
            "credit": "",
            "through": _NEWER,
        },
    ),
    (
        (local_figures.RURALITY,),
        {
            "id": "anct-grille-ruralite",
            "title": "Typologie des ruralités",
            "publisher": "ANCT",
            "vintage": "juillet 2026",
            "date": "2026-07-01",
            "url": "https://github.com/anct-carto/superposeur-V2",
            "used_for": "type de ruralité des communes",
            "credit": "",
            "through": _NEWER,
        },
    ),
    (
        (programmes.PETR,),
        {
            "id": "banatic-petr-2023",
            "title": "Base nationale sur l’intercommunalité (BANATIC) : pôles d’équilibre",
            "publisher": "DGCL",
            "vintage": "2023",
            "date": "2023-01-01",
            "url": "https://www.banatic.interieur.gouv.fr",
            "used_for": "noms des PETR dont les membres ne sont pas connus",
            "credit": "",
        },
    ),
    (
        (local_figures.INCOME,),
        {
            "id": "insee-filosofi-2021",
            "title": "Revenus et pauvreté des ménages en 2021 (Filosofi)",
            "publisher": "INSEE",
            "vintage": "2021",
            "date": "2024-07-19",
            "url": "https://www.insee.fr/fr/statistiques/7756729?sommaire=7756859",
            "used_for": "niveau de vie médian des communes",
            "credit": "",
        },
    ),
)
_HOUSING: Final = {
    "id": "insee-logement-2021",
    "title": "Recensement de la population 2021, logement, bases infracommunales",
    "publisher": "INSEE",
    "vintage": "2021, géographie 2024",
    "date": "2024-10-01",
    "url": "https://www.insee.fr/fr/statistiques/8268838",
    "used_for": "logements et logements vacants des communes",
    "credit": "INSEE recensement\u00a02021",
    "licence": LICENCE,
    "sha256": local_figures.HOUSING.sha256,
    "through": f"PyPI {local_figures.HOUSING.name} {local_figures.HOUSING.version} "
    "(données seules, rien n’est installé)",
    "role": "input",
}


def inputs(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that was read."""
    names = [name for group, _ in _INPUTS for name in group]
    read = {name: fetch.sha256(folder / name) for name in names}
    return {**read, local_figures.HOUSING.file: local_figures.HOUSING.sha256}


def rows(folder: Path, hashes: dict[str, str]) -> list[dict[str, Any]]:
    """Describe the inputs, then the files made from them."""
    read = [
        {**source, "licence": LICENCE, "sha256": _digest(folder, group), "role": "input"}
        for group, source in _INPUTS
    ]
    return [*read, _HOUSING, *(_file(name, hashes[name]) for name in FILES)]


def _digest(folder: Path, names: tuple[str, ...]) -> str:
    """Return the SHA-256 of a file, or of those of several, one after the other."""
    digests = [fetch.sha256(folder / name) for name in names]
    return digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()


def _file(name: str, digest: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": f"data/{name}",
        "publisher": "Catalyse",
        "licence": LICENCE,
        "vintage": "COG 2026",
        "date": "2026-07-01",
        "url": "https://github.com/anct-carto",
        "sha256": digest,
        "used_for": FILES[name],
        "role": "file",
    }
