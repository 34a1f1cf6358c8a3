"""A small drawn book: five actors of known profile, three alliances, two projects.

a (association, Charenton) - b (entreprise, Charenton) - c (collectivite, Saint-Maurice)
d (no profile, outside, Lyon)   e (association, Vincennes, in no alliance)
A1: a, b   A2: b, c, d   A3: a, e' missing — see each test
"""

from typing import Any

import pandas as pd

from geo.directory.ecosystems import frame_of
from geo.directory.schema import KINDS

ACTORS: list[dict[str, Any]] = [
    {
        "actor_id": "a",
        "actor_name": "Asso A",
        "profile": "association",
        "practices": ["gestion_lieu", "accompagnements"],
        "commune_code": "94018",
        "longitude": 2.4158,
        "latitude": 48.8196,
    },
    {
        "actor_id": "b",
        "actor_name": "Boîte B",
        "profile": "entreprise",
        "practices": ["accompagnements"],
        "commune_code": "94018",
        "longitude": 2.41,
        "latitude": 48.822,
    },
    {
        "actor_id": "c",
        "actor_name": "Commune C",
        "profile": "collectivite",
        "longitude": 2.4229,
        "latitude": 48.8184,
    },
    {"actor_id": "d", "actor_name": "D sans profil", "commune_code": "69123"},
    {
        "actor_id": "e",
        "actor_name": "Asso E",
        "profile": "association",
        "commune_code": "94080",
        "longitude": 2.4397,
        "latitude": 48.8479,
    },
]
ALLIANCES: list[dict[str, Any]] = [
    {
        "alliance_id": "A1",
        "alliance_name": "Un lieu commun",
        "partnership_kind": "mecenat",
        "member_ids": ["a", "b"],
        "member_roles": ["porteur", ""],
        "odd": ["11"],
        "since": "2023",
    },
    {
        "alliance_id": "A2",
        "alliance_name": "Emploi local",
        "partnership_kind": "partenariat",
        "member_ids": ["b", "c", "d"],
        "member_roles": ["", "finance", ""],
        "odd": ["8", "11"],
        "since": "2020",
        "until": "2022-06",
    },
]
PROJECTS: list[dict[str, Any]] = [
    {
        "project_id": "P1",
        "project_name": "Tiers-lieu",
        "step": "01",
        "actor_ids": ["a"],
        "alliance_ids": ["A1"],
        "odd": ["11"],
        "rank": 10,
    },
    {"project_id": "P2", "project_name": "Jardin", "step": "02", "odd": ["2"], "rank": 10},
]
ACTIONS: list[dict[str, Any]] = [
    {"action_id": "T1", "action_name": "Réunir", "project_id": "P1", "actor_id": "a"},
    {"action_id": "T2", "action_name": "Écrire", "project_id": "P1", "contact_id": "k"},
]
ECOSYSTEMS: list[dict[str, Any]] = [
    {
        "ecosystem_id": "E1",
        "ecosystem_name": "Charenton et Saint-Maurice",
        "commune_codes": ["94018", "94069"],
        "actor_ids": ["a"],
    }
]
CONTACTS: list[dict[str, Any]] = [{"contact_id": "k", "actor_id": "a", "sealed": "xx"}]


def drawn_book(**others: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Return every table of the drawn book; ``others`` replace the records of a kind."""
    given = {
        "actor": ACTORS,
        "alliance": ALLIANCES,
        "project": PROJECTS,
        "action": ACTIONS,
        "ecosystem": ECOSYSTEMS,
        "contact": CONTACTS,
    } | others
    published = {
        kind: [{"status": "publiee", "revision": 1} | record for record in records]
        for kind, records in given.items()
    }
    return {kind: frame_of(kind, published.get(kind, ())) for kind in KINDS}
